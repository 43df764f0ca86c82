package io.modelmonitor.fairness;

import static io.modelmonitor.fairness.Bias.bias;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.stats.evidence.PValues;
import io.modelmonitor.stats.fairness.BiasMetric;
import io.modelmonitor.stats.fairness.Bootstrap;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BiasTest {

    private static Rows hiring() {
        return Rows.of("gender", "age", "department", "hired", "offer", "score")
                .add(120, "M", 50, "sales", 1, 1, 0.9)
                .add(60, "M", 30, "sales", 1, 0, 0.4)
                .add(120, "M", 50, "law", 0, 0, 0.2)
                .add(40, "F", 30, "sales", 1, 1, 0.8)
                .add(80, "F", 50, "law", 1, 0, 0.3)
                .add(80, "F", 30, "law", 0, 0, 0.1);
    }

    @Test
    void measuresBiasOfOneGroupAgainstTheOthers() {
        List<Metric> metrics = hiring().measure(
                        bias("gender", "F").label("hired").prediction("offer").group("department"));

        assertThat(value(metrics, "bias.ci", "gender=F")).isEqualTo(0.2);
        assertThat(value(metrics, "bias.dppl", "gender=F")).isEqualTo(0.2, within(1e-12));
        assertThat(value(metrics, "bias.disparate_impact", "gender=F")).isEqualTo(0.5, within(1e-12));
        assertThat(value(metrics, "bias.rd", "gender=F")).isEqualTo(1.0 / 3, within(1e-12));
        assertThat(value(metrics, "group.selection_rate", "gender=F")).isEqualTo(0.2);
        assertThat(value(metrics, "group.selection_rate", "not gender=F")).isEqualTo(0.4);
        assertThat(metric(metrics, "bias.cddl", "gender=F").isDefined()).isTrue();
        assertThat(metric(metrics, "bias.generalized_entropy", MetricId.DATASET).isDefined())
                .isTrue();
    }

    @Test
    void saysWhichGroupIsWorseOffAndHowManyPeopleThatIs() {
        List<Metric> metrics =
                hiring().measure(bias("gender", "F").label("hired").prediction("offer"));

        assertThat(metric(metrics, "bias.dppl", "gender=F").note())
                .isEqualTo("gender=F is worse off, by about 40 people: "
                        + "selection_rate 20.0% of 200 in gender=F, 40.0% of 300 in the others");
    }

    @Test
    void isSureOfALargeDifferenceAndNotOfASmallOne() {
        Metric difference = metric(
                hiring().measure(bias("gender", "F").label("hired").prediction("offer")), "bias.dppl", "gender=F");

        assertThat(PValues.of(difference.evidence(), difference.value(), Bound.between(-0.02, 0.02)))
                .isLessThan(1e-4);
        assertThat(PValues.of(difference.evidence(), difference.value(), Bound.between(-0.18, 0.18)))
                .isGreaterThan(0.05);
        assertThat(difference.evidence().standardError()).isBetween(0.03, 0.05);
    }

    @Test
    void comparesEachValueWithAllOthersWhenNoneIsNamed() {
        Rows rows = Rows.of("race", "offer")
                .add(50, "a", 1)
                .add(50, "b", 0)
                .add(50, "b", 1)
                .add(100, "c", 1);

        List<Metric> metrics = rows.measure(bias("race").prediction("offer"));

        assertThat(value(metrics, "bias.dppl", "race=a")).isEqualTo(-0.25);
        assertThat(value(metrics, "bias.dppl", "race=b")).isEqualTo(0.5);
        assertThat(value(metrics, "bias.dppl", "race=c")).isEqualTo(2.0 / 3 - 1, within(1e-12));
        assertThat(metrics).noneMatch(metric -> metric.name().equals("bias.rd"));
    }

    @Test
    void comparesByThresholdAndByIntersection() {
        Facet young = Facet.upTo("age", 40);
        List<Metric> metrics = hiring().measure(
                        bias(young, Facet.above("age", 40), Facet.intersection(Facet.of("gender", "F"), young))
                                .prediction("offer"));

        assertThat(value(metrics, "group.size", "age<=40")).isEqualTo(180);
        assertThat(value(metrics, "bias.ci", "age>40")).isEqualTo(-value(metrics, "bias.ci", "age<=40"));
        assertThat(value(metrics, "group.size", "gender=F&age<=40")).isEqualTo(120);
        assertThat(value(metrics, "bias.dppl", "gender=F&age<=40")).isEqualTo(120.0 / 380 - 40.0 / 120, within(1e-12));
        assertThat(metrics)
                .noneMatch(metric ->
                        metric.name().startsWith("bias.") && metric.subject().contains("not "));
    }

    @Test
    void crossesAllValuesOfTwoColumns() {
        List<Metric> metrics = hiring().measure(bias(Facet.intersection(Facet.of("gender"), Facet.of("department")))
                .prediction("offer")
                .measures(BiasMetric.DPPL));

        assertThat(metrics.stream()
                        .filter(metric -> metric.name().equals("bias.dppl"))
                        .map(Metric::subject))
                .containsExactly(
                        "gender=F&department=law",
                        "gender=F&department=sales",
                        "gender=M&department=law",
                        "gender=M&department=sales");
    }

    @Test
    void leavesRowsOfUnknownFacetOutAndSaysSo() {
        Rows rows = hiring().add(7, "", 30, "law", 0, 1, 0.5);

        List<Metric> metrics = rows.measure(bias("gender", "F").prediction("offer"));

        assertThat(value(metrics, "bias.dppl", "gender=F")).isEqualTo(0.2, within(1e-12));
        assertThat(value(metrics, "group.unknown", "gender")).isEqualTo(7);
    }

    @Test
    void usesPredictionsWhoseLabelsHaveNotComeYet() {
        Rows rows = hiring().add(100, "F", 30, "law", "", 1, 0.5);

        List<Metric> metrics = rows.measure(bias("gender", "F").label("hired").prediction("offer"));

        assertThat(value(metrics, "bias.dppl", "gender=F")).isEqualTo(0.4 - 140.0 / 300, within(1e-12));
        assertThat(value(metrics, "bias.rd", "gender=F")).isEqualTo(1.0 / 3, within(1e-12));
    }

    @Test
    void saysThatAGroupIsTooSmallToBeJudged() {
        Rows rows = Rows.of("gender", "offer").add(100, "M", 1).add(12, "F", 0);
        Bias bias = bias("gender", "F").prediction("offer");

        Metric small = metric(rows.measure(bias), "bias.dppl", "gender=F");
        Metric judged = metric(rows.measure(bias.minimumGroupSize(10)), "bias.dppl", "gender=F");

        assertThat(small.value()).isEqualTo(1);
        assertThat(small.note()).startsWith("too few people to judge: ");
        assertThat(PValues.of(small.evidence(), 1, Bound.between(-0.1, 0.1))).isEqualTo(1);
        assertThat(small.evidence()).isEqualTo(Evidence.ofPValue(1));
        assertThat(PValues.of(judged.evidence(), 1, Bound.between(-0.1, 0.1))).isLessThan(1e-6);
    }

    @Test
    void isUndefinedAndSaysWhyWhenNobodyCanBeCompared() {
        List<Metric> noWomen = Rows.of("gender", "offer")
                .add(100, "M", 1)
                .measure(bias("gender", "F").prediction("offer"));
        List<Metric> noColumn =
                Rows.of("offer").add(9, 1).measure(bias("gender").prediction("offer"));
        List<Metric> noRow =
                Rows.of("gender", "offer").measure(bias("gender", "F").prediction("offer"));

        assertThat(metric(noWomen, "bias.dppl", "gender=F").note()).isEqualTo("there is nobody in gender=F");
        assertThat(metric(noColumn, "bias.dppl", "gender").note()).isEqualTo("no row has a value of 'gender'");
        assertThat(metric(noRow, "bias.dppl", "gender=F").isDefined()).isFalse();
    }

    @Test
    void refusesToGuessWhatIsPositive() {
        Rows rows = Rows.of("gender", "offer").add(100, "M", "yes").add(50, "F", "no");

        List<Metric> guessed = rows.measure(bias("gender", "F").prediction("offer"));
        List<Metric> told = rows.measure(bias("gender", "F").prediction("offer", "yes"));

        assertThat(metric(guessed, "bias.dppl", "gender=F").note())
                .isEqualTo("prediction 'offer' has values other than 0, 1, true and false, such as 'yes';"
                        + " say which are positive");
        assertThat(value(told, "bias.dppl", "gender=F")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1.0", "true", "TRUE"})
    void readsTruthInAllItsSpellings(String yes) {
        List<Metric> metrics = Rows.of("gender", "offer")
                .add(50, "M", yes)
                .add(50, "F", 0)
                .measure(bias("gender", "F").prediction("offer"));

        assertThat(value(metrics, "bias.dppl", "gender=F")).isEqualTo(1);
    }

    @Test
    void comparesNumbersAsNumbers() {
        List<Metric> metrics = Rows.of("sex", "offer", "y")
                .add(50, "1.0", 0.7, "old")
                .add(50, "0.0", 0.2, "young")
                .measure(bias("sex", "0").predictionAbove("offer", 0.5).label("y", "old", "1"));

        assertThat(value(metrics, "bias.dppl", "sex=0")).isEqualTo(1);
        assertThat(value(metrics, "bias.dpl", "sex=0")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2F", "1d", "0x1p3", "NaN", "Infinity"})
    void findsValuesThatOnlyAJavaProgramWouldTakeForNumbers(String floor) {
        List<Metric> metrics = Rows.of("floor", "offer")
                .add(50, floor, 1)
                .add(50, "3A", 0)
                .measure(bias("floor", floor).prediction("offer"));

        assertThat(value(metrics, "bias.dppl", "floor=" + floor)).isEqualTo(-1);
    }

    @Test
    void seesWhetherAScoreIsRightInEachGroup() {
        List<Metric> metrics =
                hiring().measure(bias("gender", "F").label("hired").score("score"));

        double meanScore = (40 * 0.8 + 80 * 0.3 + 80 * 0.1) / 200;
        assertThat(value(metrics, "group.calibration_gap", "gender=F")).isEqualTo(meanScore - 0.6, within(1e-12));
        assertThat(metric(metrics, "group.calibration_gap", "gender=F")
                        .evidence()
                        .standardError())
                .isBetween(0.01, 0.05);
    }

    @Test
    void runsTheFlipTestOverNumbersAndCategories() {
        Rows rows = Rows.of("gender", "income", "city", "offer");
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 600; i++) {
            int income = random.nextInt(100);
            boolean woman = random.nextBoolean();
            rows.add(1, woman ? "F" : "M", income, "c" + random.nextInt(3), income > (woman ? 70 : 50) ? 1 : 0);
        }

        Metric flip = metric(
                rows.measure(bias("gender", "F").prediction("offer").flipTest("income", "city")),
                "bias.flip_test",
                "gender=F");

        assertThat(flip.value()).isBetween(0.15, 0.25);
        assertThat(flip.note()).contains("rejected while the most similar others were accepted");
        assertThat(PValues.of(flip.evidence(), flip.value(), Bound.between(-0.05, 0.05)))
                .isLessThan(1e-6);
    }

    @Test
    void runsTheFlipTestOnASampleOfManyRowsAndSaysSo() {
        Rows rows = Rows.of("gender", "income", "offer");
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < FlipSample.MOST + 2_000; i++) {
            int income = random.nextInt(1_000);
            rows.add(1, i % 10 == 0 ? "F" : "M", income, income > 500 ? 1 : 0);
        }
        Bias bias = bias("gender", "F").prediction("offer").flipTest("income").measures(BiasMetric.DPPL);

        Metric flip = metric(rows.measure(bias), "bias.flip_test", "gender=F");
        Metric again = metric(rows.measure(bias), "bias.flip_test", "gender=F");
        Metric inParts = metric(rows.measureInParts(bias, 30_000), "bias.flip_test", "gender=F");

        assertThat(flip.note()).contains("of a sample of 50,000 of 52,000 rows").isEqualTo(again.note());
        assertThat(inParts.note()).contains("of a sample of 50,000 of 52,000 rows");
        assertThat(flip.value()).isBetween(-0.01, 0.01);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 250, 499})
    void saysTheSameInPartsAsInOnePassAndInAnyOrder(int first) {
        Rows rows = hiring();
        Bias bias = bias(Facet.of("gender"), Facet.intersection(Facet.of("gender"), Facet.of("department")))
                .label("hired")
                .prediction("offer")
                .group("department")
                .score("score");
        List<String> expected = texts(rows.measure(bias));

        assertThat(texts(rows.measureInParts(bias, first))).isEqualTo(expected);
        rows.shuffle(first);
        assertThat(texts(rows.measure(bias))).isEqualTo(expected);
    }

    @Test
    void tellsApartOnlySoManyValues() {
        Rows rows = Rows.of("salary", "offer");
        for (int i = 0; i < 300; i++) {
            rows.add(1, i, i % 2);
        }

        Metric metric = metric(rows.measure(bias("salary").prediction("offer")), "bias.dppl", "salary");
        Metric conditional = metric(
                rows.measure(
                        bias(Facet.above("salary", 100)).prediction("offer").group("salary")),
                "bias.cddpl",
                "salary>100");

        assertThat(metric.note()).startsWith("'salary' has more than 200 values");
        assertThat(conditional.note()).startsWith("'salary' has more than 200 values");
    }

    @Test
    void refusesWhatItCannotMean() {
        assertThatIllegalArgumentException().isThrownBy(() -> bias("")).withMessageContaining("column is empty");
        assertThatIllegalArgumentException().isThrownBy(() -> bias()).withMessageContaining("facets is empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bias("a").minimumGroupSize(0))
                .withMessageContaining("people 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bias("a").flipTest())
                .withMessageContaining("features is empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bias("a").measures())
                .withMessageContaining("metrics is empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bias("a").label(""))
                .withMessageContaining("column is empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Facet.above("a", Double.NaN))
                .withMessageContaining("threshold NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Facet.intersection(Facet.of("a")))
                .withMessageContaining("facets: 1 given");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bootstrap.of(1, 1))
                .withMessageContaining("replicates 1 ");
    }

    private static List<String> texts(List<Metric> metrics) {
        return metrics.stream()
                .map(metric -> metric.name() + " of " + metric.subject() + " is " + (float) metric.value() + ": "
                        + metric.note() + " " + (float) metric.evidence().standardError())
                .toList();
    }

    private static double value(List<Metric> metrics, String name, String subject) {
        return metric(metrics, name, subject).value();
    }

    private static Metric metric(List<Metric> metrics, String name, String subject) {
        return metrics.stream()
                .filter(metric -> metric.name().equals(name) && metric.subject().equals(subject))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " of " + subject + " in " + metrics));
    }
}
