package io.modelmonitor.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Assessment.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTest {

    @Test
    void theVerdictComesFirst() {
        assertThat(report("credit-risk", List.of(holding("age"))).toString())
                .startsWith("HEALTHY: the 1 constraint holds [credit-risk]");
        assertThat(report("credit-risk", List.of(broken("age", 0.5, ""), holding("income")))
                        .toString())
                .startsWith("VIOLATED: 1 of 2 constraints [credit-risk]");
    }

    @Test
    void anEmptyWindowIsNotHealthy() {
        Report empty = new Report(
                "m",
                Report.Status.NO_DATA,
                0,
                null,
                null,
                "",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "Benjamini-Hochberg",
                0.05);
        assertThat(empty.isHealthy()).isFalse();
        assertThat(empty.toString()).startsWith("NO_DATA: there was no row");
    }

    @Test
    void aReportWithAFailedCalculatorIsIncompleteAndNotViolated() {
        Report incomplete = new Report(
                "m",
                Report.Status.INCOMPLETE,
                10,
                null,
                null,
                "",
                List.of(),
                List.of(),
                List.of(),
                List.of(new Report.Failure("mean_income", "at row 3: ArithmeticException: / by zero")),
                "Benjamini-Hochberg",
                0.05);
        assertThat(incomplete.isHealthy()).isFalse();
        assertThat(incomplete.toString())
                .startsWith("INCOMPLETE: 1 calculator failed [m]")
                .contains("failed: mean_income: at row 3: ArithmeticException: / by zero");
    }

    @Test
    void badDataAreToldWithTheFirstPlace() {
        Report report = new Report(
                "m",
                Report.Status.HEALTHY,
                10,
                null,
                null,
                "",
                List.of(),
                List.of(),
                List.of(new DataProblem("row of 3 cells, 4 expected", 2, List.of(7L, 9L))),
                List.of(),
                "Benjamini-Hochberg",
                0.05);
        assertThat(report.toString().lines()).endsWith("data: row of 3 cells, 4 expected: 2, first at line 7");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 60, 150, 290, 420})
    void aFailureIsToldToItsEndOnSeveralLinesOfWhichNoneIsWide(int length) {
        String reason = "word ".repeat(length / 5) + "say which is positive with positive(..)";
        String text = remarked(List.of(), List.of(new Report.Failure("model_quality", reason)), List.of());

        assertThat(text.replaceAll("\n    ", " ")).contains("failed: model_quality: " + reason);
        assertThat(text.lines()).allMatch(line -> line.length() <= 110);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 60, 150, 290, 420})
    void aProblemIsToldToItsEnd(int length) {
        String problem = "cells ".repeat(length / 6) + "are read as text";
        String text = remarked(List.of(), List.of(), List.of(new DataProblem(problem, 3, List.of(7L))));

        assertThat(text.replaceAll("\n    ", " ")).contains("data: " + problem + ": 3, first at line 7");
        assertThat(text.lines()).allMatch(line -> line.length() <= 110);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "word ", "\ud83d\ude00", "a\n", "  "})
    void aHostileReasonIsCut(String part) {
        String text = remarked(List.of(), List.of(new Report.Failure("c", part.repeat(700) + "end")), List.of());

        assertThat(text).hasSizeLessThan(800).doesNotContain("end").contains("..\n");
        assertThat(text.lines()).allMatch(line -> line.codePointCount(0, line.length()) <= 112);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 6, 12, 40})
    void aFailureIsToldBehindAnyNumberOfViolations(int violations) {
        List<Assessment> broken = new ArrayList<>();
        for (int i = 0; i < violations; i++) {
            broken.add(broken("column_" + i, 0.5, "x".repeat(60)));
        }
        String reason = "labels " + "yes and no, ".repeat(14) + "say which is positive with positive(..)";
        String text = remarked(broken, List.of(new Report.Failure("q", reason)), List.of());

        assertThat(text.replaceAll("\n    ", " ")).contains("failed: q: " + reason);
        assertThat(text).hasSizeLessThanOrEqualTo(1_000);
    }

    private static String remarked(
            List<Assessment> assessments, List<Report.Failure> failures, List<DataProblem> problems) {
        return new Report(
                        "m",
                        assessments.isEmpty() ? Report.Status.INCOMPLETE : Report.Status.VIOLATED,
                        10,
                        null,
                        null,
                        "",
                        assessments,
                        List.of(),
                        problems,
                        failures,
                        "Hommel",
                        0.05)
                .toString();
    }

    @Test
    void violationsStandInAlignedColumnsUnderTheirNames() {
        String text = report("m", List.of(broken("age", 0.5, "was 0.98"), broken("income", 0.25, "")))
                .toString();
        assertThat(text.lines().skip(2))
                .containsExactly(
                        "subject    metric        value  wanted  p      adjusted  what changed",
                        "  age      completeness  0.5    >= 0.9  0.001  0.01      was 0.98",
                        "  income   completeness  0.25   >= 0.9  0.001  0.01");
    }

    @Test
    void aLineOfDriftSaysTheEffectBothPValuesAndWhatChanceAloneGivesWhateverItsNote() {
        Evidence evidence = new Evidence.PValue(0.000234, 0.0173);
        String name = "a_feature_with_a_very_long_name";
        Metric metric =
                Metric.of(name, "drift.kolmogorov_smirnov", 0.2077, evidence).withNote("x".repeat(300));
        Assessment drifted = new Assessment(
                Constraint.on(name).drift("kolmogorov_smirnov"), metric, 0.000234, 0.00351, Outcome.VIOLATED);

        String line = report("m", List.of(drifted))
                .toString()
                .lines()
                .filter(candidate -> candidate.contains("0.2077"))
                .findFirst()
                .orElseThrow();
        assertThat(line)
                .startsWith(
                        "  a_feature_with_a_v..  drift.kolmogorov_s..  0.2077  <= 0.1  0.017      0.00023  0.0035  ")
                .hasSize(110);
        assertThat(report("m", List.of(drifted)).violations().get(0).description())
                .startsWith("drift.kolmogorov_smirnov is 0.2077, wanted <= 0.1, by chance alone 0.017, "
                        + "p 0.00023 (adjusted 0.0035); xxx");
    }

    @Test
    void whatIsFurthestFromChanceComesFirstWhateverItsSize() {
        List<Assessment> assessments = new ArrayList<>();
        for (double p : new double[] {0.04, 1e-12, 0.002}) {
            Metric metric = Metric.of("x" + assessments.size(), "drift", 0.3 + p, Evidence.ofPValue(p));
            assessments.add(new Assessment(Constraint.on(metric.subject()).drift(), metric, p, p, Outcome.VIOLATED));
        }
        assertThat(report("m", assessments).toString().lines().skip(3))
                .satisfiesExactly(
                        line -> assertThat(line).contains("x1").contains("<1e-9"),
                        line -> assertThat(line).contains("x2").contains("0.002"),
                        line -> assertThat(line).contains("x0").contains("0.04"));
    }

    @Test
    void aMetricThatCouldNotBeMeasuredSaysWhyAndIsNoSilence() {
        Constraint constraint = Constraint.on("age").metric("mean").atLeast(1);
        Metric metric = Metric.undefined("age", "mean", "no number is present");
        Violation violation = new Violation(constraint, metric, Double.NaN, Double.NaN);
        assertThat(violation.toString())
                .isEqualTo("age: mean could not be measured (no number is present), wanted >= 1");
    }

    @Test
    void nearMissesAreNotRoundedIntoTheirBound() {
        Constraint constraint = Constraint.on("age").completeness().atLeast(1);
        Violation violation = new Violation(constraint, Metric.of("age", "completeness", 0.99963), 0, 0);
        assertThat(violation.description()).isEqualTo("completeness is 0.9996, wanted >= 1");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whateverIsInItTheTextIsShortAndPlain(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Assessment> assessments = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            assessments.add(broken(hostile(random), random.nextDouble(), hostile(random)));
        }
        List<DataProblem> problems = List.of(new DataProblem(hostile(random), 3, List.of(1L)));
        Report report = new Report(
                hostile(random),
                Report.Status.VIOLATED,
                Long.MAX_VALUE,
                null,
                null,
                "",
                assessments,
                List.of(),
                problems,
                List.of(new Report.Failure(hostile(random), hostile(random))),
                hostile(random),
                0.05);
        String text = report.toString();
        assertThat(text.length()).isLessThanOrEqualTo(1_000);
        assertThat(text.substring(0, 45)).contains("VIOLATED: 100 of 100");
        assertThat(text.codePoints())
                .allMatch(c -> c == '\n'
                        || !List.of(Character.CONTROL, Character.FORMAT, Character.SURROGATE)
                                .contains((byte) Character.getType(c)));
        assertThat(text.lines().filter(line -> line.matches("  \\S.*")).count()).isBetween(2L, 13L);
    }

    @Test
    void lettersOfEveryScriptArePrintedAndMarksOfDirectionAreNot() {
        String text = report(
                        "Pr\u00fcfung",
                        List.of(broken("\u5e74\u9f62", 0.5, "new: '\u0418\u0432\u0430\u043d\u202e' \ud83d\ude00")))
                .toString();
        assertThat(text)
                .contains("[Pr\u00fcfung]", "\u5e74\u9f62", "'\u0418\u0432\u0430\u043d[U+202E]' \ud83d\ude00")
                .doesNotContain("\u202e", "?");
    }

    @Test
    void namesInWhichBlanksMatterStandInQuotes() {
        assertThat(report("m", List.of(broken(" age", 0.5, ""), broken("a  b", 0.4, ""), broken("a b", 0.3, "")))
                        .toString()
                        .lines()
                        .skip(3)
                        .map(line ->
                                line.substring(2, line.indexOf("completeness")).strip()))
                .containsExactly("' age'", "'a  b'", "a b");
    }

    @Test
    void oneCauseOfSeveralMetricsIsOneLine() {
        List<Assessment> assessments = new ArrayList<>();
        for (String metric : List.of("recall", "precision", "f1")) {
            Constraint constraint = Constraint.on("yes").metric(metric).atLeast(0.5);
            assessments.add(new Assessment(
                    constraint, Metric.undefined("yes", metric, "nothing measures it"), 0, 0, Outcome.VIOLATED));
        }
        assessments.add(broken("age", 0.5, "missing 0.0 % -> 50.0 %"));
        assertThat(report("m", assessments).toString().lines())
                .hasSize(5)
                .startsWith("VIOLATED: 4 of 4 constraints [m]")
                .anySatisfy(line -> assertThat(line).contains("yes", "3 metrics", "undefined", "nothing measures it"));
    }

    @Test
    void oneIsSingular() {
        assertThat(new Report(
                                "m",
                                Report.Status.VIOLATED,
                                1,
                                null,
                                null,
                                "",
                                List.of(broken("a", 0, "")),
                                List.of(Metric.of("a", "x", 1)),
                                List.of(),
                                List.of(),
                                "none",
                                0.05)
                        .toString())
                .startsWith("VIOLATED: 1 of 1 constraint [m]\n1 row, 1 metric; ");
    }

    @Test
    void aHealthyReportSaysWhatWasLookedAtTheLargestChangeAndTheLeastThatCouldBeShown() {
        List<Assessment> assessments = new ArrayList<>(List.of(holding("age")));
        for (double size : new double[] {0.02, 0.05, 0.01}) {
            Metric metric = Metric.of("x" + (int) (100 * size), "drift", size, Evidence.PValue.UNTESTED)
                    .withNote("median 1 -> 2");
            assessments.add(new Assessment(Constraint.on(metric.subject()).drift(), metric, 1, 1, Outcome.HOLDS));
        }
        assertThat(report("m", assessments).toString().lines().skip(2))
                .containsExactly(
                        "looked at 4 subjects: completeness, drift",
                        "largest change: x5 drift 0.05, allowed <= 0.01; median 1 -> 2",
                        "1,200 rows could show, against many in the baseline, a change of 0.046 of a column's rows");
        // Of 50 rows, chance gives more than the bound: sqrt(ln(2 * 20 / 0.05) / 100).
        assertThat(HealthyText.leastShown(50, 20, 0.05, 0.1))
                .isCloseTo(0.2585, org.assertj.core.data.Offset.offset(1e-4));
        assertThat(HealthyText.leastShown(1_000_000, 20, 0.05, 0.1))
                .isCloseTo(0.1, org.assertj.core.data.Offset.offset(1e-4));
    }

    @Test
    void metricsPrintAsATableAndAreAListLikeAnyOther() {
        Report report = new Report(
                "m",
                Report.Status.HEALTHY,
                1,
                null,
                null,
                "",
                List.of(holding("age")),
                List.of(Metric.of("age", "completeness", 1), Metric.of("age", "mean", 40.25), Metric.of("", "rows", 7)),
                List.of(),
                List.of(),
                "none",
                0.05);
        assertThat(report.metrics("age"))
                .isEqualTo(report.metrics().subList(0, 2))
                .hasToString("""
                subject  metric        value  wanted  verdict
                age      completeness  1      >= 0.9  holds
                age      mean          40.25
                """);
        assertThat(report.table().lines()).hasSize(4).last().isEqualTo("(dataset)  rows          7");
    }

    private static String hostile(SplittableRandom random) {
        String alphabet = "ab<script>\u0000\n\r\t%s%d\u202e\ud83d\ude00\u00e9\"'&\\";
        int length = 1 + random.nextInt(300);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static Report report(String name, List<Assessment> assessments) {
        boolean healthy = assessments.stream().allMatch(Assessment::holds);
        return new Report(
                name,
                healthy ? Report.Status.HEALTHY : Report.Status.VIOLATED,
                1_200,
                null,
                null,
                "",
                assessments,
                List.of(),
                List.of(),
                List.of(),
                "Benjamini-Hochberg",
                0.05);
    }

    private static Assessment holding(String subject) {
        Constraint constraint = Constraint.on(subject).completeness().atLeast(0.9);
        return new Assessment(constraint, Metric.of(subject, "completeness", 1), 1, 1, Outcome.HOLDS);
    }

    private static Assessment broken(String subject, double value, String note) {
        Constraint constraint = Constraint.on(subject).completeness().atLeast(0.9);
        Metric metric = Metric.of(subject, "completeness", value, Evidence.ofPValue(0.001))
                .withNote(note);
        return new Assessment(constraint, metric, 0.001, 0.01, Outcome.VIOLATED);
    }
}
