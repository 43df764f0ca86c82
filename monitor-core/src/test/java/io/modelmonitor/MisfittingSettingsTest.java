package io.modelmonitor;

import static io.modelmonitor.api.Constraint.on;
import static io.modelmonitor.fairness.Bias.bias;
import static io.modelmonitor.quality.ModelQuality.modelQuality;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.modelmonitor.api.ColumnRole;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.fairness.Bias;
import io.modelmonitor.fairness.Facet;
import io.modelmonitor.quality.DataQuality;
import io.modelmonitor.quality.ModelQuality;
import io.modelmonitor.spi.MetricCalculator;
import io.modelmonitor.stats.fairness.BiasMetric;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that the reference data contradict would be healthy for ever; they are refused when they are said. */
class MisfittingSettingsTest {

    private static final Dataset LOANS = loans(2_000);

    /** Rows of a group, a label of 0 and 1, a decision, a score from 0 to 1, the same in percent, an amount and a word. */
    private static Dataset loans(int rows) {
        SplittableRandom random = new SplittableRandom(11);
        StringBuilder text = new StringBuilder("sex,defaulted,approved,score,percent,points,amount,word,maybe\n");
        for (int row = 0; row < rows; row++) {
            double score = random.nextDouble();
            boolean defaulted = random.nextDouble() < score;
            text.append(String.format(
                    Locale.ROOT,
                    "%s,%d,%d,%.4f,%.2f,%d,%.2f,%s,%s%n",
                    random.nextBoolean() ? "F" : "M",
                    defaulted ? 1 : 0,
                    score > 0.5 ? 1 : 0,
                    score,
                    100 * score,
                    (int) (100 * score),
                    20 + 80 * random.nextDouble(),
                    random.nextBoolean() ? "red" : "blue",
                    row % 10 == 3 ? "maybe" : defaulted ? "1" : "0"));
        }
        return Datasets.csvText(text.toString());
    }

    private static Bias bySex() {
        return bias("sex", "F");
    }

    private static Stream<Arguments> misfits() {
        Bias outcomes = bySex().label("defaulted").prediction("approved");
        ModelQuality quality = modelQuality().label("defaulted");
        return Stream.of(
                arguments(bySex().predictionAbove("percent", 0.5), "most values of 'percent' are above 1", "0.5"),
                arguments(bySex().predictionAbove("percent", 0.8), "most values of 'percent' are above 1", "0.8"),
                arguments(bySex().predictionAbove("points", 0.5), "most values of 'points' are above 1", "percent"),
                arguments(bySex().predictionAbove("score", 50), "no value of 'score' is above 50", "threshold"),
                arguments(bySex().predictionAbove("score", -1), "every value of 'score' is above -1", "threshold"),
                arguments(bySex().predictionAbove("percent", 100), "no value of 'percent' is above 100", "threshold"),
                arguments(bySex().labelAbove("defaulted", 1), "no value of 'defaulted' is above 1", "threshold"),
                arguments(bySex().labelAbove("amount", 10), "every value of 'amount' is above 10", "threshold"),
                arguments(
                        bySex().labelAbove("amount", 50).prediction("approved").predictionAbove("percent", 0.1),
                        "most values of 'percent' are above 1",
                        "0.1"),
                arguments(bySex().label("defaulted").score("percent"), "most values of 'percent'", "from 0 to 1"),
                arguments(bySex().label("defaulted").score("points"), "most values of 'points'", "from 0 to 1"),
                arguments(bySex().label("defaulted").score("amount"), "most values of 'amount'", "from 0 to 1"),
                arguments(onFacet(Facet.above("amount", 1_000)), "compares nobody", "nobody is in amount>1000"),
                arguments(onFacet(Facet.above("amount", 1)), "compares nobody", "everybody is in amount>1"),
                arguments(onFacet(Facet.upTo("amount", 1)), "compares nobody", "nobody is in amount<=1"),
                arguments(
                        onFacet(Facet.of("sex"), Facet.upTo("amount", 1)), "facet 'amount' compares nobody", "nobody"),
                arguments(outcomes.label("maybe").measures(BiasMetric.DPL), "'maybe'", "say which are positive"),
                arguments(quality.score("percent"), "most scores are above 1", "threshold(..)"),
                arguments(quality.prediction("score"), "labels are 0 and 1 only", "score(..)"),
                arguments(quality.prediction("percent"), "labels are 0 and 1 only", "score(..)"),
                arguments(quality.prediction("points"), "labels are 0 and 1 only", "score(..)"),
                arguments(quality.prediction("score").by("word"), "labels are 0 and 1 only", "score(..)"),
                arguments(bySex().predictionAbove("percent", 0.5).named("own"), "'own'", "most values of 'percent'"));
    }

