package io.modelmonitor.stats.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Explanation;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobalAttributionTest {

    @Test
    void aggregatesContributionsOfEachFeatureToEachOutput() {
        GlobalAttribution global = GlobalAttribution.empty(1);
        global.add(Explanation.of(new double[] {1, 2}, new double[] {1, -2, 10, 20}));
        global.add(Explanation.of(new double[] {3, 2}, new double[] {-4, -6, 30, 40}));

        assertThat(global.rows()).isEqualTo(2);
        assertThat(global.outputs()).isEqualTo(2);
        assertThat(global.features()).isEqualTo(2);
        assertThat(global.expected(0)).isEqualTo(2);
        assertThat(global.of(Aggregation.MEAN_ABS, 0)).containsExactly(2.5, 4);
        assertThat(global.of(Aggregation.MEDIAN, 0)).containsExactly(-1.5, -4);
        assertThat(global.of(Aggregation.MEAN_SQ, 0)).containsExactly(8.5, 20);
        assertThat(global.means(0)).containsExactly(-1.5, -4);
        assertThat(global.of(Aggregation.MEAN_ABS, 1)).containsExactly(20, 30);
        assertThat(global.sampled(1, 0)).containsExactly(10, 30);
    }

    @ParameterizedTest
    @EnumSource(Aggregation.class)
    void anyNumberOfPartsMergeToTheWhole(Aggregation aggregation) {
        double[][] rows = Models.rows(700, 3, 1);
        GlobalAttribution whole = of(rows);
        for (int parts : new int[] {2, 3, 7}) {
            GlobalAttribution merged = GlobalAttribution.empty(9);
            for (int part = 0; part < parts; part++) {
                merged.merge(of(Arrays.copyOfRange(rows, 700 * part / parts, 700 * (part + 1) / parts)));
            }
            assertThat(merged.rows()).isEqualTo(700);
            for (int j = 0; j < 3; j++) {
                assertThat(merged.of(aggregation, 0)[j]).isCloseTo(whole.of(aggregation, 0)[j], within(1e-14));
                assertThat(merged.sampled(0, j)).isEqualTo(whole.sampled(0, j));
            }
        }
    }

    @Test
    void meansAreExactHoweverManyRowsWhileMediansComeFromASample() {
        double[][] rows = Models.rows(20_000, 2, 1);
        GlobalAttribution global = of(rows);
        double[] column = Arrays.stream(rows).mapToDouble(row -> row[0]).toArray();

        assertThat(global.of(Aggregation.MEAN_ABS, 0)[0]).isCloseTo(Aggregation.MEAN_ABS.of(column), within(1e-15));
        assertThat(global.sampled(0, 0)).hasSize(GlobalAttribution.MOST_SAMPLED);
        assertThat(global.of(Aggregation.MEDIAN, 0)[0]).isCloseTo(Aggregation.MEDIAN.of(column), within(0.07));
    }

    @Test
    void smallContributionsAreNotLostBesideLargeOnes() {
        GlobalAttribution global = GlobalAttribution.empty(1);
        global.add(Explanation.of(new double[1], new double[] {1e16}));
        for (int i = 0; i < 1000; i++) {
            global.add(Explanation.of(new double[1], new double[] {1}));
        }
        global.add(Explanation.of(new double[1], new double[] {-1e16}));

        assertThat(global.means(0)[0] * global.rows()).isEqualTo(1000);
    }

    @ParameterizedTest
    @EnumSource(Aggregation.class)
    void resamplingScattersLikeRepeatedWindows(Aggregation aggregation) {
        double[] repeated = new double[400];
        for (int window = 0; window < repeated.length; window++) {
            repeated[window] = of(Models.rows(200, 1, window + 10)).of(aggregation, 0)[0];
        }
        double truth = standardDeviation(repeated);

        double spread = of(Models.rows(200, 1, 1)).spreads(aggregation, 0, 3)[0];

        assertThat(spread / Math.sqrt(200)).isCloseTo(truth, within(0.35 * truth));
    }

    @Test
    void equalSeedsResampleEqually() {
        GlobalAttribution global = of(Models.rows(50, 4, 1));

        assertThat(global.resampled(Aggregation.MEAN_ABS, 0, 20, 7))
                .isDeepEqualTo(global.resampled(Aggregation.MEAN_ABS, 0, 20, 7))
                .isNotEqualTo(global.resampled(Aggregation.MEAN_ABS, 0, 20, 8));
    }

    @Test
    void nothingIsKnownOfNoRowsAndTheScatterOfOneRowIsUnknown() {
        GlobalAttribution none = GlobalAttribution.empty(1);
        assertThat(none.expected(0)).isNaN();
        assertThat(none.merge(GlobalAttribution.empty(2)).rows()).isZero();
        assertThat(of(Models.rows(1, 2, 1)).spreads(Aggregation.MEAN_ABS, 0, 1)).containsOnly(Double.NaN);
        assertThat(Aggregation.MEAN_ABS.of(new double[0])).isNaN();
        assertThat(Aggregation.MEDIAN.of(new double[0])).isNaN();
    }

    @Test
    void refusesWhatDoesNotFitWithoutChangingItself() {
        GlobalAttribution global = of(Models.rows(3, 2, 1));
        double[] before = global.means(0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> global.add(Explanation.of(new double[1], new double[] {1, Double.NaN})))
                .withMessageContaining("NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> global.add(Explanation.of(new double[1], new double[3])))
                .withMessageContaining("3 features");
        assertThat(global.rows()).isEqualTo(3);
        assertThat(global.means(0)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 100})
    void aSampleIsUniform(int capacity) {
        int[] kept = new int[200];
        for (long seed = 0; seed < 400; seed++) {
            RowSample sample = RowSample.of(capacity, seed);
            RowSample second = RowSample.of(capacity, seed);
            IntStream.range(0, 80).forEach(i -> sample.add(new double[] {i}));
            IntStream.range(80, 200).forEach(i -> second.add(new double[] {i}));
            sample.merge(second);
            assertThat(sample.rows()).isEqualTo(200);
            assertThat(sample.ordered())
                    .hasSize(capacity)
                    .isSortedAccordingTo((a, b) -> Long.compare(a.position(), b.position()));
            for (RowSample.Row row : sample.shuffled()) {
                assertThat(row.position()).isEqualTo((long) row.values()[0] + 1);
                kept[(int) row.values()[0]]++;
            }
        }
        double expected = 400 * capacity / 200.0;
        double chiSquare = Arrays.stream(kept)
                .mapToDouble(count -> (count - expected) * (count - expected) / (expected * (1 - capacity / 200.0)))
                .sum();
        // 199 degrees of freedom: mean 199, standard deviation 20.
        assertThat(chiSquare).isBetween(120.0, 290.0);
    }

    @Test
    void aSampleCountsRowsThatItSkips() {
        RowSample sample = RowSample.of(5, 1);
        sample.skip();
        sample.add(new double[] {7});

        assertThat(sample.rows()).isEqualTo(2);
        assertThat(sample.ordered().get(0).position()).isEqualTo(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RowSample.of(0, 1))
                .withMessageContaining("capacity 0");
    }

    private static GlobalAttribution of(double[][] rows) {
        GlobalAttribution global = GlobalAttribution.empty(1);
        for (double[] row : rows) {
            global.add(Explanation.of(new double[1], row));
        }
        return global;
    }

    private static double standardDeviation(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Math.sqrt(Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow());
    }
}
