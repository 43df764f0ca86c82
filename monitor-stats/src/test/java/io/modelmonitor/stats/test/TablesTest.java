package io.modelmonitor.stats.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.statistics.distribution.HypergeometricDistribution;
import org.junit.jupiter.api.Test;

class TablesTest {

    private static final double MANY = 2_000_000_000;

    @Test
    void aSmallSumIsPreciseRelativeToItself() {
        // All rows but one are drawn, so that the count of the two is 2 unless one of them is left: 2 in many.
        for (HypergeometricDistribution tables : new HypergeometricDistribution[] {
            HypergeometricDistribution.of((int) MANY, 2, (int) MANY - 1),
            HypergeometricDistribution.of((int) MANY, (int) MANY - 1, 2)
        }) {
            assertThat(Tables.atMost(tables, 1)).isEqualTo(2 / MANY, within(1e-12 / MANY));
            assertThat(Tables.noLikelierThan(tables, 1)).isEqualTo(2 / MANY, within(1e-12 / MANY));
            assertThat(Tables.atLeast(tables, 1)).isEqualTo(1, within(1e-15));
        }
        // One row is drawn, and is one of two: 2 in many.
        HypergeometricDistribution rare = HypergeometricDistribution.of((int) MANY, 2, 1);
        assertThat(Tables.atLeast(rare, 1)).isEqualTo(2 / MANY, within(1e-12 / MANY));
        assertThat(Tables.noLikelierThan(rare, 1)).isEqualTo(2 / MANY, within(1e-12 / MANY));
        assertThat(Tables.atMost(rare, 0)).isEqualTo(1 - 2 / MANY, within(1e-15));
    }

    @Test
    void nothingIsBeyondTheLastTables() {
        // Of ten rows with six successes, five draws have one to five of them.
        HypergeometricDistribution tables = HypergeometricDistribution.of(10, 6, 5);
        assertThat(Tables.atMost(tables, 0)).isZero();
        assertThat(Tables.atMost(tables, 5)).isEqualTo(1, within(1e-15));
        assertThat(Tables.atLeast(tables, 6)).isZero();
        assertThat(Tables.atLeast(tables, 1)).isEqualTo(1, within(1e-15));
    }

    @Test
    void bothTailsAddUpToTheWholeAndTheTableItself() {
        HypergeometricDistribution tables = HypergeometricDistribution.of(1_000, 300, 120);
        for (int k = 0; k <= 120; k++) {
            assertThat(Tables.atMost(tables, k) + Tables.atLeast(tables, k))
                    .as("%s", k)
                    .isEqualTo(1 + tables.probability(k), within(1e-12));
            assertThat(Tables.atMost(tables, k)).isEqualTo(tables.cumulativeProbability(k), within(1e-12));
        }
    }

    @Test
    void theLikeliestTableIsNoRarerThanAnyOther() {
        HypergeometricDistribution tables = HypergeometricDistribution.of(1_000, 300, 120);
        assertThat(Tables.noLikelierThan(tables, 36)).isEqualTo(1, within(1e-12));
        // Beside it, all others but the likeliest are no likelier than the likelier neighbour.
        boolean higher = tables.probability(37) > tables.probability(35);
        assertThat(Tables.noLikelierThan(tables, higher ? 37 : 35))
                .isEqualTo(1 - tables.probability(36), within(1e-12));
        assertThat(Tables.noLikelierThan(tables, higher ? 35 : 37))
                .isEqualTo(1 - tables.probability(36) - tables.probability(higher ? 37 : 35), within(1e-12));
    }
}
