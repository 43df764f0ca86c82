package io.modelmonitor.stats.internal.drift;

import static io.modelmonitor.stats.internal.drift.Samplers.counts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Distribution;
import io.modelmonitor.spi.DriftMeasure;
import java.util.List;
import org.junit.jupiter.api.Test;

class BinnedDistancesTest {

    private static final List<DriftMeasure> ALL = List.of(
            BinnedDistances::psi,
            BinnedDistances::kullbackLeibler,
            BinnedDistances::jensenShannon,
            BinnedDistances::jensenShannonBits,
            BinnedDistances::hellinger,
            BinnedDistances::bhattacharyya,
            BinnedDistances::totalVariation,
            BinnedDistances::euclidean,
            BinnedDistances::infinity);

    @Test
    void everyMeasureIsZeroForEqualSharesAndPositiveForOthers() {
        for (DriftMeasure measure : ALL) {
            assertThat(measure.between(counts(10, 20, 30), counts(10, 20, 30))).isCloseTo(0, within(1e-7));
            assertThat(measure.between(counts(10, 20, 30), counts(30, 20, 10))).isGreaterThan(0.05);
        }
    }

    @Test
    void everyMeasureButThoseWithHalfARowIsUndefinedWithoutRows() {
        for (DriftMeasure measure : ALL.subList(1, ALL.size() - 1)) {
            assertThat(measure.between(counts(1, 2), counts(0, 0))).isNaN();
        }
    }

    @Test
    void disjointSharesAreAsFarAsTheScaleGoes() {
        Distribution p = counts(5, 0);
        Distribution q = counts(0, 7);
        assertThat(BinnedDistances.jensenShannonBits(p, q)).isCloseTo(1, within(1e-15));
        assertThat(BinnedDistances.jensenShannon(p, q)).isCloseTo(Math.sqrt(Math.log(2)), within(1e-15));
        assertThat(BinnedDistances.hellinger(p, q)).isEqualTo(1);
        assertThat(BinnedDistances.totalVariation(p, q)).isEqualTo(1);
        assertThat(BinnedDistances.kullbackLeibler(p, q)).isInfinite();
        assertThat(BinnedDistances.bhattacharyya(p, q)).isInfinite();
    }

    @Test
    void anEmptyBucketMakesTheStabilityIndexInfiniteOnlyWithoutAZeroRule() {
        Distribution p = counts(50, 50);
        Distribution q = counts(100, 0);
        assertThat(BinnedDistances.psi(p, q, ZeroRule.NONE)).isInfinite();
        assertThat(BinnedDistances.psi(p, q)).isBetween(2.0, 4.0);
        assertThat(BinnedDistances.psi(p, q, ZeroRule.ONE_IN_TEN_THOUSAND)).isBetween(4.0, 6.0);
        assertThat(BinnedDistances.psi(p, q, ZeroRule.MILLIONTH_OF_SMALLEST)).isBetween(4.0, 6.0);
        assertThat(BinnedDistances.psi(counts(1e6, 1), counts(1e6, 0), ZeroRule.MILLIONTH_OF_SMALLEST))
                .isLessThan(1e-3);
    }

    @Test
    void binsAreClosedOnTheLeftAndOpenAtBothEnds() {
        Bins bins = Bins.between(1, 2);
        assertThat(bins.size()).isEqualTo(3);
        assertThat(bins.indexOf(0.5)).isZero();
        assertThat(bins.indexOf(1)).isEqualTo(1);
        assertThat(bins.indexOf(2)).isEqualTo(2);
        assertThat(bins.counts(EmpiricalDistribution.of(Double.NEGATIVE_INFINITY, 1, 1.5, 2, 99)))
                .containsExactly(1, 2, 2);
    }

    @Test
    void repeatedQuantilesMakeOneEdge() {
        EmpiricalDistribution zeros = EmpiricalDistribution.of(0, 0, 0, 0, 0, 0, 0, 0, 1, 2);
        assertThat(Bins.quantiles(zeros, 10).innerEdges()).containsExactly(0, 1);
        assertThat(Bins.equalWidth(5, 5, 10).size()).isLessThanOrEqualTo(2);
        assertThat(Bins.interpolatedQuantiles(new double[] {1, 2, 3, 4, 5}, 2).innerEdges())
                .containsExactly(3);
    }

    @Test
    void noRowsAreNoFiniteWayFromAnyRows() {
        for (ZeroRule rule : ZeroRule.values()) {
            assertThat(BinnedDistances.psi(counts(1, 2), counts(0, 0), rule)).isNaN();
            assertThat(BinnedDistances.psi(counts(0, 0), counts(1, 2), rule)).isNaN();
            assertThat(BinnedDistances.psi(counts(0, 0), counts(0, 0), rule)).isNaN();
        }
    }

    @Test
    void equalWidthsOfTheWholeRangeOfDoublesAreFinite() {
        assertThat(Bins.equalWidth(-0x1p1023, 0x1p1023, 4).innerEdges()).containsExactly(-0x1p1022, 0, 0x1p1022);
    }

    @Test
    void betweenEqualEdgesIsAnEmptyBin() {
        assertThat(Bins.between(1, 1, 2).counts(EmpiricalDistribution.of(0, 1, 1, 3)))
                .containsExactly(1, 0, 2, 1);
    }

    @Test
    void refusesEdgesThatDescend() {
        assertThatThrownBy(() -> Bins.between(1, 0.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Bins.between(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Bins.equalWidth(0, 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bins 0 is too few; allowed is at least 1");
    }
}
