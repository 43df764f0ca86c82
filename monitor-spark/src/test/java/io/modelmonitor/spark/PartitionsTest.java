package io.modelmonitor.spark;

import static io.modelmonitor.fairness.Bias.bias;
import static io.modelmonitor.quality.ModelQuality.modelQuality;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.Baseline;
import io.modelmonitor.Measurement;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Report;
import io.modelmonitor.spi.MetricCalculator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Partitions of all kinds: what is measured of them depends on them alone. */
class PartitionsTest {

    private static final MetricCalculator<?>[] CALCULATORS = {
        modelQuality().label("defaulted").prediction("predicted").score("score"),
        bias("gender", "F").label("defaulted").prediction("predicted")
    };

    /** The tasks that were made to fail, in this JVM. */
    private static final Set<String> FAILED = ConcurrentHashMap.newKeySet();

    /** In groups of few, of which there are soon many. */
    @ParameterizedTest(name = "{0} partitions")
    @ValueSource(ints = {1, 5, 7, 8, 9, 100})
    void theBytesAreThoseOfThePartitionsMergedInTheirOrder(int partitions) throws IOException {
        int rows = 10_000;
        Dataset<Row> frame = Applications.frame(Sessions.on("local[2]"), 0, rows, partitions);
        Measurement nothing = Measurement.of(FrameRows.none(frame.schema()), CALCULATORS);
        Measurement there = SparkMonitor.measured(frame, nothing, 8);
        assertThat(bytes(there)).isEqualTo(bytes(merged(rows, partitions, 8, nothing.calculators())));
    }

