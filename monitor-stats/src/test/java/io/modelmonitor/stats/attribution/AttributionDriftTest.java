package io.modelmonitor.stats.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Explanation;
import io.modelmonitor.stats.internal.Variates;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttributionDriftTest {

    private static final Bound SAME_ORDER = Bound.atLeast(0.90);
    private static final double[] BEFORE = {1, 0.6, 0.36, 0.22, 0.13, 0.08, 0.05, 0.03};
    private static final double[] REVERSED = {0.03, 0.05, 0.08, 0.13, 0.22, 0.36, 0.6, 1};

    /** The share is of rows in which the first feature matters at all; the rarer, the more chance has to explain. */
    @ParameterizedTest(name = "{0} rows, a feature that matters in {1} of them")
    @CsvSource({"20, 1", "20, 0.5", "20, 0.3", "100, 0.3", "100, 0.1"})
    void fewRowsDoNotAlertByChance(int rows, double share) {
        int below = 0;
        int rings = 0;
        int windows = 60;
        for (long window = 0; window < windows; window++) {
            AttributionDrift drift = drift(BEFORE, BEFORE, share, 300, rows, window);
            below += drift.value() < 0.90 ? 1 : 0;
            rings += drift.pValue(drift.value(), SAME_ORDER) <= 0.05 ? 1 : 0;
        }
        assertThat(rings)
                .as("rings among %s, %s of them below 0.90", windows, below)
                .isLessThanOrEqualTo(6);
        if (share < 0.5 && rows == 20) {
            assertThat(below)
                    .as("windows that would have rung without evidence")
                    .isGreaterThan(6);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 100})
    void aReversedOrderRings(int rows) {
        AttributionDrift drift = drift(BEFORE, REVERSED, 1, 300, rows, 1);

        assertThat(drift.value()).isLessThan(0.6);
        assertThat(drift.pValue(drift.value(), SAME_ORDER)).isLessThan(0.01);
        assertThat(drift.standardError()).isBetween(0.0, 0.2);
        assertThat(drift.value()).isBetween(drift.lower(), drift.upper());
        assertThat(drift.upper() - drift.lower()).isBetween(0.001, 0.5);
        assertThat(drift.upper()).isLessThanOrEqualTo(1);
    }

    @Test
    void evidenceSpeaksOnlyAgainstBoundsThatAreCrossed() {
        AttributionDrift drift = drift(BEFORE, REVERSED, 1, 300, 100, 1);

        assertThat(drift.pValue(drift.value(), Bound.atLeast(0.1))).isEqualTo(1);
    }

    @Test
    void attributionsThatAreTakenAsFactsRingToo() {
        GlobalAttribution live = draw(REVERSED, 1, 100, new SplittableRandom(1));

        AttributionDrift drift =
                AttributionDrift.between(KnownAttribution.of(BEFORE), live, Aggregation.MEAN_ABS, 0, 1);

        assertThat(drift.value()).isCloseTo(Ndcg.of(BEFORE, live.of(Aggregation.MEAN_ABS, 0)), within(0.0));
        assertThat(drift.pValue(drift.value(), SAME_ORDER)).isLessThan(0.01);
    }

    @Test
    void equalSeedsGiveEqualEvidence() {
        AttributionDrift one = drift(BEFORE, BEFORE, 0.2, 300, 30, 5);
        AttributionDrift other = drift(BEFORE, BEFORE, 0.2, 300, 30, 5);

        assertThat(one.value()).isEqualTo(other.value());
        assertThat(one.pValue(0.5, SAME_ORDER)).isEqualTo(other.pValue(0.5, SAME_ORDER));
        assertThat(one.standardError()).isEqualTo(other.standardError());
    }

    @Test
    void isUndefinedForABaselineWithoutAnyOrder() {
        GlobalAttribution live = draw(BEFORE, 1, 20, new SplittableRandom(1));

        AttributionDrift drift =
                AttributionDrift.between(KnownAttribution.of(new double[8]), live, Aggregation.MEAN_ABS, 0, 1);

        assertThat(drift.value()).isNaN();
    }

    @Test
    void mediansWithTheirSignsAreDrawnFromANormalDistribution() {
        GlobalAttribution live = draw(BEFORE, 1, 50, new SplittableRandom(1));
        double[] medians = live.of(Aggregation.MEDIAN, 0);
        double[] spreads = live.spreads(Aggregation.MEDIAN, 0, 1);

        AttributionDrift drift =
                AttributionDrift.between(KnownAttribution.of(medians, spreads, 50), live, Aggregation.MEDIAN, 0, 1);

        assertThat(drift.value()).isEqualTo(1);
        assertThat(drift.pValue(1, SAME_ORDER)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1, 0.1, true", "1, 1, true", "0.5, 2, true", "1, 0.5, false", "-1, 0.5, true", "3, 0, true"})
    void variatesHaveTheMeanAndScatterTheyAreAskedFor(double mean, double deviation, boolean positive) {
        Variates variates = new Variates(1);
        int draws = 40_000;
        double sum = 0;
        double squares = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < draws; i++) {
            double drawn = variates.about(mean, deviation, positive);
            sum += drawn;
            squares += (drawn - mean) * (drawn - mean);
            least = Math.min(least, drawn);
        }
        assertThat(sum / draws).isCloseTo(mean, within(5 * deviation / Math.sqrt(draws) + 1e-9));
        assertThat(Math.sqrt(squares / draws)).isCloseTo(deviation, within(0.08 * deviation + 1e-9));
        if (positive && mean > 0) {
            assertThat(least).isNotNegative();
        }
    }

    @Test
    void refusesSpreadsThatDoNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KnownAttribution.of(new double[2], new double[3], 1))
                .withMessageContaining("spreads: 3");
    }

    private static AttributionDrift drift(
            double[] before, double[] now, double share, int rowsBefore, int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        GlobalAttribution baseline = draw(before, share, rowsBefore, random);
        GlobalAttribution live = draw(now, share, rows, random);
        KnownAttribution known = KnownAttribution.of(
                baseline.of(Aggregation.MEAN_ABS, 0), baseline.spreads(Aggregation.MEAN_ABS, 0, seed), rowsBefore);
        return AttributionDrift.between(known, live, Aggregation.MEAN_ABS, 0, seed);
    }

    /** Rows whose magnitudes are exponential; the first feature's are rare and as much greater. */
    private static GlobalAttribution draw(double[] means, double share, int rows, SplittableRandom random) {
        GlobalAttribution global = GlobalAttribution.empty(1);
        for (int i = 0; i < rows; i++) {
            double[] row = new double[means.length];
            for (int j = 0; j < row.length; j++) {
                double part = j == 0 ? share : 1;
                if (random.nextDouble() < part) {
                    row[j] = (random.nextBoolean() ? 1 : -1) * means[j] / part * -Math.log(1 - random.nextDouble());
                }
            }
            global.add(Explanation.of(new double[1], row));
        }
        return global;
    }
}
