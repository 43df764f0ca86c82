package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Report.Failure;
import io.modelmonitor.api.Schema;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.spi.MetricCalculator;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The part of a baseline that a window is compared with. */
class ComparisonTest {

    private static final Instant MONDAY = Instant.parse("2024-01-01T00:00:00Z");
    private static final ZoneId UTC = ZoneOffset.UTC;

    /** Counts rows, and keeps the windows that it was given. */
    private record RowCount(List<List<long[]>> windows) implements MetricCalculator<long[]> {

        @Override
        public String name() {
            return "count";
        }

        @Override
        public long[] start() {
            return new long[1];
        }

        @Override
        public void add(long[] state, Batch batch) {
            state[0] += batch.size();
        }

        @Override
        public long[] merge(long[] earlier, long[] later) {
            return new long[] {earlier[0] + later[0]};
        }

        @Override
        public List<Metric> measure(long[] current, long[] reference, Constraints wanted) {
            return List.of(Metric.of("all", "count", (double) current[0]));
        }

        @Override
        public MetricCalculator<long[]> beside(List<List<long[]>> states) {
            return new RowCount(states);
        }

        @Override
        public void write(long[] state, DataOutput out) throws IOException {
            out.writeLong(state[0]);
        }

        @Override
        public long[] read(DataInput in) throws IOException {
            return new long[] {in.readLong()};
        }
    }

    private static final RowCount COUNT = new RowCount(List.of());

    private static Measurement rows(int rows) {
        Dataset dataset = Datasets.of(Schema.ofNames("a"), Collections.nCopies(rows, new Object[] {1}));
        return Measurement.of(1, dataset, List.of(COUNT));
    }

    private static Measurement day(int day, int rows) {
        Instant start = MONDAY.plus(Duration.ofDays(day));
        return rows(rows).during(start, start.plus(Duration.ofDays(1)));
    }

    /** Returns two weeks, of which day 0 has a row, day 1 two, and so on by powers of two: a sum of rows says which days. */
    private static Measurement weeks() {
        List<Measurement> days = new ArrayList<>();
        for (int day = 0; day < 14; day++) {
            days.add(day(day, 1 << day).asWindow());
        }
        return Measurement.merged(days);
    }

    @Test
    void withoutASeasonAWindowIsComparedWithTheWholeBaseline() {
        Measurement whole = weeks();
        List<Failure> failures = new ArrayList<>();
        assertThat(new Comparison(whole, null, UTC).reference(rows(5), failures))
                .isSameAs(whole);
        assertThat(failures).isEmpty();
    }

    @Test
    void withASeasonAWindowIsComparedWithThoseOfItsPhaseInTheClockOfTheZone() {
        List<Failure> failures = new ArrayList<>();
        Comparison seasonal = new Comparison(weeks(), Season.DAY_OF_WEEK, UTC);
        for (int day = 0; day < 7; day++) {
            assertThat(seasonal.reference(day(70 + day, 5), failures).rows()).isEqualTo((1 << day) + (1 << (day + 7)));
        }
        Measurement late = rows(5).during(MONDAY.plus(Duration.ofHours(23)), MONDAY.plus(Duration.ofHours(24)));
        Comparison east = new Comparison(weeks(), Season.DAY_OF_WEEK, ZoneId.of("Asia/Tokyo"));
        assertThat(east.reference(late, failures).rows()).as("Tuesday in Tokyo").isEqualTo((1 << 1) + (1 << 8));
        assertThat(failures).isEmpty();
    }

    @Test
    void aWindowOfNoKnownPhaseIsComparedWithTheWholeBaselineAndThatIsTold() {
        Measurement whole =
                Measurement.merged(List.of(day(0, 1).asWindow(), day(1, 2).asWindow(), rows(4).asWindow()));
        Comparison seasonal = new Comparison(whole, Season.DAY_OF_WEEK, UTC);

        List<Failure> failures = new ArrayList<>();
        assertThat(seasonal.reference(rows(5), failures)).isSameAs(whole);
        assertThat(seasonal.reference(day(2, 5), failures)).isSameAs(whole);
        assertThat(failures)
                .extracting(Failure::reason)
                .containsExactly(
                        "the window has no time, so its day of the week is not known; during(..) says it",
                        "the baseline has no window of the day of the week of 2024-01-03T00:00:00Z; compared with all");
        failures.clear();
        assertThat(seasonal.reference(day(7, 5), failures).rows())
                .as("the Monday, without the window of no known time")
                .isEqualTo(1);
        assertThat(failures).isEmpty();
    }

    @Test
    void aSeasonIsRefusedWithoutWindowsOfKnownTimes() {
        Measurement untimed = Measurement.merged(List.of(rows(1).asWindow(), rows(2).asWindow()));
        for (Measurement whole : List.of(rows(3), untimed)) {
            assertThatThrownBy(() -> new Comparison(whole, Season.HOUR_OF_DAY, UTC))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("season")
                    .hasMessageContaining("asWindow()");
            assertThat(new Comparison(whole, null, UTC).reference(rows(1), new ArrayList<>()))
                    .isSameAs(whole);
        }
    }

    @Test
    void calculatorsKnowTheWindowsThatDifferByPhaseWhereThereIsASeason() {
        assertThat(new Comparison(rows(3), null, UTC).besideWindows(List.of(COUNT)))
                .singleElement()
                .isSameAs(COUNT);
        assertThat(counts(new Comparison(weeks(), null, UTC)))
                .containsExactly(List.of(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 1024L, 2048L, 4096L, 8192L));
        assertThat(counts(new Comparison(weeks(), Season.DAY_OF_WEEK, UTC)))
                .containsExactly(
                        List.of(1L, 128L),
                        List.of(2L, 256L),
                        List.of(4L, 512L),
                        List.of(8L, 1024L),
                        List.of(16L, 2048L),
                        List.of(32L, 4096L),
                        List.of(64L, 8192L));
    }

    private static List<List<Long>> counts(Comparison comparison) {
        RowCount beside = (RowCount) comparison.besideWindows(List.of(COUNT)).get(0);
        return beside.windows().stream()
                .map(alike -> alike.stream().map(state -> state[0]).toList())
                .toList();
    }
}
