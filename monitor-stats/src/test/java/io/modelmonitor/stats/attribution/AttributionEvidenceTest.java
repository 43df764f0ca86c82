package io.modelmonitor.stats.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Explanation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The promise that a few explained rows cannot ring by chance, whatever the features are like, and do ring by a change. */
@Tag("simulation")
class AttributionEvidenceTest {

    private static final Bound SAME_ORDER = Bound.atLeast(0.90);
    private static final double LEVEL = 0.05;
    private static final double[] MEANS = {1, 0.6, 0.36, 0.22, 0.13, 0.08, 0.05, 0.03};
    /** The first and the last have changed places. */
    private static final double[] SWAPPED = {0.03, 0.6, 0.36, 0.22, 0.13, 0.08, 0.05, 1};

    private static final int KEPT = 200;

    /** Distributions of the magnitudes of contributions, at the same means. */
    private enum Kind {
        /** Exponential, each feature by itself. */
        DENSE,
        /** Every other feature, the most important among them, matters in one row of twenty only. */
        RARE {
            @Override
            double share(int feature) {
                return feature % 2 == 0 ? 0.05 : 1;
            }
        },
        /** The same in one row of fifty. */
        VERY_RARE {
            @Override
            double share(int feature) {
                return feature % 2 == 0 ? 0.02 : 1;
            }
        },
        /** Pareto's distribution with exponent 1.5: the mean is finite, the variance is not. */
        HEAVY_TAILED {
            @Override
            double magnitude(SplittableRandom random, double common) {
                return Math.pow(1 - random.nextDouble(), -1 / 1.5) / 3;
            }
        },
        /** Rows in which all features matter much, and rows in which none does. */
        CORRELATED {
            @Override
            double magnitude(SplittableRandom random, double common) {
                return common * super.magnitude(random, common);
            }
        };

        double share(int feature) {
            return 1;
        }

        double magnitude(SplittableRandom random, double common) {
            return -Math.log(1 - random.nextDouble());
        }

        GlobalAttribution draw(double[] means, int rows, SplittableRandom random) {
            GlobalAttribution global = GlobalAttribution.empty(random.nextLong());
            for (int i = 0; i < rows; i++) {
                double factor = -Math.log(1 - random.nextDouble());
                double common = factor * factor / 2;
                double[] row = new double[means.length];
                for (int j = 0; j < row.length; j++) {
                    double signed = random.nextBoolean() ? means[j] : -means[j];
                    double magnitude = magnitude(random, common);
                    row[j] = random.nextDouble() < share(j) ? signed * magnitude / share(j) : 0;
                }
                global.add(Explanation.of(new double[1], row));
            }
            return global;
        }
    }

