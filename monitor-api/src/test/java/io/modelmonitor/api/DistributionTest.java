package io.modelmonitor.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.Distribution.Cell;
import java.util.List;
import org.junit.jupiter.api.Test;

class DistributionTest {

    private static final List<Cell> CELLS =
            List.of(new Cell("F"), new Cell("M"), new Cell(Distribution.Kind.MISSING, "missing", Double.NaN));

    @Test
    void sharesAddUpToOneWithTheMissingRowsAmongThem() {
        Distribution distribution = Distribution.of(CELLS, 5, 3, 2);

        assertThat(distribution.total()).isEqualTo(10);
        assertThat(distribution.share(0)).isEqualTo(0.5);
        assertThat(distribution.share(2)).isEqualTo(0.2);
        assertThat(distribution).hasToString("{F=5.0, M=3.0, missing=2.0}");
    }

    @Test
    void sharesOfNoRowsAreUndefined() {
        assertThat(Distribution.of(CELLS, 0, 0, 0).share(0)).isNaN();
    }

    @Test
    void keepsItsCountsWhenTheCallersArrayChanges() {
        double[] counts = {5, 3, 2};
        Distribution distribution = Distribution.of(CELLS, counts);
        Distribution other = distribution.withCounts(counts);
        counts[0] = 99;

        assertThat(distribution.count(0)).isEqualTo(5);
        assertThat(other.count(0)).isEqualTo(5);
        assertThat(other.cells()).isSameAs(distribution.cells());
    }

    @Test
    void refusesCountsThatDoNotFit() {
        assertThatThrownBy(() -> Distribution.of(CELLS, 1, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("counts: 2 given; there are 3 cells");
        assertThatThrownBy(() -> Distribution.of(CELLS, 1, 2, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1.0");
        assertThatThrownBy(() -> Distribution.of(CELLS, 1, 2, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN");
    }
}
