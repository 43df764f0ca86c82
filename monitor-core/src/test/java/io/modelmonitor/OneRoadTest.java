package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Feature;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.Payload;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Schema;
import io.modelmonitor.capture.CaptureFiles;
import io.modelmonitor.capture.Privacy;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.internal.capture.PayloadSource;
import io.modelmonitor.internal.data.CaptureRows;
import io.modelmonitor.internal.data.LiveRows;
import io.modelmonitor.labels.GroundTruth;
import io.modelmonitor.labels.LabelledCaptures;
import io.modelmonitor.sink.Sinks;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A request is the same row wherever it is read: live, from its file, and with its label. */
class OneRoadTest {

    private static final Schema INPUTS = Schema.of(List.of(
            new Feature("age", FeatureType.UNKNOWN),
            new Feature("income", FeatureType.FRACTIONAL),
            new Feature("city", FeatureType.STRING)));
    private static final Schema OUTPUTS = Schema.ofNames("score");

    @TempDir
    Path folder;

    private final List<CaptureRecord> records = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "1, false, false, false", "2, true, false, false", "3, false, true, false", "4, true, true, false",
        "5, false, false, true", "6, true, false, true", "7, false, true, true", "8, true, true, true"
    })
    void aLiveWindowItsFilesAndItsLabelledCapturesGiveEqualRows(
            long seed, boolean json, boolean named, boolean isPrivate) {
        SplittableRandom random = new SplittableRandom(seed);
        DataCaptureBuilder builder = builder();
        builder = isPrivate
                ? builder.protecting(Privacy.bucket("bucketed", 10)).protecting(Privacy.drop("city"))
                : builder;
        // Nothing is captured of rows in which private fields have no names.
        boolean known = named || json || isPrivate;
        builder = known ? builder.inputs(INPUTS).outputs(OUTPUTS) : builder;
        try (DataCapture capture = (json ? builder.asJson() : builder).start()) {
            for (int i = 0; i < 600; i++) {
                PayloadSource input = content(random);
                int rows = random.nextInt(8) == 0 ? 3 : 1;
                PayloadSource answers =
                        PayloadSource.of(random.nextBoolean() ? random.nextDouble() : random.nextInt(3));
                capture.record(
                        "id" + i,
                        rows == 1 ? input : PayloadSource.rows(List.of(input, input, input)),
                        rows == 1 ? answers : PayloadSource.rows(List.of(answers, answers, answers)));
            }
        }
        UnaryOperator<CaptureRows> naming =
                rows -> named ? rows.outputs("score").inputs("age", "income", "city") : rows;
        List<String> ofFiles = cells(naming.apply(CaptureRows.standard())
                .open(CaptureFiles.in(folder).open()));
        assertThat(ofFiles).hasSizeGreaterThan(600);
        assertThat(live(known ? CaptureRows.standard() : naming.apply(CaptureRows.standard())))
                .isEqualTo(known ? cellsNamed() : ofFiles);

        GroundTruth labels = GroundTruth.create();
        records.forEach(record -> labels.record(record.joinId(), "1\n".repeat(rowsOf(record))));
        LabelledCaptures labelled = LabelledCaptures.of(CaptureFiles.in(folder), labels);
        labelled = named ? labelled.outputs("score").inputs("age", "income", "city") : labelled;
        List<String> withLabels = cells(labelled.open());
        assertThat(withLabels.stream().filter(cell -> !cell.startsWith("label ")))
                .containsExactlyElementsOf(ofFiles);
    }

    private List<String> cellsNamed() {
        return cells(CaptureRows.standard()
                .outputs("score")
                .inputs("age", "income", "city")
                .open(CaptureFiles.in(folder).open()));
    }

    private static int rowsOf(CaptureRecord record) {
        LiveRows live = CaptureRows.standard().live();
        live.add(List.of(record));
        live.end();
        int rows = 0;
        for (Batch batch = live.next(); batch != null; batch = live.next()) {
            rows += batch.size();
        }
        return rows;
    }

    private List<String> live(CaptureRows rows) {
        LiveRows live = rows.live();
        live.add(records);
        live.end();
        return cells(live);
    }

    private static PayloadSource content(SplittableRandom random) {
        Object[] values = {value(random), value(random), value(random)};
        double[] numbers = {number(random), number(random), number(random)};
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("age", values[0]);
        map.put("nested", Map.of("x", numbers));
        map.put("bucketed", random.nextDouble() * 100);
        map.put("list", List.of(1, "two", 2.5f));
        return switch (random.nextInt(9)) {
            case 0 -> PayloadSource.numbers(numbers);
            case 1 -> PayloadSource.numbers(new float[] {0.1f, (float) numbers[1], (float) numbers[2]});
            case 2 -> PayloadSource.values(values);
            case 3 -> PayloadSource.of(Arrays.asList(values));
            case 4 -> PayloadSource.fields(map);
            default -> PayloadSource.numbers(random.nextInt(100), random.nextDouble() * 1e4, random.nextInt(3));
        };
    }

    private static double number(SplittableRandom random) {
        double[] odd = {
            Double.NaN,
            Double.POSITIVE_INFINITY,
            -0.0,
            0,
            1e15,
            1e14 + 1,
            1e300,
            1e-300,
            0.0001,
            1e-7,
            123456.75,
            1e7,
            -5
        };
        return random.nextBoolean() ? odd[random.nextInt(odd.length)] : random.nextDouble() * 1e3;
    }

    private static Object value(SplittableRandom random) {
        Object[] odd = {
            null,
            "",
            "a,b",
            "say \"x\"",
            "two\nlines",
            "7",
            "1.50",
            "true",
            true,
            false,
            7,
            7L,
            Long.MAX_VALUE,
            1L << 52,
            new BigInteger("123456789012345678901234567890"),
            new BigDecimal("12.50"),
            0.1f,
            'c',
            "é€",
            " x ",
            "NaN"
        };
        return random.nextInt(4) == 0 ? (Object) number(random) : odd[random.nextInt(odd.length)];
    }

    @Test
    void namesThatTheCaptureKnowsNeedNotBeRepeatedForItsMonitor() {
        List<Report> reports = new CopyOnWriteArrayList<>();
        Baseline baseline = Baseline.of(table(3_000, 9));
        Monitor monitor = Monitor.against(baseline).named("credit").reportingTo(reports::add);
        Schema features = Schema.ofNames("age", "income");
        try (DataCapture capture = DataCapture.of("credit")
                .inputs(features)
                .outputs(OUTPUTS)
                .sink(Sinks.all(
                        Sinks.files(folder), monitor.every(Duration.ofHours(1)).clock(noon())))
                .clock(noon())
                .start()) {
            SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < 2_000; i++) {
                capture.record(features(random), random.nextDouble());
            }
        }
        Report ofFiles = monitor.check(Datasets.captures(folder).columns("score", "age", "income"));
        assertThat(reports.get(0)).hasToString(ofFiles.toString());
        assertThat(reports.get(0).metrics()).isEqualTo(ofFiles.metrics());
        assertThat(reports.get(0).assessments()).isEqualTo(ofFiles.assessments());
        assertThat(ofFiles.isHealthy()).as(ofFiles.toString()).isTrue();
    }

    @Test
    void namesReachRowsOfTextThatTheApplicationRecordedToo() {
        try (DataCapture capture = builder().inputs(INPUTS).outputs(OUTPUTS).start()) {
            capture.record(Payload.csv("41,52000.0,Bonn"), Payload.json("0.25"));
        }
        assertThat(live(CaptureRows.standard()))
                .containsExactly("score 2 0.25 0.25", "age 1 41.0 41", "income 2 52000.0 52000.0", "city 4 NaN Bonn");
    }

    @Test
    void textIsMadeOnceASinkWantsItAndNotBefore() {
        try (DataCapture capture = DataCapture.of("credit")
                .sink(batch -> records.addAll(batch.records()))
                .start()) {
            capture.record(new double[] {1, 2.5}, 0.5);
        }
        Payload input = records.get(0).input();
        assertThat(input).isNotNull();
        assertThat(live(CaptureRows.standard())).containsExactly("_c0 2 0.5 0.5", "_c1 1 1.0 1", "_c2 2 2.5 2.5");
        assertThat(input.isText()).isFalse();
        assertThat(input.data()).isEqualTo("1,2.5").isSameAs(input.data());
        assertThat(input.isText()).isTrue();
        assertThat(input).isEqualTo(Payload.csv("1,2.5")).hasSameHashCodeAs(Payload.csv("1,2.5"));
    }

    @Test
    void floatsAndListsOfNumbersAreTakenEverywhereAlike() {
        List<Object> forms = List.of(
                new float[] {0.1f, 2},
                List.of(0.1f, 2),
                new Object[] {0.1, 2},
                new double[] {0.1, 2},
                Arrays.asList(0.1, 2L),
                List.of(List.of(0.1f, 2)));
        try (DataCapture capture = builder().inputs(Schema.ofNames("a", "b")).start()) {
            forms.forEach(form -> capture.record(form, 0.3f));
            capture.record(Map.of("x", new float[] {0.1f, 2}), List.of(0.3f));
            assertThat(capture.around(new float[] {0.1f, 2}, row -> row[1])).isEqualTo(2);
        }
        assertThat(records).hasSize(8);
        assertThat(records.stream().map(record -> record.input().data()))
                .containsExactly("0.1,2", "0.1,2", "0.1,2", "0.1,2", "0.1,2", "0.1,2", "{\"x\":[0.1,2.0]}", "0.1,2");
        assertThat(records.stream().limit(7).map(record -> record.output().data()))
                .containsOnly("0.3");

        Dataset rows = Datasets.of(
                Schema.ofNames("a", "b"), List.of(new float[] {0.1f, 2}, List.of(0.1f, 2), new Object[] {0.1, 2}));
        assertThat(rows.rows().map(row -> row.number("a") + " " + row.text("a")))
                .containsExactly("0.1 0.1", "0.1 0.1", "0.1 0.1");
        assertThat(Datasets.rows(List.of(Map.of("a", new float[] {0.1f, 2}), Map.of("a", List.of(0.1f, 2))))
                        .rows()
                        .map(Object::toString))
                .containsExactly("{a[0]=0.1, a[1]=2.0}", "{a[0]=0.1, a[1]=2}");
        assertThat(Datasets.columns()
                        .add("a", new float[] {0.1f})
                        .add("b", List.of(0.1f))
                        .build()
                        .rows()
                        .map(Object::toString))
                .containsExactly("{a=0.1, b=0.1}");
    }

    private DataCaptureBuilder builder() {
        return DataCapture.of("credit")
                .clock(noon())
                .sink(Sinks.all(Sinks.files(folder), batch -> records.addAll(batch.records())));
    }

    private static Clock noon() {
        return Clock.fixed(Instant.parse("2026-03-04T12:00:00Z"), ZoneOffset.UTC);
    }

    private static Dataset table(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Object[]> table = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            double[] features = features(random);
            table.add(new Object[] {random.nextDouble(), features[0], features[1]});
        }
        return Datasets.of(Schema.ofNames("score", "age", "income"), table);
    }

    private static double[] features(SplittableRandom random) {
        return new double[] {18 + random.nextInt(60), 20_000 + random.nextInt(50_000) + 0.25};
    }

    private static List<String> cells(Dataset.Cursor open) {
        List<String> cells = new ArrayList<>();
        try (Dataset.Cursor cursor = open) {
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                for (int row = 0; row < batch.size(); row++) {
                    for (int i = 0; i < batch.schema().size(); i++) {
                        cells.add(batch.schema().names().get(i) + " "
                                + batch.column(i).kinds()[row] + " "
                                + batch.column(i).numbers()[row] + " "
                                + batch.column(i).text(row));
                    }
                }
            }
            assertThat(cursor.problems()).isEmpty();
        }
        return cells;
    }
}