    private static Bias onFacet(Facet... facets) {
        return bias(facets).label("defaulted").prediction("approved");
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void whatTheReferenceDataContradictIsRefusedWithAWordOnWhatToSay(
            MetricCalculator<?> calculator, String found, String advice) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Baseline.of(LOANS, calculator))
                .withMessageContaining("calculator '" + calculator.name() + "'")
                .withMessageContaining(found)
                .withMessageContaining(advice)
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("\n"));
    }

    private static Stream<MetricCalculator<?>> fits() {
        return Stream.of(
                bySex().predictionAbove("percent", 50),
                bySex().predictionAbove("score", 0.5),
                bySex().labelAbove("amount", 50).predictionAbove("points", 80),
                bySex().label("defaulted").score("score"),
                bias(Facet.above("amount", 90)).label("defaulted").prediction("approved"),
                modelQuality().label("defaulted").score("percent").threshold(50),
                modelQuality().label("defaulted").prediction("score").regression(),
                modelQuality().label("amount").prediction("percent"),
                bySex().measures(BiasMetric.CI));
    }

    @ParameterizedTest
    @MethodSource("fits")
    void whatTheyDoNotContradictIsMeasured(MetricCalculator<?> calculator) {
        Baseline baseline = Baseline.of(LOANS, calculator);
        assertThat(baseline.metrics())
                .filteredOn(metric -> metric.name().startsWith("bias.")
                        || List.of("accuracy", "rmse").contains(metric.name()))
                .isNotEmpty()
                .allSatisfy(
                        metric -> assertThat(metric.isDefined() || metric.note().contains("CDD"))
                                .isTrue());
    }

    @Test
    void aThresholdThatAWindowIsAllBelowIsNoMisfit() {
        Monitor monitor = Monitor.against(Baseline.of(LOANS, bySex().predictionAbove("amount", 95)));
        Dataset below = LOANS.filter(row -> row.number("amount") < 90).limit(100);
        assertThat(monitor.check(below).failures()).isEmpty();
    }

    @Test
    void ofAFewRowsNothingIsRefused() {
        assertThatCode(() -> Baseline.of(loans(20), bySex().predictionAbove("score", 50)))
                .doesNotThrowAnyException();
    }

    @Test
    void mergedAndLoadedReferenceDataAreLookedAtAlike() {
        Bias halves = bySex().predictionAbove("percent", 0.5);
        Measurement half = Measurement.of(loans(20), halves);
        Measurement merged = Measurement.merged(List.of(half, half, half));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Baseline.of(merged, halves))
                .withMessageContaining("most values of 'percent' are above 1");
    }

    private static Stream<Arguments> incomplete() {
        return Stream.of(
                arguments(bySex(), "neither label nor prediction is said"),
                arguments(bias("sex"), "neither label nor prediction is said"),
                arguments(bySex().score("score"), "neither label nor prediction is said"),
                arguments(bySex().label("defaulted").measures(BiasMetric.DPPL), "needs the column of a prediction"),
                arguments(bySex().prediction("approved").measures(BiasMetric.DPL), "needs the column of a label"),
                arguments(bySex().label("defaulted").measures(BiasMetric.CDDL), "needs the column of a group"),
                arguments(modelQuality(), "label is not said"),
                arguments(modelQuality().label("defaulted"), "prediction is not said"),
                arguments(modelQuality().prediction("approved"), "label is not said"),
                arguments(modelQuality().prediction("approved").by("sex"), "label is not said"));
    }

    @ParameterizedTest
    @MethodSource("incomplete")
    void whatACalculatorWasNotToldIsAskedForBeforeAnyRowIsRead(MetricCalculator<?> calculator, String missing) {
        Dataset unread = () -> {
            throw new AssertionError("read");
        };
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Baseline.of(unread, calculator))
                .withMessageContaining(missing);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aThresholdThatIsNoNumberIsRefused(double threshold) {
        assertThatIllegalArgumentException().isThrownBy(() -> bySex().predictionAbove("score", threshold));
        assertThatIllegalArgumentException().isThrownBy(() -> bySex().labelAbove("score", threshold));
    }

    @ParameterizedTest
    @CsvSource({
        "complteness, completeness",
        "Completness, completeness",
        "meen, mean",
        "drift.ps, drift.psi",
        "driftt, drift",
        "domain_shar, domain_share",
        "accurracy, accuracy",
        "recal, recall"
    })
    void theMetricOfAConstraintThatIsMisspeltIsToldWithTheNearest(String misspelt, String nearest) {
        Baseline baseline = Baseline.of(LOANS, modelQuality().label("defaulted").prediction("approved"));
        Constraint constraint = on("amount").metric(misspelt).atLeast(0.5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Monitor.against(baseline).requiring(constraint))
                .withMessageContaining("nothing measures '" + misspelt + "'; the nearest metric is '" + nearest + "'");
    }

    @Test
    void aMetricOfACalculatorThatIsAddedLaterOrMeasuresWindowsOnlyIsNoMisspeltOne() {
        MetricCalculator<?> mine = DataQuality.drift("drift.ps", (current, reference) -> 0);
        Monitor measuring = Monitor.against(Baseline.of(LOANS, mine))
                .requiring(on("amount").metric("drift.ps").atMost(0.5));
        assertThat(measuring.check(LOANS).violations()).isEmpty();
        Monitor later = Monitor.against(Baseline.of(LOANS))
                .requiring(on("").metric("rejections").atMost(3_000))
                .watching(MetricCalculator.of("rejections", Collectors.counting()));
        assertThat(later.check(LOANS).violations()).isEmpty();
    }

    @Test
    void aMonitorThatWatchesNothingIsRefused() {
        String[] all = {"sex", "defaulted", "approved", "score", "percent", "points", "amount", "word", "maybe"};
        Monitor ofColumns = Monitor.against(Baseline.of(LOANS));
        for (ThrowingCallable nothing :
                List.<ThrowingCallable>of(ofColumns::ofColumns, () -> ofColumns.withoutColumns(all), () -> ofColumns
                        .ofColumns("sex")
                        .withoutColumns("sex"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(nothing)
                    .withMessageContaining("one at least where nothing else is watched");
        }
        Monitor ofQuality = Monitor.against(
                Baseline.of(LOANS, modelQuality().label("defaulted").prediction("approved")));
        assertThat(ofQuality.withoutColumns(all).check(LOANS).failures()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"drift", "drift.psi", "drift.energy"})
    void theDriftOfNoColumnIsRefused(String metric) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Monitor.against(Baseline.of(LOANS))
                        .requiring(on("").metric(metric).atMost(0.1)))
                .withMessageContaining(metric + " is measured of columns");
    }

    @ParameterizedTest
    @CsvSource({
        "ks, kolmogorov_smirnov",
        "KL, kullback_leibler",
        "js, jensen_shannon",
        "tv, total_variation",
        "PSI, psi",
        "hellinge, hellinger",
        "wasserstien, wasserstein"
    })
    void aMeasureByItsInitialsOrMisspeltIsToldWithTheNearest(String name, String nearest) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> on("amount").drift(name))
                .withMessageContaining("the nearest is '" + nearest + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sex", "word"})
    void wordsAreNotDeclaredToBeNumbers(String column) {
        Baseline baseline = Baseline.of(LOANS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> baseline.declaring(ColumnRole.number(column)))
                .withMessage("column is '" + column + "'; allowed is one with numbers, for a role of numbers");
        assertThatCode(() -> baseline.declaring(ColumnRole.number("points"), ColumnRole.number("maybe")))
                .doesNotThrowAnyException();
    }

    @Test
    void aWindowDoesNotEndBeforeItStarts() {
        Instant noon = Instant.parse("2026-03-01T12:00:00Z");
        Measurement measured = Measurement.of(LOANS);
        assertThat(measured.during(noon, noon).end()).isEqualTo(noon);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> measured.during(noon, noon.minusSeconds(1)))
                .withMessage(
                        "to is 2026-03-01T11:59:59Z; allowed is 2026-03-01T12:00:00Z or later, which is the start");
    }

    private static Baseline ofWindows(Duration length) {
        Instant monday = Instant.parse("2026-03-02T00:00:00Z");
        return Baseline.of(Measurement.merged(Stream.iterate(0, i -> i + 1)
                .limit(4)
                .map(i -> Measurement.of(loans(50))
                        .during(monday.plus(length.multipliedBy(i)), monday.plus(length.multipliedBy(i + 1)))
                        .asWindow())
                .toList()));
    }

    @ParameterizedTest
    @CsvSource({
        "PT24H, HOUR_OF_DAY",
        "PT48H, HOUR_OF_DAY",
        "PT168H, DAY_OF_WEEK",
        "PT168H, HOUR_OF_WEEK",
        "PT720H, DAY_OF_WEEK"
    })
    void windowsAsLongAsASeasonAreNotComparedBySeason(Duration length, Season season) {
        Monitor monitor = Monitor.against(ofWindows(length));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> monitor.seasonal(season))
                .withMessageContaining("has rows of every " + season.title());
    }

    @ParameterizedTest
    @CsvSource({
        "PT1H, HOUR_OF_DAY",
        "PT6H, HOUR_OF_DAY",
        "PT1H, HOUR_OF_WEEK",
        "PT24H, DAY_OF_WEEK",
        "PT24H, HOUR_OF_WEEK"
    })
    void aWindowAsLongAsASeasonIsComparedWithAllAndThatIsTold(Duration length, Season season) {
        Monitor monitor = Monitor.against(ofWindows(length)).seasonal(season);
        Instant monday = Instant.parse("2026-03-02T00:00:00Z");
        Measurement fitting = monitor.measure(loans(50)).during(monday, monday.plus(length));
        Measurement tooLong = monitor.measure(loans(50)).during(monday, monday.plus(Duration.ofDays(7)));
        assertThat(monitor.judge(fitting).failures()).isEmpty();
        assertThat(monitor.judge(tooLong).failures())
                .singleElement()
                .asString()
                .contains("rows of every " + season.title(), "compared with all");
    }
}
