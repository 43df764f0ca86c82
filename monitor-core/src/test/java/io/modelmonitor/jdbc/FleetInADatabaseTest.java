package io.modelmonitor.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.Baseline;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.watch.Execution;
import io.modelmonitor.watch.History;
import io.modelmonitor.watch.Watch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** Replicas that each save what they measured of an hour into one database, from which whoever is last judges all. */
class FleetInADatabaseTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int REPLICAS = 25;
    private static final int HOURS = 3;
    private static final int ROWS = 40;
    private static final List<String> NAMES =
            IntStream.range(0, REPLICAS).mapToObj("replica-%02d"::formatted).toList();

    private final Monitor monitor = Monitor.against(Baseline.of(1, rows(-1, START, 5_000)))
            .named("credit")
            .threads(1);

    /** Returns what a replica served in the hour that begins. */
    private static Dataset rows(int replica, Instant hour, int count) {
        SplittableRandom random = new SplittableRandom(31 * hour.getEpochSecond() + replica);
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextGaussian();
        }
        return Datasets.columns().add("x", numbers).build();
    }

    private static Instant hour(int number) {
        return START.plus(Duration.ofHours(number));
    }

    @Test
    void eachHourIsJudgedOnceWhoeverIsLastAndIsWhatOneProcessWouldHaveMeasured() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:fleet;DB_CLOSE_DELAY=-1");
        JdbcHistory.createTables(database);
        List<Watch> replicas = new ArrayList<>();
        for (int i = 0; i < REPLICAS; i++) {
            int replica = i;
            replicas.add(Watch.of(monitor, window -> rows(replica, window.start(), ROWS))
                    .named("hourly")
                    .clock(Clock.fixed(START, ZoneOffset.UTC))
                    .since(START)
                    .history(JdbcHistory.of(database))
                    .replica(NAMES.get(i), NAMES, Duration.ofMinutes(10))
                    .promise(0.05, Duration.ofDays(365))
                    .open());
        }
        Random random = new Random(3);
        List<Execution> executions = new ArrayList<>();
        for (int hour = 1; hour <= HOURS; hour++) {
            Collections.shuffle(replicas, random);
            for (Watch replica : replicas) {
                executions.addAll(replica.runDue(hour(hour)));
            }
        }
        assertThat(executions).extracting(Execution::scheduled).containsExactly(hour(1), hour(2), hour(3));
        assertThat(executions).extracting(Execution::rows).containsOnly((long) REPLICAS * ROWS);

        History history = JdbcHistory.of(database);
        for (int hour = 0; hour < HOURS; hour++) {
            Instant from = hour(hour);
            Dataset all = Datasets.concat(IntStream.range(0, REPLICAS)
                    .mapToObj(replica -> rows(replica, from, ROWS))
                    .toArray(Dataset[]::new));
            var fleet = history.measurement("credit/hourly", monitor, from, hour(hour + 1));
            assertThat(fleet).isNotNull();
            // Fewer values than a sketch forgets any of, so that not only counts are equal.
            for (String metric : List.of("minimum", "maximum", "distinct_count", "completeness")) {
                assertThat(monitor.judge(fleet).metric("x", metric).value())
                        .isEqualTo(monitor.check(all).metric("x", metric).value());
            }
            assertThat(monitor.judge(fleet).status())
                    .isEqualTo(monitor.check(all).status());
        }
    }
}