    /** Measures rows as Spark cuts a range, and merges groups of neighbours, then all. */
    private static Measurement merged(
            long rows, int partitions, int neighbours, List<MetricCalculator<?>> calculators) {
        List<Measurement> groups = new ArrayList<>();
        List<Measurement> group = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            group.add(Measurement.of(
                    1, Applications.rows(i * rows / partitions, (i + 1) * rows / partitions), calculators));
            if (group.size() == neighbours || i == partitions - 1) {
                groups.add(Measurement.merged(group));
                group.clear();
            }
        }
        return Measurement.merged(groups);
    }

    @Test
    void theSamePartitionsGiveTheSameBytesOnAnyNumberOfThreads() throws IOException {
        List<byte[]> measured = new ArrayList<>();
        for (String master : List.of("local[1]", "local[2]", "local[5]")) {
            SparkSession spark = Sessions.on(master);
            measured.add(bytes(SparkMonitor.baseline(Applications.frame(spark, 0, 30_000, 12), CALCULATORS)
                    .measurement()));
        }
        assertThat(measured).allSatisfy(bytes -> assertThat(bytes).isEqualTo(measured.get(0)));
    }

    @Test
    void theDriverIsSentOneMeasurementHoweverManyPartitionsThereAre() throws IOException {
        int rows = 20_000;
        int partitions = 300;
        Measurement expected = merged(
                rows,
                partitions,
                SparkMonitor.NEIGHBOURS,
                Baseline.of(Applications.rows(0, 100), CALCULATORS)
                        .measurement()
                        .calculators());
        // Room for the measurement of all and what Spark adds to it, and not for those of the partitions.
        SparkSession spark = Sessions.sendingAtMost(bytes(expected).length + 20_000L);
        try {
            Dataset<Row> frame = Applications.frame(spark, 0, rows, partitions);
            assertThat(bytes(SparkMonitor.baseline(frame, CALCULATORS).measurement()))
                    .isEqualTo(bytes(expected));
            Dataset<byte[]> ofPartitions = frame.mapPartitions(
                    new PartitionMeasuring(frame.schema(), ShippedCalculators.of(expected.calculators())),
                    Encoders.BINARY());
            assertThatThrownBy(ofPartitions::collectAsList).hasMessageContaining("spark.driver.maxResultSize");
        } finally {
            spark.stop();
        }
    }

    @Test
    void tasksThatAreRetriedCountOnce() throws IOException {
        SparkSession spark = Sessions.on("local[2,4]");
        Dataset<Row> rows = Applications.frame(spark, 0, 20_000, 6);
        FAILED.clear();
        Dataset<Row> failing = rows.mapPartitions(
                (MapPartitionsFunction<Row, Row>) partition -> {
                    List<Row> half = new ArrayList<>();
                    partition.forEachRemaining(half::add);
                    return new FailingOnce(half);
                },
                Encoders.row(Applications.TYPE));
        Measurement expected = SparkMonitor.baseline(rows, CALCULATORS).measurement();
        Measurement actual = SparkMonitor.baseline(failing, CALCULATORS).measurement();
        assertThat(FAILED).hasSize(6);
        assertThat(bytes(actual)).isEqualTo(bytes(expected));
    }

    /** Ends a partition's first task in the midst of its rows. */
    private static final class FailingOnce implements java.util.Iterator<Row> {

        private final List<Row> rows;
        private int next;

        private FailingOnce(List<Row> rows) {
            this.rows = rows;
        }

        @Override
        public boolean hasNext() {
            if (next == rows.size() / 2 && FAILED.add("partition " + TaskContext.getPartitionId())) {
                throw new IllegalStateException("the executor is lost");
            }
            return next < rows.size();
        }

        @Override
        public Row next() {
            return rows.get(next++);
        }
    }

    @Test
    void emptyAndSkewedPartitionsGiveWhatTheirRowsGive() throws IOException {
        SparkSession spark = Sessions.on("local[2]");
        // All rows but a few are in one of 40 partitions, and most partitions have none.
        Dataset<Row> skewed =
                Applications.frame(spark, 0, 20_000, 40).union(Applications.frame(spark, 20_000, 40_000, 1));
        Dataset<Row> filtered = skewed.filter((FilterFunction<Row>) row -> row.getInt(0) == 30 && row.isNullAt(3));
        Dataset<Row> most = filtered.union(Applications.frame(spark, 40_000, 60_000, 1));
        Measurement there = SparkMonitor.baseline(most, CALCULATORS).measurement();
        List<Measurement> parts = new ArrayList<>();
        for (int i = 0; i < 41; i++) {
            long from = i < 40 ? i * 500L : 20_000;
            long to = i < 40 ? from + 500 : 40_000;
            List<Object[]> kept = new ArrayList<>();
            for (long number = from; number < to; number++) {
                Object[] values = Applications.values(number);
                if (values[0].equals(30) && values[3] == null) {
                    kept.add(values);
                }
            }
            if (!kept.isEmpty()) {
                parts.add(Measurement.of(1, Applications.of(kept), there.calculators()));
            }
        }
        assertThat(parts.size()).isBetween(2, 30);
        parts.add(Measurement.of(1, Applications.rows(40_000, 60_000), there.calculators()));
        assertThat(bytes(there)).isEqualTo(bytes(Measurement.merged(List.of(Measurement.merged(parts)))));
    }

    @Test
    void aFrameWithoutRowsIsAWindowWithoutData() {
        SparkSession spark = Sessions.on("local[2]");
        Monitor monitor = Monitor.against(Baseline.of(Applications.rows(0, 2_000), CALCULATORS));
        for (int partitions : new int[] {1, 8}) {
            Dataset<Row> nothing = Applications.frame(spark, 0, 100, partitions).filter("age > 1000");
            Measurement measurement = SparkMonitor.measure(nothing, monitor);
            assertThat(measurement.rows()).isZero();
            assertThat(measurement.columns()).isEqualTo(List.of(Applications.TYPE.fieldNames()));
            assertThat(monitor.judge(measurement).status()).isEqualTo(Report.Status.NO_DATA);
            assertThatThrownBy(() -> SparkMonitor.baseline(nothing))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("dataset has no rows; a baseline needs at least 1");
        }
    }

    @Test
    void oneRowIsMeasured() throws IOException {
        SparkSession spark = Sessions.on("local[2]");
        Measurement there = SparkMonitor.baseline(Applications.frame(spark, 7, 8, 5), CALCULATORS)
                .measurement();
        assertThat(bytes(there)).isEqualTo(bytes(Measurement.of(1, Applications.rows(7, 8), there.calculators())));
    }

    private static byte[] bytes(Measurement measurement) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        measurement.write(bytes);
        return bytes.toByteArray();
    }
}