    /** Every kind with every number of rows, though not with every pair of them: that would take minutes. */
    static Stream<Arguments> cells() {
        List<Arguments> cells = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            cells.add(Arguments.of(kind, 10, 20));
            cells.add(Arguments.of(kind, 20, 100));
            cells.add(Arguments.of(kind, 50, 500));
            cells.add(Arguments.of(kind, 500, 100));
        }
        return cells.stream();
    }

    @ParameterizedTest(name = "{0}, {1} rows now, {2} before")
    @MethodSource("cells")
    void withoutAChangeNoMoreThanOneWindowInTwentyRings(Kind kind, int now, int before) {
        int windows = 500;
        int rings = 0;
        for (int window = 0; window < windows; window++) {
            rings += rings(kind, MEANS, now, before, window, true) ? 1 : 0;
        }
        // Five per cent and two standard errors of it.
        assertThat(rings / (double) windows).isLessThanOrEqualTo(LEVEL + 2 * Math.sqrt(LEVEL * (1 - LEVEL) / windows));
    }

    /** The power of standard errors alone, on the same windows, is the yardstick of the baseline's rows. */
    @ParameterizedTest(name = "{0}, {1} rows now, {2} before")
    @CsvSource({"DENSE, 20, 100, 0.95", "CORRELATED, 50, 500, 0.9"})
    void whenTheLeadingFeaturesChangePlacesItRingsAsOftenAsByStandardErrors(
            Kind kind, int now, int before, double least) {
        int windows = 60;
        int byRows = 0;
        int byErrors = 0;
        for (int window = 0; window < windows; window++) {
            byRows += rings(kind, SWAPPED, now, before, window, true) ? 1 : 0;
            byErrors += rings(kind, SWAPPED, now, before, window, false) ? 1 : 0;
        }
        double share = byErrors / (double) windows;
        assertThat(byRows / (double) windows)
                .isGreaterThanOrEqualTo(share - 2 * Math.sqrt(share * (1 - share) / windows))
                .isGreaterThanOrEqualTo(least);
    }

    @ParameterizedTest
    @EnumSource(Aggregation.class)
    void everyAggregationIsTestedByItsOwnReplicates(Aggregation aggregation) {
        SplittableRandom random = new SplittableRandom(3);
        GlobalAttribution before = raising(MEANS, 150, random);

        AttributionDrift kept = drift(before, raising(MEANS, 40, random), aggregation);
        AttributionDrift turned = drift(before, raising(SWAPPED, 40, random), aggregation);

        assertThat(kept.pValue(0.89, SAME_ORDER)).isGreaterThan(LEVEL);
        assertThat(turned.value()).isLessThan(0.8);
        assertThat(turned.pValue(turned.value(), SAME_ORDER)).isLessThan(0.001);
    }

    @Test
    void aClearChangeIsHeardAmongTwoHundredConstraints() {
        SplittableRandom random = new SplittableRandom(1);
        AttributionDrift drift =
                drift(Kind.DENSE.draw(MEANS, 300, random), Kind.DENSE.draw(SWAPPED, 100, random), Aggregation.MEAN_ABS);

        assertThat(drift.pValue(drift.value(), SAME_ORDER))
                .isEqualTo(1 / (1.0 + AttributionDrift.MOST_REPLICATES))
                .isLessThan(LEVEL / 200);
    }

    @Test
    void equalSeedsGiveEqualEvidence() {
        SplittableRandom random = new SplittableRandom(1);
        GlobalAttribution before = Kind.RARE.draw(MEANS, 300, random);
        GlobalAttribution now = Kind.RARE.draw(MEANS, 20, random);

        AttributionDrift one = drift(before, now, Aggregation.MEAN_ABS);
        AttributionDrift other = drift(before, now, Aggregation.MEAN_ABS);

        assertThat(one.pValue(0.5, SAME_ORDER)).isEqualTo(other.pValue(0.5, SAME_ORDER));
        assertThat(one.lower()).isEqualTo(other.lower());
        assertThat(one.upper()).isEqualTo(other.upper());
    }

    @Test
    void rowsThatSayNothingLeaveTheStandardErrors() {
        SplittableRandom random = new SplittableRandom(1);
        GlobalAttribution now = Kind.DENSE.draw(SWAPPED, 50, random);
        KnownAttribution known = KnownAttribution.of(MEANS, MEANS, 100);

        AttributionDrift without = AttributionDrift.between(known, now, Aggregation.MEAN_ABS, 0, 1);
        AttributionDrift silent =
                AttributionDrift.between(known.withRows(new double[3][8]), now, Aggregation.MEAN_ABS, 0, 1);

        assertThat(silent.pValue(0.5, SAME_ORDER)).isEqualTo(without.pValue(0.5, SAME_ORDER));
        assertThat(silent.lower()).isEqualTo(without.lower());
    }

    @Test
    void refusesRowsOfOtherFeatures() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KnownAttribution.of(new double[2]).withRows(new double[][] {{1, 2}, {1}}))
                .withMessageContaining("row 1 has 1");
    }

    private static boolean rings(Kind kind, double[] means, int now, int before, int window, boolean withRows) {
        SplittableRandom random = new SplittableRandom(window * 31L + 7);
        GlobalAttribution baseline = kind.draw(MEANS, before, random);
        GlobalAttribution live = kind.draw(means, now, random);
        double[] attributions = baseline.of(Aggregation.MEAN_ABS, 0);
        if (SAME_ORDER.holds(Ndcg.of(attributions, live.of(Aggregation.MEAN_ABS, 0)))) {
            return false;
        }
        KnownAttribution known =
                KnownAttribution.of(attributions, baseline.spreads(Aggregation.MEAN_ABS, 0, window), before);
        AttributionDrift drift = AttributionDrift.between(
                withRows ? known.withRows(baseline.sampledRows(0, KEPT)) : known,
                live,
                Aggregation.MEAN_ABS,
                0,
                window);
        return drift.pValue(drift.value(), SAME_ORDER) <= LEVEL;
    }

    private static AttributionDrift drift(GlobalAttribution before, GlobalAttribution now, Aggregation aggregation) {
        KnownAttribution known = KnownAttribution.of(
                        before.of(aggregation, 0), before.spreads(aggregation, 0, 1), before.rows())
                .withRows(before.sampledRows(0, KEPT));
        return AttributionDrift.between(known, now, aggregation, 0, 1);
    }

    /** Rows in which every feature raises the output, so that medians have an order too. */
    private static GlobalAttribution raising(double[] means, int rows, SplittableRandom random) {
        GlobalAttribution global = GlobalAttribution.empty(1);
        for (int i = 0; i < rows; i++) {
            double[] row = means.clone();
            for (int j = 0; j < row.length; j++) {
                row[j] *= random.nextDouble(0.5, 1.5);
            }
            global.add(Explanation.of(new double[1], row));
        }
        return global;
    }
}
