package io.modelmonitor.quality;

import static io.modelmonitor.fairness.Bias.bias;
import static io.modelmonitor.quality.ModelQuality.modelQuality;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.Baseline;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.ColumnRole;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Report.Failure;
import io.modelmonitor.api.Report.Status;
import io.modelmonitor.api.Violation;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.spi.MetricCalculator;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows of few rows, of few labels, and without some of the labels, groups and segments that the baseline has. */
class RowsThatTellNothingTest {

    private static final int REFERENCE = 2_000;
    private static final int[] WINDOWS = {1, 2, 5, 20, 100, 500};
    private static final int SEEDS = 6;

    /** A process that goes on, and the calculator that watches it. */
    private record Watched(
            String name, MetricCalculator<?> calculator, BiFunction<SplittableRandom, Integer, String> row) {

        Dataset rows(long seed, int from, int count) {
            SplittableRandom random = new SplittableRandom(seed * 7_919 + from);
            StringBuilder csv = new StringBuilder("y,p,s,g\n");
            for (int i = 0; i < count; i++) {
                csv.append(row.apply(random, from + i)).append('\n');
            }
            return Datasets.csvText(csv.toString());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Watched> processes() {
        ModelQuality quality = modelQuality().label("y").prediction("p");
        return Stream.of(
                new Watched("labels of one row in 20", quality.score("s"), (r, i) -> binary(r, 0.05)),
                new Watched("labels of one row in 20, no score", quality, (r, i) -> binary(r, 0.05)),
                new Watched("numbers for one row in 20", quality, RowsThatTellNothingTest::numbers),
                new Watched("three labels", quality, (r, i) -> several(r, 3)),
                new Watched("ten labels", quality, (r, i) -> several(r, 10)),
                new Watched("fifty labels", quality, (r, i) -> several(r, 50)),
                new Watched("a rare label", quality, (r, i) -> r.nextInt(100) == 0 ? "c,c,," : several(r, 2)),
                new Watched("a rare segment", quality.by("g"), (r, i) -> binary(r, 1)),
                new Watched("a rare group", bias("g").label("y").prediction("p"), (r, i) -> binary(r, 1)),
                new Watched("few labels of a group", bias("g").label("y").prediction("p"), (r, i) -> binary(r, 0.05)));
    }

    private static String binary(SplittableRandom random, double labelled) {
        double score = random.nextDouble();
        boolean isOne = random.nextDouble() < score;
        String label = random.nextDouble() < labelled ? (isOne ? "1" : "0") : "";
        String group = random.nextInt(50) == 0 ? "rare" : random.nextInt(2) == 0 ? "a" : "b";
        return String.format(Locale.ROOT, "%s,%d,%.3f,%s", label, score > 0.5 ? 1 : 0, score, group);
    }

    private static String numbers(SplittableRandom random, int row) {
        double truth = 100 + 10 * random.nextGaussian();
        String label = random.nextInt(20) == 0 ? String.format(Locale.ROOT, "%.2f", truth) : "";
        return String.format(Locale.ROOT, "%s,%.2f,,", label, truth + random.nextGaussian());
    }

    private static String several(SplittableRandom random, int labels) {
        int label = random.nextInt(labels);
        int guessed = random.nextInt(4) == 0 ? random.nextInt(labels) : label;
        return "c" + label + ",c" + guessed + ",,";
    }

    @ParameterizedTest
    @MethodSource("processes")
    @Tag("simulation")
    void whatFewRowsDoNotShowIsNoAlarm(Watched process) {
        for (int window : WINDOWS) {
            int alerts = 0;
            for (int seed = 1; seed <= SEEDS; seed++) {
                Monitor monitor = Monitor.against(Baseline.of(process.rows(seed, 0, REFERENCE), process.calculator()));
                Report report = monitor.check(process.rows(seed, REFERENCE, window));
                alerts += report.isHealthy() ? 0 : 1;
            }
            assertThat(alerts).as("%s, windows of %s", process, window).isLessThanOrEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("processes")
    void aCalculatorThatJudgedNothingOfManyRowsMakesAReportIncomplete(Watched process) {
        Monitor monitor = Monitor.against(Baseline.of(process.rows(1, 0, REFERENCE), process.calculator()));
        Watched blank = new Watched("blank", process.calculator(), (r, i) -> ",,,");
        Report told = monitor.requiringOnly(Constraints.none()).check(blank.rows(1, 0, REFERENCE));
        assertThat(told.status()).isEqualTo(Status.INCOMPLETE);
        assertThat(told.failures())
                .extracting(Failure::calculator)
                .containsExactly(process.calculator().name());

        Report report = monitor.check(blank.rows(1, 0, REFERENCE));
        assertThat(report.violations()).extracting(Violation::subject).contains("p");
        assertThat(report.failures()).as("it is violated that values are there").isEmpty();
    }

    @Test
    void aColumnThatIsMissingIsOneLine() {
        Watched process = processes().findFirst().orElseThrow();
        Monitor monitor = Monitor.against(Baseline.of(process.rows(1, 0, REFERENCE), process.calculator()));
        Report report = monitor.check(process.rows(1, REFERENCE, 500).without("y"));
        assertThat(report.violations())
                .extracting(violation -> violation.constraint().metric())
                .containsExactly("missing_columns");
        assertThat(report.failures()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"y", "p", "s", "g"})
    void rowsAreNoDuplicatesForTheColumnsThatTheyLack(String missing) {
        Watched process = processes().findFirst().orElseThrow();
        Monitor monitor = Monitor.against(Baseline.of(process.rows(1, 0, REFERENCE)));
        Report report = monitor.check(process.rows(1, REFERENCE, 1_000).without(missing));
        assertThat(report.violations())
                .extracting(violation -> violation.constraint().metric())
                .containsExactly("missing_columns");
    }

    @Test
    void aHealthyReportSaysHowManyConstraintsThereWasNothingToJudgeBy() {
        Watched several = new Watched(
                "a rare label",
                modelQuality().label("y").prediction("p"),
                (r, i) -> i < REFERENCE && i % 100 == 0 ? "c,c,," : several(r, 2));
        Monitor monitor = Monitor.against(Baseline.of(several.rows(1, 0, REFERENCE), several.calculator()));
        Report report = monitor.check(several.rows(1, REFERENCE, 20));
        assertThat(report.unjudged()).isPositive();
        String held = (report.assessments().size() - report.unjudged()) + " of "
                + report.assessments().size() + " constraints hold; there was nothing to judge " + report.unjudged()
                + " by";
        assertThat(report.toString()).startsWith("HEALTHY: " + held);
    }

    @Test
    void aLabelThatIsDeclaredAndNotThereIsSaidInPlainWords() {
        Watched process = processes().findFirst().orElseThrow();
        Monitor monitor = Monitor.against(
                Baseline.of(process.rows(1, 0, REFERENCE), process.calculator()).declaring(ColumnRole.label("y")));
        Report report = monitor.check(process.rows(1, REFERENCE, 500).without("y"));
        assertThat(report.violations()).isEmpty();
        assertThat(report.failures()).containsExactly(new Failure("model_quality", "there is no column 'y'"));
    }
}
