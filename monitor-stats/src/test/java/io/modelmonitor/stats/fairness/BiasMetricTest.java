package io.modelmonitor.stats.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BiasMetricTest {

    // 100 people in the rest and 50 in the group.
    private static final GroupComparison EXAMPLE =
            GroupComparison.of(Outcomes.of(14, 6, 10, 20), Outcomes.of(50, 10, 12, 28));

    @ParameterizedTest
    @CsvSource({
        "CI, 0.3333333333333333",
        "DPL, 0.14", // 62 of 100 and 24 of 50
        "DPPL, 0.2", // 60 of 100 and 20 of 50
        "DISPARATE_IMPACT, 0.6666666666666666",
        "DCA, -0.16666666666666666", // 62/60 − 24/20
        "DCR, -0.08333333333333333", // 26/30 − 38/40
        "RD, 0.2231182795698925", // 50/62 − 14/24
        "SD, 0.032388663967611336", // 20/26 − 28/38
        "DAR, 0.13333333333333333", // 50/60 − 14/20
        "DRR, -0.033333333333333333", // 20/30 − 28/40
        "AD, 0.1", // 78/100 − 34/50
        "TREATMENT_EQUALITY, 0.4666666666666667", // 10/6 − 12/10
        "STATISTICAL_PARITY_DIFFERENCE, -0.2",
        "EQUAL_OPPORTUNITY_DIFFERENCE, -0.2231182795698925",
        "PREDICTIVE_EQUALITY_DIFFERENCE, -0.032388663967611336", // 6/26 − 10/38
        "AVERAGE_ODDS_DIFFERENCE, -0.12775347176875192",
        "EQUALIZED_ODDS_DIFFERENCE, 0.2231182795698925",
    })
    void isWhatTheFormulaSays(BiasMetric metric, double expected) {
        assertThat(metric.of(EXAMPLE)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void measuresTheEntropyOfBenefitsOverBothGroups() {
        // 16 people get 2, 22 get 0 and 112 get 1: mean 144/150.
        double mean = 144.0 / 150;
        double expected = (16 * (4 / (mean * mean) - 1) + 22 * -1 + 112 * (1 / (mean * mean) - 1)) / (2 * 150);

        assertThat(BiasMetric.GENERALIZED_ENTROPY.of(EXAMPLE)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void letsTheEntropyPassOneHalfWhichTheGuideGivesAsItsGreatestValue() {
        GroupComparison harsh = GroupComparison.of(Outcomes.of(0, 0, 8, 1), Outcomes.of(0, 0, 8, 1));

        assertThat(BiasMetric.GENERALIZED_ENTROPY.of(harsh)).isGreaterThan(0.5);
    }

    @ParameterizedTest
    @EnumSource(BiasMetric.class)
    void isNeutralWhenBothGroupsAreTreatedAlike(BiasMetric metric) {
        Outcomes outcomes = Outcomes.of(40, 0, 0, 60);
        Strata strata = Strata.of(new long[][] {{10, 30, 10, 30}, {30, 30, 30, 30}});
        GroupComparison alike = GroupComparison.of(outcomes, outcomes, strata, strata);
        double expected = metric == BiasMetric.DISPARATE_IMPACT ? 1 : 0;

        assertThat(metric.neutral()).isEqualTo(expected);
        if (metric != BiasMetric.TREATMENT_EQUALITY) {
            assertThat(metric.of(alike)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(BiasMetric.class)
    void isUndefinedForNobodyAndSaysWhy(BiasMetric metric) {
        GroupComparison nobody = GroupComparison.of(Outcomes.NONE, Outcomes.NONE);

        assertThat(metric.of(nobody)).isNaN();
        assertThat(metric.whyUndefined(nobody, "sex=F", "the rest")).isEqualTo("there is nobody in sex=F");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DI", "bias.disparate_impact", "disparate_impact", "demographic_parity_ratio", "Di"})
    void isFoundByEveryNameItHas(String name) {
        assertThat(BiasMetric.named(name)).isEqualTo(BiasMetric.DISPARATE_IMPACT);
    }

    @Test
    void hasNamesOfItsOwn() {
        Set<String> names = new HashSet<>();
        for (BiasMetric metric : BiasMetric.values()) {
            assertThat(names.add(metric.metricName().substring("bias.".length())))
                    .isTrue();
            assertThat(metric.aliases()).allMatch(names::add);
        }
    }

    @Test
    void refusesANameThatNoMeasureHas() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BiasMetric.named("fairness"))
                .withMessageContaining("'fairness'")
                .withMessageContaining("bias.dppl");
    }

    @Test
    void saysWhoIsMissingFromARate() {
        GroupComparison noneAccepted = GroupComparison.of(Outcomes.of(0, 0, 4, 6), Outcomes.of(3, 2, 1, 4));

        assertThat(BiasMetric.DAR.of(noneAccepted)).isNaN();
        assertThat(BiasMetric.DAR.whyUndefined(noneAccepted, "sex=F", "the others"))
                .isEqualTo("nobody in sex=F has a positive prediction and a label");
        GroupComparison swapped = GroupComparison.of(noneAccepted.rest(), noneAccepted.group());
        assertThat(BiasMetric.DAR.whyUndefined(swapped, "sex=F", "the others"))
                .isEqualTo("nobody in the others has a positive prediction and a label");
        assertThat(BiasMetric.DISPARATE_IMPACT.of(swapped)).isNaN();
        assertThat(BiasMetric.DISPARATE_IMPACT.whyUndefined(swapped, "sex=F", "the others"))
                .isEqualTo("the selection_rate of the others is 0");
    }

    @Test
    void usesEveryKnownLabelAndEveryKnownPrediction() {
        Outcomes group = new Outcomes(1, 1, 1, 1, 4, 0, 0, 4, 100);
        Outcomes rest = Outcomes.of(1, 1, 1, 1);
        GroupComparison comparison = GroupComparison.of(group, rest);

        assertThat(BiasMetric.DPL.of(comparison)).isEqualTo(0.5 - 6.0 / 8);
        assertThat(BiasMetric.DPPL.of(comparison)).isEqualTo(0.5 - 2.0 / 8);
        assertThat(BiasMetric.AD.of(comparison)).isZero();
    }

    @Test
    void keepsEveryLabelInADivergence() {
        GroupComparison allPositive = GroupComparison.of(Outcomes.ofLabels(39, 0), Outcomes.ofLabels(46, 35));

        assertThat(BiasMetric.KL.of(allPositive)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(BiasMetric.TVD.of(allPositive)).isCloseTo(35.0 / 81, within(1e-12));
        assertThat(BiasMetric.KS.of(allPositive)).isCloseTo(35.0 / 81, within(1e-12));
        assertThat(BiasMetric.LP.of(allPositive)).isCloseTo(Math.sqrt(2) * 35 / 81, within(1e-12));
        assertThat(BiasMetric.JS.of(allPositive)).isBetween(0.1, Math.log(2));
    }

    @Test
    void comparesAllCategoriesOfALabelThatHasMoreThanTwo() {
        GroupComparison comparison = EXAMPLE.withLabels(new long[] {20, 60, 20}, new long[] {50, 10, 40});

        assertThat(BiasMetric.TVD.of(comparison)).isCloseTo(0.5, within(1e-12));
        assertThat(BiasMetric.KS.of(comparison)).isCloseTo(0.5, within(1e-12));
        assertThat(BiasMetric.LP.of(comparison)).isCloseTo(Math.sqrt(0.09 + 0.25 + 0.04), within(1e-12));
        assertThat(BiasMetric.KL.of(comparison))
                .isCloseTo(0.5 * Math.log(2.5) + 0.1 * Math.log(1 / 6.0) + 0.4 * Math.log(2), within(1e-12));
        assertThat(BiasMetric.JS.of(comparison)).isPositive().isLessThan(Math.log(2));
    }

    @Test
    void leavesStrataWithoutDisparityOut() {
        Strata strata = Strata.of(new long[][] {{5, 5, 5, 5}, {7, 0, 9, 0}, {0, 20, 10, 10}});
        Strata judged = Strata.of(new long[][] {{5, 5, 5, 5}, {0, 20, 10, 10}});
        GroupComparison comparison = GroupComparison.of(Outcomes.NONE, Outcomes.NONE, strata, judged);

        double expected = 40.0 / 60 * (20.0 / 30);
        assertThat(BiasMetric.CDDL.of(comparison)).isCloseTo(expected, within(1e-12));
        assertThat(BiasMetric.CDDPL.of(comparison)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void changesSignWhenTheGroupsAreSwapped() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 200; i++) {
            GroupComparison one = GroupComparison.of(random(random), random(random));
            GroupComparison other = GroupComparison.of(one.rest(), one.group());
            for (BiasMetric metric : Arrays.asList(
                    BiasMetric.CI, BiasMetric.DPL, BiasMetric.DPPL, BiasMetric.RD, BiasMetric.TREATMENT_EQUALITY)) {
                assertThat(metric.of(one)).isEqualTo(-metric.of(other));
            }
            assertThat(BiasMetric.JS.of(one)).isCloseTo(BiasMetric.JS.of(other), within(1e-12));
            assertThat(BiasMetric.DISPARATE_IMPACT.of(one))
                    .isCloseTo(1 / BiasMetric.DISPARATE_IMPACT.of(other), within(1e-9));
        }
    }

    private static Outcomes random(SplittableRandom random) {
        return Outcomes.of(
                1 + random.nextInt(100), 1 + random.nextInt(100), 1 + random.nextInt(100), 1 + random.nextInt(100));
    }
}
