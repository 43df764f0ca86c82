package io.modelmonitor.stats.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackgroundTest {

    @Test
    void weightsAreSharesOfTheWhole() {
        Background background = Background.weighted(new double[][] {{1, 10}, {2, 20}}, new double[] {3, 1});

        assertThat(background.weight(0)).isEqualTo(0.75);
        assertThat(background.means()).containsExactly(1.25, 12.5);
        assertThat(background.size()).isEqualTo(2);
        assertThat(background.features()).isEqualTo(2);
    }

    @Test
    void centresFindClustersAndWeighThem() {
        Background centres = Background.centres(threeClusters(), 3, 1);

        assertThat(centres.size()).isEqualTo(3);
        int[] bySize = IntStream.range(0, 3)
                .boxed()
                .sorted((one, other) -> Double.compare(centres.weight(other), centres.weight(one)))
                .mapToInt(i -> i)
                .toArray();
        assertThat(centres.weight(bySize[0])).isEqualTo(0.5);
        assertThat(centres.row(bySize[0])[0]).isCloseTo(0, within(0.1));
        assertThat(centres.row(bySize[1])[1]).isCloseTo(5000, within(100.0));
        assertThat(centres.weight(bySize[2])).isEqualTo(0.2);
    }

    @Test
    void medoidsAreRowsThatThereAre() {
        double[][] rows = threeClusters();

        Background medoids = Background.medoids(rows, 3, 1);

        assertThat(medoids.size()).isEqualTo(3);
        for (int i = 0; i < 3; i++) {
            double[] medoid = medoids.row(i);
            assertThat(Arrays.stream(rows)).anyMatch(row -> Arrays.equals(row, medoid));
        }
    }

    @Test
    void equalSeedsGiveEqualCentres() {
        double[][] rows = Models.rows(200, 3, 1);
        Background one = Background.centres(rows, 12, 7);
        Background other = Background.centres(rows, 12, 7);

        for (int i = 0; i < one.size(); i++) {
            assertThat(one.row(i)).isEqualTo(other.row(i));
        }
    }

    @Test
    void thereAreNoMoreClustersThanDistinctRows() {
        Background centres = Background.centres(new double[][] {{1, 2}, {1, 2}, {3, 2}}, 12, 1);

        assertThat(centres.size()).isEqualTo(2);
        assertThat(centres.weight(0) + centres.weight(1)).isEqualTo(1);
        assertThat(Background.centres(new double[][] {{1}, {1}}, 5, 1).size()).isEqualTo(1);
    }

    @Test
    void isNotChangedThroughTheRowsItWasMadeOf() {
        double[][] rows = {{1, 2}};
        Background background = Background.of(rows);
        rows[0][0] = 9;

        assertThat(background.means()).containsExactly(1, 2);
    }

    @Test
    void refusesWhatIsNoBackground() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Background.of(new double[0][]))
                .withMessageContaining("rows: 0");
        assertThatIllegalArgumentException().isThrownBy(() -> Background.of(new double[1][0]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Background.of(new double[][] {{1, 2}, {1}}))
                .withMessageContaining("row 1 has 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Background.weighted(new double[][] {{1}}, new double[2]))
                .withMessageContaining("weights: 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Background.weighted(new double[][] {{1}}, new double[] {0}))
                .withMessageContaining("above 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Background.centres(new double[][] {{1}}, 0, 1))
                .withMessageContaining("clusters 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Background.centres(new double[][] {{1}, {Double.NaN}}, 1, 1))
                .withMessageContaining("feature 0 of row 1 is NaN");
    }

    /** Half of the rows around (0, 0), three in ten around (0, 5000), the rest around (3, 0): units must not decide. */
    private static double[][] threeClusters() {
        SplittableRandom random = new SplittableRandom(5);
        double[][] rows = new double[100][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new double[] {
                (i < 80 ? 0 : 3) + random.nextDouble(-0.1, 0.1),
                (i >= 50 && i < 80 ? 5000 : 0) + random.nextDouble(-100, 100)
            };
        }
        return rows;
    }
}
