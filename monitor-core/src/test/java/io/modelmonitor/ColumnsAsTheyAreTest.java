package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.Report;
import io.modelmonitor.data.Datasets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns as files have them: odd cells, one value in several spellings, codes that look like numbers. */
@Tag("simulation")
class ColumnsAsTheyAreTest {

    private static final int ROWS = 5_000;

    @TempDir
    private static Path folder;

    private static int files;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NaN", "NA", "n/a", "-", "nan", " NULL ", "None", "--", "?", "#N/A", "null", "N/A", " ", "\\N",
                "(null)", ".."
            })
    void aNumberColumnWithACellThatSaysMissingIsOneOfNumbers(String cell) {
        Baseline baseline = Baseline.of(csv(normals(1, 0, "\"" + cell + "\"")));
        Monitor monitor = Monitor.against(baseline);
        Report moved = monitor.check(csv(normals(2, 5, "\"" + cell + "\"")));

        assertThat(baseline.schema().feature("x").type()).isEqualTo(FeatureType.FRACTIONAL);
        assertThat(moved.metric("x", "completeness").note()).isEqualTo("1 of 5,000 cells is '" + cell + "'");
        assertThat(violated(moved)).contains("x drift").allMatch(text -> text.startsWith("x "));
        assertThat(moved.metric("x", "drift").value()).isGreaterThan(0.9);
        assertThat(violated(monitor.check(csv(normals(3, 0, "\"" + cell + "\"")))))
                .isEmpty();
        assertThat(violated(monitor.check(csv(normals(4, 0, "0.5"))))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "oops", "12 apples", "true", "1,5", "#DIV/0!", "ä"})
    void aNumberColumnWithAnOddCellIsOneOfNumbers(String cell) {
        Baseline baseline = Baseline.of(csv(normals(1, 0, "\"" + cell + "\"")));
        Monitor monitor = Monitor.against(baseline);
        Report moved = monitor.check(csv(normals(2, 5, "\"" + cell + "\"")));

        assertThat(baseline.schema().feature("x").type()).isEqualTo(FeatureType.FRACTIONAL);
        assertThat(moved.metric("x", "type_share").note())
                .isEqualTo(cell.equals("true") ? "1 booleans" : "1 texts: 1 of 5,000 cells is '" + cell + "'");
        assertThat(violated(moved)).containsExactly("x drift");
        assertThat(violated(monitor.check(csv(normals(3, 0, "\"" + cell + "\"")))))
                .isEmpty();
    }

    @Test
    void manyMissingCellsOfSeveralSpellingsAreCountedAsMissing() {
        SplittableRandom random = new SplittableRandom(1);
        String[] spellings = {"NA", "-", "n/a"};
        Monitor monitor = Monitor.against(Baseline.of(csv(i -> i % 5 == 0 ? spellings[i / 5 % 3] : number(random))));
        Report fewer = monitor.check(csv(i -> i % 2 == 0 ? "NA" : number(random)));

        assertThat(violated(fewer)).contains("x completeness");
        assertThat(fewer.metric("x", "completeness").value()).isEqualTo(0.5);
        assertThat(violated(monitor.check(csv(i -> i % 5 == 0 ? "" : number(random)))))
                .isEmpty();
    }

    @Test
    void aWindowOfNothingButMissingCellsLacksValues() {
        SplittableRandom random = new SplittableRandom(1);
        Monitor monitor = Monitor.against(Baseline.of(csv(i -> number(random))));

        Report report = monitor.check(csv(i -> "NaN"));

        assertThat(report.metric("x", "completeness").value()).isZero();
        assertThat(violated(report)).contains("x completeness");
    }

    @ParameterizedTest
    @CsvSource({"true, false, NaN", "True, False, None", "1, 0, NA", "7, 8, -", "0.5, 1.5, ?"})
    void aMissingCellChangesTheTypeOfNoColumn(String one, String other, String missing) {
        FeatureType without = Baseline.of(csv(i -> i % 3 == 0 ? one : other))
                .schema()
                .feature("x")
                .type();
        FeatureType with = Baseline.of(csv(i -> i % 50 == 0 ? missing : i % 3 == 0 ? one : other))
                .schema()
                .feature("x")
                .type();

        assertThat(with).isEqualTo(without).isNotEqualTo(FeatureType.STRING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NA", "na", "-", "None", "nan"})
    void whatMeansMissingAmongNumbersIsAValueAmongTexts(String text) {
        String[] countries = {"DE", "FR", "US", "AO", text};
        Baseline baseline = Baseline.of(csv(i -> countries[i % 5]));
        Report report = Monitor.against(baseline).check(csv(i -> countries[i % 4]));

        assertThat(baseline.schema().feature("x").domain()).contains(text);
        assertThat(baseline.metric("x", "completeness").value()).isEqualTo(1);
        assertThat(violated(report)).containsExactly("x drift");
    }

    static Stream<List<String>> spellings() {
        return Stream.of(
                List.of("True", "False", "true", "false"),
                List.of("True", "False", "TRUE", "FALSE"),
                List.of("true", "false", "True", "False"),
                List.of("1613", "20", "1613.0", "20.0"),
                List.of("1000", "20", "1e3", "2E1"),
                List.of("1000.0", "20.0", "1000", "20"),
                List.of("7", "8", "+7", "8."),
                List.of("0", "1", "-0", "1.00"),
                List.of("0.1", "0.25", ".1", "0.250"),
                List.of("0.1", "0.25", "1e-1", "25e-2"),
                List.of("1", "many", "1.0", "many"),
                List.of("TRUE", "maybe", "true", "maybe"));
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void equalValuesAreEqualHoweverTheyAreSpelled(List<String> values) {
        Monitor monitor = Monitor.against(Baseline.of(csv(i -> values.get(i % 3 == 0 ? 0 : 1))));

        Report respelled = monitor.check(csv(i -> values.get(i % 3 == 0 ? 2 : 3)));
        Report half = monitor.check(csv(i -> values.get((i % 3 == 0 ? 0 : 1) + (i % 2 == 0 ? 2 : 0))));
        Report changed = monitor.check(csv(i -> values.get(i % 3 == 0 ? 3 : 2)));

        for (Report report : List.of(respelled, half)) {
            assertThat(violated(report)).isEmpty();
            assertThat(report.metric("x", "drift").value()).isLessThan(0.001);
            assertThat(report.metric("x", "type_share").value()).isEqualTo(1);
            assertThat(report.metric("x", "distinct_count").value()).isEqualTo(2);
        }
        assertThat(violated(changed)).contains("x drift");
    }

    @Test
    void equalNumbersOfEveryKindOfSourceAreEqual() {
        int n = 1_000;
        double[] doubles = new double[n];
        float[] floats = new float[n];
        long[] longs = new long[n];
        double[] wholes = new double[n];
        List<Map<String, ?>> boxed = new ArrayList<>();
        List<Map<String, ?>> mixed = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            doubles[i] = (i % 7) / 10.0;
            floats[i] = (i % 7) / 10f;
            longs[i] = i % 9 * 100L;
            wholes[i] = longs[i];
            boxed.add(Map.of("x", floats[i], "n", (int) longs[i]));
            mixed.add(Map.of("x", doubles[i], "n", (float) longs[i]));
        }
        Dataset typed = Datasets.columns().add("x", doubles).add("n", longs).build();
        List<Dataset> others = List.of(
                Datasets.columns().add("x", floats).add("n", wholes).build(),
                Datasets.rows(boxed),
                Datasets.rows(mixed),
                file("x,n", n, i -> floats[i] + "," + wholes[i]),
                file("x,n", n, i -> doubles[i] + "," + longs[i]));

        for (Dataset one : Stream.concat(Stream.of(typed), others.stream()).toList()) {
            Monitor monitor = Monitor.against(Baseline.of(one));
            for (Dataset other : others) {
                Report report = monitor.check(other);
                assertThat(violated(report)).isEmpty();
                assertThat(report.metric("x", "drift").value()).isZero();
                assertThat(report.metric("n", "drift").value()).isZero();
                assertThat(report.metric("n", "type_share").value()).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"5, 0.3, 60", "5, 0.08, 20000", "5, 0.08, 90000", "3, 0.2, 900", "8, 0.1, 3000", "5, 1, 8000"})
    void digitsWithZerosInFrontAreACode(int length, double share, int different) {
        Monitor monitor = Monitor.against(Baseline.of(csv(codes(1, length, share, different))));

        Report same = monitor.check(csv(codes(2, length, share, different)));
        Report stripped = monitor.check(csv(i ->
                Long.toString(Long.parseLong(codes(3, length, share, different).apply(i)))));

        assertThat(violated(same)).as(same.toString()).isEmpty();
        assertThat(violated(stripped)).as(stripped.toString()).contains("x type_share");
        assertThat(stripped.metric("x", "type_share").note()).endsWith(" not of " + length + " digits");
    }

    @Test
    void aColumnOfCodesIsOneOfTexts() {
        Baseline baseline = Baseline.of(csv(codes(1, 5, 0.1, 50)));

        assertThat(baseline.schema().feature("x").type()).isEqualTo(FeatureType.STRING);
        assertThat(baseline.schema().feature("x").domain()).allMatch(code -> code.length() == 5);
        assertThat(baseline.metric("x", "type_share").value()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1, 2000", "5, 2000", "20, 2000", "100, 2000", "1, 90000", "20, 90000", "100, 90000"})
    void aFewCodesWithoutZerosInFrontDoNotAlert(int rows, int different) {
        Monitor monitor = Monitor.against(Baseline.of(csv(codes(1, 5, 0.05, different))));

        List<String> values = Stream.iterate(0, i -> i + 1)
                .map(codes(2, 5, 0.05, different)::apply)
                .filter(code -> !code.startsWith("0"))
                .limit(rows)
                .toList();

        assertThat(violated(monitor.check(file("x,y", rows, i -> values.get(i) + ",a"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.5", "-0.5", "00:15", "-007", "10", "0e1", "00.5"})
    void thisIsNoCode(String cell) {
        FeatureType without = Baseline.of(csv(i -> Integer.toString(i % 40 + 1)))
                .schema()
                .feature("x")
                .type();
        FeatureType with = Baseline.of(csv(i -> i % 20 == 0 ? cell : Integer.toString(i % 40 + 1)))
                .schema()
                .feature("x")
                .type();

        assertThat(without).isEqualTo(FeatureType.INTEGRAL);
        assertThat(with.isNumeric()).isTrue();
    }

    @Test
    void oneNumberWithAZeroInFrontMakesNoColumnOfCodes() {
        SplittableRandom random = new SplittableRandom(1);
        Baseline baseline = Baseline.of(csv(i -> i == 77 ? "007" : Integer.toString(random.nextInt(100_000))));

        assertThat(baseline.schema().feature("x").type()).isEqualTo(FeatureType.INTEGRAL);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 1_000, 100_000})
    void ordinaryWholeNumbersAreNoCodes(int most) {
        SplittableRandom random = new SplittableRandom(1);
        Baseline baseline = Baseline.of(csv(i -> Integer.toString(random.nextInt(most))));
        Report report = Monitor.against(baseline).check(csv(i -> Integer.toString(random.nextInt(most) + most)));

        assertThat(baseline.schema().feature("x").type()).isEqualTo(FeatureType.INTEGRAL);
        assertThat(violated(report)).contains("x drift").isSubsetOf("x drift", "x domain_share");
    }

    @ParameterizedTest
    @CsvSource({"0, 24, 25", "0, 2, 2", "1, 6, 0", "1, 13, 13", "0, 60, 60", "1, 32, 99"})
    void aWholeNumberThatIsNoneOfTheFewThereAreIsNew(int least, int end, int odd) {
        SplittableRandom random = new SplittableRandom(1);
        Baseline baseline = Baseline.of(csv(i -> Integer.toString(random.nextInt(least, end))));
        Monitor monitor = Monitor.against(baseline);

        assertThat(violated(monitor.check(csv(i -> Integer.toString(random.nextInt(least, end))))))
                .isEmpty();
        assertThat(violated(monitor.check(csv(i -> Integer.toString(i % 100 == 0 ? odd : random.nextInt(least, end))))))
                .contains("x domain_share");
    }

    @Test
    void countsThatAreLargerThanAnyBeforeAreNotNew() {
        SplittableRandom random = new SplittableRandom(1);
        IntFunction<String> count = i -> Integer.toString((int) (-4 * Math.log(1 - random.nextDouble())));
        int alerts = 0;
        for (int i = 0; i < 20; i++) {
            alerts += violated(Monitor.against(Baseline.of(csv(count))).check(csv(count)))
                            .isEmpty()
                    ? 0
                    : 1;
        }
        assertThat(alerts).isLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void whatAColumnIsDoesNotDependOnItsParts(List<String> values) {
        IntFunction<String> cells = i -> i % 100 == 0 ? "NaN" : values.get(i * 7 % 4);
        Baseline whole = Baseline.of(file("x,y", 600, i -> cells.apply(i) + ",a"));
        Baseline parts = Baseline.of(file("x,y", 200, i -> cells.apply(i) + ",a"))
                .merge(Baseline.of(file("x,y", 400, i -> cells.apply(200 + i) + ",a")));

        assertThat(parts.schema()).isEqualTo(whole.schema());
        assertThat(parts.metric("x", "completeness")).isEqualTo(whole.metric("x", "completeness"));
        assertThat(parts.metric("x", "type_share")).isEqualTo(whole.metric("x", "type_share"));
    }

    @Test
    void aSavedBaselineReadsColumnsAsBefore() {
        Baseline baseline = Baseline.of(csv(codes(1, 5, 0.1, 900)));
        Path file = folder.resolve("baseline");
        baseline.save(file);
        Dataset window = csv(codes(2, 5, 0.2, 900));

        assertThat(Monitor.against(Baseline.load(file)).check(window).metrics())
                .isEqualTo(Monitor.against(baseline).check(window).metrics());
    }

    private static IntFunction<String> codes(int seed, int length, double share, int different) {
        int least = (int) Math.pow(10, length - 1);
        return i -> {
            SplittableRandom random = new SplittableRandom(1_000_003L * seed + i);
            boolean padded = random.nextDouble() < share;
            long value = padded
                    ? random.nextInt(Math.max(1, different / 5)) % least
                    : least + random.nextInt(different) % (9L * least);
            return String.format(Locale.ROOT, "%0" + length + "d", value);
        };
    }

    private static IntFunction<String> normals(int seed, double mean, String oddCell) {
        SplittableRandom random = new SplittableRandom(seed);
        return i -> i == 1_234 ? oddCell : Double.toString(mean + random.nextGaussian());
    }

    private static String number(SplittableRandom random) {
        return Double.toString(random.nextGaussian());
    }

    private static Dataset csv(IntFunction<String> cell) {
        return file("x,y", ROWS, i -> cell.apply(i) + ",a");
    }

    private static Dataset file(String header, int rows, IntFunction<String> line) {
        List<String> lines = new ArrayList<>(List.of(header));
        for (int i = 0; i < rows; i++) {
            lines.add(line.apply(i));
        }
        Path file = folder.resolve("t" + files++ + ".csv");
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Datasets.csv(file);
    }

    private static List<String> violated(Report report) {
        return report.violations().stream()
                .map(violation ->
                        violation.subject() + " " + violation.constraint().metric())
                .toList();
    }

    @ParameterizedTest(name = "{1} for {0}")
    @CsvSource({
        "True, true, true for True",
        "true, TRUE, TRUE for true",
        "7, 7.0, 7.0 for 7",
        "2.0, 2, 2 for 2.0",
        "N, N.0, whole numbers as fractions",
        "N.0, N, whole numbers without a point",
        "N, Ne0, whole numbers as fractions",
        "N, 00N, digits with zeros in front"
    })
    void anotherSpellingOfEqualValuesIsToldInOneLineAndIsNoAlert(String before, String after, String told) {
        BiFunction<String, Integer, String> cell = (text, i) -> (text.contains("N")
                        ? text.replace("N", Integer.toString(1_000 + i * i % 1_613))
                        : i % 3 != 0 ? text : text.matches("[A-Za-z]+") ? other(text) : "5")
                + "," + i % 11;
        Monitor monitor = Monitor.against(Baseline.of(Tables.csv("x,y", 3_000, i -> cell.apply(before, i))));
        Report same = monitor.check(Tables.csv("x,y", 1_000, i -> cell.apply(before, i + 7)));
        Report spelled = monitor.check(Tables.csv("x,y", 1_000, i -> cell.apply(after, i + 7)));

        assertThat(same.problems()).isEmpty();
        assertThat(spelled.isHealthy()).as(spelled.toString()).isTrue();
        assertThat(spelled.toString().lines().filter(line -> line.startsWith("data: ")))
                .containsExactly("data: columns spelled otherwise than the baseline's: 'x' (" + told + "): 1");
    }

    /** Returns the other truth value in the case of one. */
    private static String other(String truth) {
        return truth.equals("True") ? "False" : truth.equals("TRUE") ? "FALSE" : "false";
    }
}
