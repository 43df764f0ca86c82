package io.modelmonitor.spark;

import static io.modelmonitor.fairness.Bias.bias;
import static io.modelmonitor.quality.ModelQuality.modelQuality;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.Baseline;
import io.modelmonitor.DataCapture;
import io.modelmonitor.Measurement;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Schema;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.quality.Segments;
import io.modelmonitor.sink.Sinks;
import io.modelmonitor.spi.MetricCalculator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs as a batch of scores has them: many partitions, tasks that run twice, labels that come later, captures of a service. */
class JobsTest {

    /** 10,000 by {@code -Dspark.partitions=10000}; a task takes Spark some milliseconds. */
    private static final int PARTITIONS = Integer.getInteger("spark.partitions", 600);

    private static final MetricCalculator<?>[] CALCULATORS = {
        modelQuality().label("defaulted").prediction("predicted").score("score"),
        bias("gender", "F").label("defaulted").prediction("predicted"),
        Segments.of(modelQuality().label("defaulted").prediction("predicted")).by("channel")
    };

    @TempDir
    private Path folder;

    private final SparkSession spark = Sessions.on("local[2]");

    /** Returns whether an application is left: all of the first partitions, few of the others. */
    private static boolean isKept(long number) {
        return number < 200 || number % 1_009 == 0;
    }

    @Test
    void manyPartitionsOfWhichMostAreEmptyGiveTheBytesOfThoseWithRows() throws IOException {
        int rows = 10 * PARTITIONS;
        Dataset<Row> skewed = spark.range(0, rows, 1, PARTITIONS)
                .filter("id < 200 OR id % 1009 = 0")
                .map(
                        (MapFunction<Long, Row>) number -> RowFactory.create(Applications.values(number)),
                        Encoders.row(Applications.TYPE));
        Measurement there = SparkMonitor.baseline(skewed, CALCULATORS).measurement();
        List<Measurement> groups = new ArrayList<>();
        List<Measurement> group = new ArrayList<>();
        for (int i = 0; i < PARTITIONS; i++) {
            List<Object[]> kept = LongStream.range(10L * i, 10L * i + 10)
                    .filter(JobsTest::isKept)
                    .mapToObj(Applications::values)
                    .toList();
            if (!kept.isEmpty()) {
                group.add(Measurement.of(1, Applications.of(kept), there.calculators()));
            }
            if (!group.isEmpty()
                    && (i % SparkMonitor.NEIGHBOURS == SparkMonitor.NEIGHBOURS - 1 || i == PARTITIONS - 1)) {
                groups.add(Measurement.merged(group));
                group.clear();
            }
        }
        assertThat(there.rows())
                .isEqualTo(LongStream.range(0, rows).filter(JobsTest::isKept).count());
        assertThat(bytes(there)).isEqualTo(bytes(Measurement.merged(groups)));
    }

    @Test
    void aTaskThatRunsTwiceAtTheSameTimeGivesTheSameBytesTwice() throws Exception {
        List<MetricCalculator<?>> calculators = SparkMonitor.baseline(Applications.frame(spark, 0, 100, 1), CALCULATORS)
                .measurement()
                .calculators();
        // What Spark sends to two executors, of which it takes the result of the one that is done first.
        byte[] task = sent(new PartitionMeasuring(Applications.TYPE, ShippedCalculators.of(calculators)));
        ExecutorService executors = Executors.newFixedThreadPool(2);
        try {
            Future<byte[]> first = executors.submit(() -> run(task));
            Future<byte[]> second = executors.submit(() -> run(task));
            assertThat(first.get()).isEqualTo(second.get());
        } finally {
            executors.shutdown();
        }
    }

