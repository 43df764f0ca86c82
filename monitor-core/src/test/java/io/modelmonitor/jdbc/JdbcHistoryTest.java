package io.modelmonitor.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.Baseline;
import io.modelmonitor.Measurement;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.watch.Execution;
import io.modelmonitor.watch.History;
import io.modelmonitor.watch.HistoryStore;
import io.modelmonitor.watch.Watch;
import io.modelmonitor.watch.Window;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

@Tag("exhaustive")
class JdbcHistoryTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final MetricId METRIC = new MetricId("x", "mean");
    private static final String WATCH = "monitor/hourly";
    private static final Monitor MONITOR =
            Monitor.against(Baseline.of(1, rows(1, 2_000))).threads(1);

    @TempDir
    private Path folder;

    private static Dataset rows(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextGaussian();
        }
        return Datasets.columns().add("x", numbers).build();
    }

    private static Instant hour(int hours) {
        return START.plus(Duration.ofHours(hours));
    }

    private static Watch watch(DataSource dataSource) {
        return Watch.of(MONITOR, window -> rows(window.start().getEpochSecond(), 100))
                .named("hourly")
                .clock(Clock.fixed(START, ZoneOffset.UTC))
                .since(START)
                .history(JdbcHistory.of(dataSource))
                .promise(0.05, Duration.ofDays(365))
                .open();
    }

    @Test
    void aHistoryInH2KeepsWhatAWatchNeeds() {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:" + folder.resolve("history"));
        keepsWhatAWatchNeeds(dataSource);
    }

    @Test
    void aHistoryInSqliteKeepsWhatAWatchNeeds() {
        SQLiteDataSource dataSource = new SQLiteDataSource();
        dataSource.setUrl("jdbc:sqlite:" + folder.resolve("history.db"));
        keepsWhatAWatchNeeds(dataSource);
    }

    @Test
    void aHistoryInPostgresqlKeepsWhatAWatchNeeds() throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(folder.resolve("postgres").toFile())
                .setPGStartupWait(Duration.ofMinutes(2))
                .start()) {
            keepsWhatAWatchNeeds(postgres.getPostgresDatabase());
        }
    }

    private static void keepsWhatAWatchNeeds(DataSource dataSource) {
        assertThatThrownBy(() -> JdbcHistory.of(dataSource))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("JdbcHistory.createTables(dataSource)");
        JdbcHistory.createTables(dataSource);
        JdbcHistory.createTables(dataSource);

        Watch through = watch(dataSource);
        List<Execution> executions = new ArrayList<>();
        for (int i = 1; i <= 9; i++) {
            // One that runs all the time, and one that starts anew.
            Watch anew = watch(dataSource);
            executions.addAll((i % 3 == 0 ? through : anew).runDue(hour(i)));
            assertThat((i % 3 == 0 ? anew : through).runDue(hour(i))).isEmpty();
        }
        assertThat(executions)
                .extracting(Execution::scheduled)
                .doesNotHaveDuplicates()
                .hasSize(9);
        assertThat(through.executions()).hasSize(9).first().isEqualTo(executions.get(8));

        History history = JdbcHistory.of(dataSource);
        assertThat(history.series(WATCH, METRIC, hour(2), hour(8))).hasSize(6);
        Measurement day = history.measurement(WATCH, MONITOR, hour(0), hour(24));
        assertThat(day).isNotNull();
        assertThat(day.rows()).isEqualTo(900);
        assertThat(day.toString()).isEqualTo(MONITOR.measure(rows(1, 900)).toString());

        onlyTheHolderOfTheLeaseWrites(new JdbcStore(dataSource));
    }

    private static void onlyTheHolderOfTheLeaseWrites(HistoryStore store) {
        Duration minute = Duration.ofMinutes(1);
        HistoryStore.Lease killed = store.lease("other", "a", hour(0), minute);
        assertThat(killed).isNotNull();
        assertThat(store.lease("other", "b", hour(0).plusSeconds(59), minute)).isNull();
        store.append("other", entry(new HistoryStore.Line(hour(1), killed.token(), "{\"n\":1}"), 1));
        HistoryStore.Lease next = store.lease("other", "b", hour(0).plusSeconds(60), minute);
        assertThat(next).isNotNull();
        assertThat(next.token()).isGreaterThan(killed.token());
        HistoryStore.Line late = new HistoryStore.Line(hour(2), killed.token(), "{\"n\":2}");
        assertThatThrownBy(() -> store.append("other", entry(late, 2)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("another process has taken over");
        HistoryStore.Line line = new HistoryStore.Line(hour(2), next.token(), "{\"n\":3}");
        store.append("other", entry(line, Double.NaN));
        assertThat(store.last("other")).isEqualTo(new HistoryStore.Last(line, "state " + next.token()));
        assertThat(store.series("other", METRIC, START, Instant.MAX))
                .containsExactly(
                        new History.Point(new Window(hour(0), hour(1)), 1),
                        new History.Point(new Window(hour(1), hour(2)), Double.NaN));
        assertThat(store.lines("other", START)).hasSize(2);
        store.deleteBefore("other", hour(2));
        assertThat(store.lines("other", START)).containsExactly(line);
        assertThat(store.series("other", METRIC, START, Instant.MAX)).hasSize(1);
        // It ran again, and could not be measured.
        store.append("other", new HistoryStore.Entry(line, new Window(hour(1), hour(2)), List.of(), "{}"));
        assertThat(store.series("other", METRIC, START, Instant.MAX)).isEmpty();
    }

    private static HistoryStore.Entry entry(HistoryStore.Line line, double value) {
        Metric metric = Double.isNaN(value)
                ? Metric.undefined(METRIC.subject(), METRIC.name(), "there were no rows")
                : Metric.of(METRIC.subject(), METRIC.name(), value);
        Window window = new Window(line.scheduled().minusSeconds(3600), line.scheduled());
        return new HistoryStore.Entry(line, window, List.of(metric), "state " + line.token());
    }
}
