package io.modelmonitor;

import static io.modelmonitor.api.Constraint.on;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Assessment;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Evidence.PValue;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Report.Status;
import io.modelmonitor.report.Reports;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A cause that several metrics of a column tell of is one violation; a second cause is a second one. */
class OneCauseOneLineTest {

    private static final int ROWS = 3_000;
    private static final int WINDOW = 1_000;
    private static final Monitor MONITOR = Monitor.against(Baseline.of(table(0, ROWS, (cells, random) -> {})));

    /** Changes the cells of a row: an amount, a category, a flag, a date, a text and one that is mostly there. */
    private interface Fault {

        void on(String[] cells, SplittableRandom random);
    }

    private static Dataset table(int from, int rows, Fault fault) {
        SplittableRandom random = new SplittableRandom(77 + from);
        SplittableRandom ofFault = new SplittableRandom(5);
        return Tables.csv("amount,kind,flag,code,optional", rows, i -> {
            String[] cells = {
                String.format(Locale.ROOT, "%.3f", 100 + 15 * random.nextGaussian()),
                List.of("a", "b", "c", "d", "e").get(Math.min(random.nextInt(5), random.nextInt(5))),
                random.nextInt(5) == 0 ? "yes" : "no",
                "K" + (100 + random.nextInt(60)),
                random.nextInt(10) == 0 ? "" : Integer.toString(random.nextInt(1_000_000))
            };
            fault.on(cells, ofFault);
            return String.join(",", cells);
        });
    }

    private static Report check(Fault fault) {
        return MONITOR.check(table(ROWS, WINDOW, fault));
    }

    private static Arguments cause(String name, String told, Fault fault) {
        return Arguments.of(name, told, fault);
    }

    private static Fault inOneOf(int rows, int cell, String value) {
        return (cells, random) -> cells[cell] = random.nextInt(rows) == 0 ? value : cells[cell];
    }

    private static Fault where(int cell, String value, String other) {
        return (cells, random) -> cells[cell] = cells[cell].equals(value) ? other : cells[cell];
    }

