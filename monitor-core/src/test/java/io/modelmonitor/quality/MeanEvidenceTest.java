package io.modelmonitor.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Evidence.ComparedMean;
import io.modelmonitor.api.Evidence.ComparedProportion;
import io.modelmonitor.api.Evidence.Proportion;
import io.modelmonitor.api.Evidence.StandardError;
import io.modelmonitor.stats.evidence.PValues;
import io.modelmonitor.stats.sketch.Moments;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("simulation")
class MeanEvidenceTest {

    private static final int WINDOWS = 4_000;
    private static final int BASELINE = 5_000;

    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    enum Values {
        NORMAL(Random::nextGaussian, 0),
        EXPONENTIAL(random -> -Math.log(1 - random.nextDouble()), 1),
        NEGATIVE_EXPONENTIAL(random -> Math.log(1 - random.nextDouble()), -1),
        LOG_NORMAL(random -> Math.exp(random.nextGaussian()), Math.exp(0.5)),
        MINUS_LOG_NORMAL(random -> -Math.exp(random.nextGaussian()), -Math.exp(0.5)),
        AMOUNT_IN_2_PERCENT(
                random -> random.nextDouble() < 0.02 ? Math.exp(0.5 * random.nextGaussian()) : 0,
                0.02 * Math.exp(0.125)),
        COUNT_IN_2_PERCENT(random -> random.nextDouble() < 0.02 ? 1 + random.nextInt(4) : 0, 0.05),
        HALF_A_HEAP(random -> random.nextBoolean() ? 5 : 5 + Math.exp(random.nextGaussian()), 5 + 0.5 * Math.exp(0.5));

        @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
        private final ToDoubleFunction<Random> draw;

        private final double mean;

        Values(ToDoubleFunction<Random> draw, double mean) {
            this.draw = draw;
            this.mean = mean;
        }

        Moments sample(Random random, int count) {
            Moments moments = Moments.create();
            double[] values = new double[count];
            for (int i = 0; i < count; i++) {
                values[i] = draw.applyAsDouble(random);
            }
            moments.add(values, 0, count);
            return moments;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "NORMAL, 1",
        "NORMAL, 5",
        "NORMAL, 100",
        "EXPONENTIAL, 1",
        "EXPONENTIAL, 5",
        "EXPONENTIAL, 20",
        "EXPONENTIAL, 200",
        "NEGATIVE_EXPONENTIAL, 20",
        "LOG_NORMAL, 1",
        "LOG_NORMAL, 3",
        "LOG_NORMAL, 10",
        "LOG_NORMAL, 30",
        "LOG_NORMAL, 100",
        "LOG_NORMAL, 500",
        "MINUS_LOG_NORMAL, 10",
        "MINUS_LOG_NORMAL, 100",
        "AMOUNT_IN_2_PERCENT, 1",
        "AMOUNT_IN_2_PERCENT, 20",
        "AMOUNT_IN_2_PERCENT, 100",
        "AMOUNT_IN_2_PERCENT, 500",
        "COUNT_IN_2_PERCENT, 1",
        "COUNT_IN_2_PERCENT, 20",
        "COUNT_IN_2_PERCENT, 100",
        "COUNT_IN_2_PERCENT, 500",
        "HALF_A_HEAP, 10",
        "HALF_A_HEAP, 100"
    })
    void theMeanOfUnchangedValuesIsOutsideABoundAtTheTruthInFivePercentOfWindowsAtMost(Values values, int rows) {
        Random random = new Random(41);
        double level = 0.05;
        int below = 0;
        int above = 0;
        Moments before = values.sample(random, BASELINE);
        for (int i = 0; i < WINDOWS; i++) {
            Moments now = values.sample(random, rows);
            below += p(now, before, Bound.atLeast(values.mean)) <= level ? 1 : 0;
            above += p(now, before, Bound.atMost(values.mean)) <= level ? 1 : 0;
        }
        // Four standard deviations of a binomial share of 5 % of 4,000.
        assertThat(below / (double) WINDOWS).as("below").isLessThan(0.05 + 0.014);
        assertThat(above / (double) WINDOWS).as("above").isLessThan(0.05 + 0.014);
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 100, 500})
    void withoutABaselineSkewnessIsTakenOutOfTheTestOfAWindowsOwnSpread(int rows) {
        Random random = new Random(7);
        int hall = 0;
        int wald = 0;
        for (int i = 0; i < WINDOWS; i++) {
            Moments now = Values.EXPONENTIAL.sample(random, rows);
            Evidence evidence = MeanEvidence.of(now, null);
            Bound bound = Bound.atLeast(1);
            hall += PValues.of(evidence, now.mean(), bound) <= 0.05 ? 1 : 0;
            wald += PValues.of(new StandardError(evidence.standardError()), now.mean(), bound) <= 0.05 ? 1 : 0;
        }
        // Hall's error of order 1/n is left: 6.5 % of 50 rows.
        assertThat(hall / (double) WINDOWS).isBetween(0.035, 0.07);
        assertThat(hall).isLessThan(wald);
    }

    @Test
    void theMeanOfZerosAndOnesIsAShareWithExactEvidence() {
        Moments none = moments(0, 100, 1);
        Evidence evidence = MeanEvidence.of(none, moments(20, 1_000, 1));
        assertThat(evidence).isEqualTo(new ComparedProportion(new Proportion(0, 100), new Proportion(20, 1_000)));
        // (1 - 0.02)^100.
        assertThat(PValues.of(evidence, 0, Bound.atLeast(0.02))).isCloseTo(0.1326196, within(1e-7));
        assertThat(MeanEvidence.of(none, null)).isEqualTo(new Proportion(0, 100));
    }

    @Test
    void noAmountInAHundredRowsIsAboutAsLikelyAsItsChance() {
        Random random = new Random(3);
        Moments before = Values.AMOUNT_IN_2_PERCENT.sample(random, BASELINE);
        Moments zeros = moments(0, 100, 1);
        assertThat(p(zeros, before, Bound.atLeast(Values.AMOUNT_IN_2_PERCENT.mean)))
                .isCloseTo(0.1326196, within(0.04));
        assertThat(p(moments(0, 2_000, 1), before, Bound.atLeast(Values.AMOUNT_IN_2_PERCENT.mean)))
                .isLessThan(1e-4);
    }

    @ParameterizedTest
    @EnumSource(Values.class)
    void aMeanThatIsThreeTenthsOfAStandardDeviationBeyondItsBoundIsSeenInTwoThousandRows(Values values) {
        Random random = new Random(5);
        Moments before = values.sample(random, BASELINE);
        double away = 0.3 * before.standardDeviationSample();
        int above = 0;
        int below = 0;
        for (int i = 0; i < 200; i++) {
            Moments now = values.sample(random, 2_000);
            above += p(now, before, Bound.atMost(values.mean - away)) <= 0.0025 ? 1 : 0;
            below += p(now, before, Bound.atLeast(values.mean + away)) <= 0.0025 ? 1 : 0;
        }
        assertThat(above).isGreaterThanOrEqualTo(190);
        assertThat(below).isGreaterThanOrEqualTo(190);
    }

    @Test
    void equalValuesOrASingleOneAreJudgedByTheBaselinesSpread() {
        Random random = new Random(11);
        Moments before = Values.NORMAL.sample(random, BASELINE);
        Moments equal = moments(25, 25, 0.3);
        assertThat(MeanEvidence.of(equal, before)).isInstanceOf(ComparedMean.class);
        assertThat(p(equal, before, Bound.atMost(0))).isCloseTo(0.067, within(0.005));
        assertThat(p(moments(1, 1, 0.3), before, Bound.atMost(0))).isCloseTo(0.38, within(0.01));
        assertThat(PValues.of(MeanEvidence.of(moments(1, 1, 0.3), null), 0.3, Bound.atMost(0)))
                .isEqualTo(1);
    }

    /** Returns so many times a value among zeros. */
    private static Moments moments(int times, int rows, double value) {
        Moments moments = Moments.create();
        for (int i = 0; i < rows; i++) {
            moments.add(i < times ? value : 0);
        }
        return moments;
    }

    private static double p(Moments now, Moments before, Bound bound) {
        return PValues.of(MeanEvidence.of(now, before), now.mean(), bound);
    }
}