    private static byte[] sent(Object task) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(task);
        }
        return bytes.toByteArray();
    }

    private static byte[] run(byte[] task) throws Exception {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(task))) {
            PartitionMeasuring measuring = (PartitionMeasuring) in.readObject();
            Iterator<Row> rows = LongStream.range(0, 5_000)
                    .mapToObj(number -> RowFactory.create(Applications.values(number)))
                    .iterator();
            return measuring.call(rows).next();
        }
    }

    @Test
    void labelsThatComeLaterAreJoinedBySpark() {
        int rows = 3_000;
        Dataset<Row> all = spark.range(0, rows, 1, 3)
                .map(
                        (MapFunction<Long, Row>) number -> {
                            Object[] values = Applications.values(number);
                            return RowFactory.create(number, values[3], values[4], values[5], values[6], values[7]);
                        },
                        Encoders.row(
                                StructType.fromDDL(
                                        "id BIGINT, gender STRING, channel STRING, score DOUBLE, predicted INT, defaulted INT")));
        Dataset<Row> predictions = all.drop("defaulted");
        // Every third label has not come yet.
        Dataset<Row> labels =
                all.select("id", "defaulted").filter("id % 3 <> 0").repartition(5);
        Dataset<Row> joined = predictions.join(labels, "id").sort("id");
        Baseline there = SparkMonitor.baseline(joined, CALCULATORS);
        Baseline here = Baseline.of(
                Applications.of(LongStream.range(0, rows)
                        .filter(number -> number % 3 != 0)
                        .mapToObj(Applications::values)
                        .toList()),
                CALCULATORS);
        assertThat(there.measurement().rows()).isEqualTo(2_000);
        for (String metric : List.of("accuracy", "recall", "precision", "dppl", "di")) {
            var expected = here.metrics().stream()
                    .filter(candidate -> candidate.name().equals(metric))
                    .toList();
            assertThat(there.metrics().stream()
                            .filter(candidate -> candidate.name().equals(metric))
                            .toList())
                    .isEqualTo(expected);
        }
        assertThat(there.metrics()).anyMatch(metric -> metric.name().equals("recall"));
    }

    @Test
    void capturesOnASharedStoreAreReadAsRowsByTheSameDecoder() throws IOException {
        for (int hour = 0; hour < 3; hour++) {
            capture(hour);
        }
        var captured = Datasets.captures(folder).inputs("age", "income").outputs("score");
        Monitor monitor = Monitor.against(Baseline.of(captured));
        List<String> hours;
        try (Stream<Path> found = Files.walk(folder)) {
            hours = found.filter(Files::isRegularFile)
                    .map(file -> file.getParent().toString())
                    .distinct()
                    .sorted()
                    .toList();
        }
        assertThat(hours).hasSize(3);
        Dataset<Row> rows = spark.createDataset(hours, Encoders.STRING())
                .repartition(hours.size())
                .flatMap(
                        (FlatMapFunction<String, Row>) hour -> Datasets.captures(Path.of(hour))
                                .inputs("age", "income")
                                .outputs("score")
                                .rows()
                                .map(row ->
                                        RowFactory.create(row.number("age"), row.number("income"), row.number("score")))
                                .iterator(),
                        Encoders.row(StructType.fromDDL("age DOUBLE, income DOUBLE, score DOUBLE")));
        Report there = monitor.judge(SparkMonitor.measure(rows, monitor));
        Report here = monitor.check(captured);
        assertThat(there.rows()).isEqualTo(here.rows()).isEqualTo(300);
        assertThat(there.status()).isEqualTo(here.status()).isEqualTo(Report.Status.HEALTHY);
        for (String column : List.of("age", "income", "score")) {
            assertThat(there.metric(column, "maximum").value())
                    .isEqualTo(here.metric(column, "maximum").value());
            assertThat(there.metric(column, "distinct_count")).isEqualTo(here.metric(column, "distinct_count"));
        }
    }

    private void capture(int hour) throws IOException {
        Instant time = Instant.parse("2026-03-01T00:30:00Z").plusSeconds(3_600L * hour);
        DataCapture capture = DataCapture.of("credit-risk")
                .inputs(Schema.ofNames("age", "income"))
                .outputs(Schema.ofNames("score"))
                .clock(Clock.fixed(time, ZoneOffset.UTC))
                .sink(Sinks.files(folder))
                .start();
        for (int i = 0; i < 100; i++) {
            capture.record(new double[] {20.5 + (hour * 100 + i) * 7 % 50, 1_000.25 + i * 37}, (i + 0.5) / 100);
        }
        capture.close();
    }

    @Test
    void onlyWhatSparkConnectHasIsUsed() throws IOException {
        Path root = Path.of(System.getProperty("project.root"), "monitor-spark/src/main/java");
        List<String> classic = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String source = Files.readString(file);
                Stream.of(
                                "SparkContext",
                                "TaskContext",
                                "apache.spark.rdd",
                                "RDD(",
                                ".rdd()",
                                "spark.sql.classic",
                                "sqlContext")
                        .filter(source::contains)
                        .forEach(found -> classic.add(file.getFileName() + ": " + found));
            }
        }
        assertThat(classic).isEmpty();
    }

    private static byte[] bytes(Measurement measurement) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        measurement.write(bytes);
        return bytes.toByteArray();
    }
}