    private static Stream<Arguments> causes() {
        return Stream.of(
                cause("numbers that are missing", "amount completeness", inOneOf(5, 0, "")),
                cause("numbers that are missing in words", "amount completeness", inOneOf(8, 0, "N/A")),
                cause("categories that are missing", "kind completeness", inOneOf(5, 1, "")),
                cause("one category that is missing", "kind completeness", where(1, "a", "")),
                cause("a column without values", "code completeness", (cells, random) -> cells[3] = ""),
                cause("an optional column without values", "optional completeness", (cells, random) -> cells[4] = ""),
                cause("a new category", "kind domain_share", inOneOf(7, 1, "f")),
                cause("a category by another name", "kind domain_share", where(1, "a", "unknown")),
                cause("a category in capitals", "kind domain_share", where(1, "b", "B")),
                cause(
                        "all in capitals",
                        "kind domain_share",
                        (cells, random) -> cells[1] =
                                "ABCDE".substring("abcde".indexOf(cells[1])).substring(0, 1)),
                cause(
                        "truth by other words",
                        "flag domain_share",
                        (cells, random) -> cells[2] = cells[2].equals("yes") ? "true" : "false"),
                cause(
                        "truth by numbers",
                        "flag domain_share",
                        (cells, random) -> cells[2] = cells[2].equals("yes") ? "1" : "0"),
                cause(
                        "other codes",
                        "code domain_share",
                        (cells, random) -> cells[3] = "K" + (160 + random.nextInt(60))),
                cause("a word among numbers", "amount type_share", inOneOf(9, 0, "error")),
                cause("numbers with a currency", "amount type_share", (cells, random) -> cells[0] = "$" + cells[0]),
                cause("a heap at zero", "amount most_frequent_share", inOneOf(8, 0, "0.000")),
                cause("a value that is stuck", "amount most_frequent_share", inOneOf(5, 0, "101.234")),
                cause("the other sign", "amount non_negative_share", (cells, random) -> cells[0] = "-" + cells[0]),
                cause(
                        "the other sign in some rows",
                        "amount non_negative_share",
                        (cells, random) -> cells[0] = random.nextInt(12) == 0 ? "-" + cells[0] : cells[0]));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("causes")
    void oneCauseIsOneViolation(String name, String told, Fault fault) {
        assertThat(Tables.violated(check(fault))).containsExactly(told);
    }

    private static Stream<Arguments> twoCauses() {
        return Stream.of(
                cause(
                        "missing and moved",
                        "amount completeness",
                        (cells, random) -> cells[0] = random.nextInt(5) == 0
                                ? ""
                                : String.format(Locale.ROOT, "%.3f", 20 + Double.parseDouble(cells[0]))),
                cause(
                        "stuck and moved",
                        "amount most_frequent_share",
                        (cells, random) -> cells[0] = random.nextInt(5) == 0
                                ? "101.234"
                                : String.format(Locale.ROOT, "%.3f", 20 + Double.parseDouble(cells[0]))),
                cause("a new category, and another grows", "kind domain_share", (cells, random) -> {
                    int of = random.nextInt(10);
                    cells[1] = of == 0 ? "f" : of < 6 ? "e" : cells[1];
                }),
                cause("missing, and a category grows", "kind completeness", (cells, random) -> {
                    int of = random.nextInt(10);
                    cells[1] = of == 0 ? "" : of < 6 ? "e" : cells[1];
                }),
                cause(
                        "words among numbers that moved",
                        "amount type_share",
                        (cells, random) -> cells[0] = random.nextInt(8) == 0
                                ? "error"
                                : String.format(Locale.ROOT, "%.3f", 20 + Double.parseDouble(cells[0]))),
                cause(
                        "negative ones among numbers that moved",
                        "amount non_negative_share",
                        (cells, random) -> cells[0] = random.nextInt(8) == 0
                                ? "-" + cells[0]
                                : String.format(Locale.ROOT, "%.3f", 20 + Double.parseDouble(cells[0]))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("twoCauses")
    void aSecondCauseIsTheDriftThatIsLeft(String name, String told, Fault fault) {
        assertThat(Tables.violated(check(fault)))
                .contains(told, told.substring(0, told.indexOf(' ')) + " drift")
                .hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void whatIsToldHoldsByWhatIsLeftOfItAndSavesAsSuch(@TempDir Path folder) {
        Report report = check(inOneOf(5, 1, ""));
        assertThat(report.status()).isEqualTo(Status.VIOLATED);
        assertThat(report.assessments())
                .filteredOn(assessment ->
                        assessment.constraint().equals(on("kind").drift().atMost(0.1)))
                .singleElement()
                .satisfies(drift -> {
                    assertThat(drift.outcome()).isEqualTo(Assessment.Outcome.HOLDS);
                    assertThat(drift.pValue()).isEqualTo(1);
                    assertThat(drift.metric().note()).endsWith("; told by completeness");
                    assertThat(drift.metric().value()).isBetween(0.15, 0.25);
                });
        assertThat(report.metrics())
                .extracting(metric -> metric.evidence())
                .noneMatch(evidence ->
                        evidence instanceof PValue test && !test.parts().isEmpty());
        Path file = folder.resolve("report.json");
        Reports.save(report, file);
        assertThat(Reports.load(file)).isEqualTo(report);
    }

    @Test
    void whereNothingElseIsRequiredOfAColumnItsDriftTellsOfAll() {
        Monitor ofDrift = MONITOR.requiringOnly(
                io.modelmonitor.api.Constraints.none().with(on("kind").drift()));
        for (Fault fault : List.of(inOneOf(5, 1, ""), inOneOf(5, 1, "f"), where(1, "a", ""))) {
            assertThat(Tables.violated(ofDrift.check(table(ROWS, WINDOW, fault))))
                    .containsExactly("kind drift");
        }
    }

    @Test
    void columnsThatAreNewInThePlaceOfAsManyAreRenamed() {
        Report report = MONITOR.check(table(ROWS, WINDOW, (cells, random) -> {})
                .renamed("kind", "category")
                .renamed("code", "key"));
        assertThat(report.violations()).singleElement().satisfies(renamed -> {
            assertThat(renamed.metric().name()).isEqualTo("missing_columns");
            assertThat(renamed.metric().note()).isEqualTo("kind, code; new: category, key");
        });
        assertThat(Tables.violated(MONITOR.check(table(ROWS, WINDOW, (cells, random) -> {})
                        .renamed("kind", "category")
                        .with("more", row -> 1))))
                .containsExactlyInAnyOrder(" missing_columns", " extra_columns");
    }
}
