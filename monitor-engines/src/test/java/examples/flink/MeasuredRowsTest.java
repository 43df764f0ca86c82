package examples.flink;

import static io.modelmonitor.quality.ModelQuality.modelQuality;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.Baseline;
import io.modelmonitor.Measurement;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Schema;
import io.modelmonitor.data.Datasets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.windowing.WindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;

/** Runs the example on a cluster of Flink within this JVM. */
class MeasuredRowsTest {

    private static final Schema COLUMNS = Schema.ofNames("age", "income", "region", "predicted", "defaulted");
    private static final TypeInformation<Row> ROW =
            Types.ROW(Types.INT, Types.DOUBLE, Types.STRING, Types.INT, Types.INT, Types.STRING);
    private static final long MILLIS_OF_ROW = 1_000;
    private static final int ROWS_OF_HOUR = 3_600;
    private static final int ROWS = 2 * ROWS_OF_HOUR + 500;

    private final Monitor monitor = Monitor.against(Baseline.of(
            rows(50_000, 54_000, number -> true),
            modelQuality().label("defaulted").prediction("predicted")));

    private static Object[] values(long number) {
        SplittableRandom random = new SplittableRandom(number);
        int predicted = random.nextInt(2);
        return new Object[] {
            18 + random.nextInt(60),
            Math.rint(random.nextDouble() * 1e6) / 100,
            "region-" + random.nextInt(12),
            predicted,
            random.nextInt(5) == 0 ? 1 - predicted : predicted
        };
    }

    private static Dataset rows(long from, long to, LongPredicate kept) {
        return Datasets.of(
                COLUMNS, () -> LongStream.range(from, to).filter(kept).mapToObj(MeasuredRowsTest::values));
    }

    private static Row row(long number) {
        Object[] fields = Arrays.copyOf(values(number), COLUMNS.size() + 1);
        fields[COLUMNS.size()] = model(number);
        return Row.of(fields);
    }

    private static String model(long number) {
        return number % 3 == 0 ? "challenger" : "champion";
    }

    @Test
    void windowsOfEachModelAreJudgedAsOneMachineJudgesTheirRows() throws Exception {
        MeasuredRows measuring = new MeasuredRows(
                COLUMNS, monitor.measure(rows(0, 0, number -> true)).calculators());
        Map<String, Measurement> windows = new TreeMap<>();
        for (Tuple3<String, Long, byte[]> window : run(measuring)) {
            windows.put(window.f0 + " " + window.f1, read(window.f2));
        }
        assertThat(windows).hasSize(6);
        for (int hour = 0; hour < 3; hour++) {
            for (String model : List.of("champion", "challenger")) {
                long from = (long) hour * ROWS_OF_HOUR;
                Dataset rows = rows(from, Math.min(from + ROWS_OF_HOUR, ROWS), number -> model(number)
                        .equals(model));
                Report there = monitor.judge(windows.get(model + " " + from * MILLIS_OF_ROW));
                assertThat(there).hasToString(monitor.check(rows).toString());
            }
        }
    }

    private static List<Tuple3<String, Long, byte[]>> run(MeasuredRows measuring) throws Exception {
        Configuration settings = new Configuration();
        settings.setString("state.backend.type", "hashmap");
        StreamExecutionEnvironment flink = StreamExecutionEnvironment.createLocalEnvironment(2, settings);
        // A checkpoint whenever the one before is done: accumulators are copied, written and changed meanwhile.
        flink.enableCheckpointing(10);
        return flink.fromSequence(0, ROWS - 1)
                .setParallelism(1)
                .assignTimestampsAndWatermarks(WatermarkStrategy.<Long>forMonotonousTimestamps()
                        .withTimestampAssigner((number, unset) -> number * MILLIS_OF_ROW))
                .setParallelism(1)
                .map(MeasuredRowsTest::row)
                .returns(ROW)
                .setParallelism(1)
                .keyBy(row -> (String) row.getField(5), Types.STRING)
                .window(TumblingEventTimeWindows.of(Duration.ofHours(1)))
                .aggregate(measuring, new Window())
                .executeAndCollect(100);
    }

    /** Puts the key and the begin of a window before its measurement. */
    private static final class Window
            implements WindowFunction<byte[], Tuple3<String, Long, byte[]>, String, TimeWindow> {

        private static final long serialVersionUID = 1L;

        @Override
        public void apply(
                String model,
                TimeWindow window,
                Iterable<byte[]> measurements,
                Collector<Tuple3<String, Long, byte[]>> out) {
            measurements.forEach(bytes -> out.collect(Tuple3.of(model, window.getStart(), bytes)));
        }
    }

    @Test
    void aStoreWouldReadAndWriteFarMoreThanARowForEachRow() throws IOException {
        MeasuredRows measuring = new MeasuredRows(
                COLUMNS, monitor.measure(rows(0, 0, number -> true)).calculators());
        MeasuredRows.Accumulator accumulator = measuring.createAccumulator();
        for (long number = 0; number < 5_000; number++) {
            accumulator = measuring.add(row(number), accumulator);
        }
        TypeSerializer<MeasuredRows.Accumulator> serializer =
                TypeInformation.of(MeasuredRows.Accumulator.class).createSerializer(new SerializerConfigImpl());
        DataOutputSerializer stored = new DataOutputSerializer(64);
        serializer.serialize(accumulator, stored);
        DataOutputSerializer ofRow = new DataOutputSerializer(64);
        ROW.createSerializer(new SerializerConfigImpl()).serialize(row(0), ofRow);
        assertThat(stored.length()).isGreaterThan(100 * ofRow.length());
        MeasuredRows.Accumulator read = serializer.deserialize(new DataInputDeserializer(stored.getCopyOfBuffer()));
        assertThat(measuring.getResult(read)).isEqualTo(measuring.getResult(accumulator));
    }

    @Test
    void aCopyDoesNotChangeWithItsOriginal() throws IOException {
        MeasuredRows measuring = new MeasuredRows(
                COLUMNS, monitor.measure(rows(0, 0, number -> true)).calculators());
        MeasuredRows.Accumulator accumulator = measuring.createAccumulator();
        measuring.add(row(0), accumulator);
        MeasuredRows.Accumulator copy = accumulator.copy();
        measuring.add(row(1), accumulator);
        assertThat(read(measuring.getResult(copy)).rows()).isEqualTo(1);
        assertThat(read(measuring.getResult(measuring.merge(copy, accumulator))).rows())
                .isEqualTo(3);
    }

    private Measurement read(byte[] bytes) throws IOException {
        return monitor.read(new ByteArrayInputStream(bytes));
    }
}
