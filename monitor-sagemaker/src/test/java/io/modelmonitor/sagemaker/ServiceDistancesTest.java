package io.modelmonitor.sagemaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.stats.sketch.KllSketch;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The numbers of the engine's own tests. */
class ServiceDistancesTest {

    @Test
    void numbersShiftedByOneOfFourAreAQuarterApart() {
        KllSketch one = sketch(1, 2, 3, 4);
        KllSketch other = sketch(2, 3, 4, 5);
        assertThat(numbers(one, other, false)).isEqualTo(0.25);
        assertThat(numbers(one, other, true)).isZero();
    }

    @Test
    void equalNumbersCountOnceInTheServiceAndFullyOtherwise() {
        KllSketch one = sketch(3, 3, 3, 7, 7, 9);
        assertThat(ServiceDistances.collapsed(one))
                .containsExactly(Map.entry(3.0, 1L), Map.entry(7.0, 1L), Map.entry(9.0, 1L));
        assertThat(ServiceDistances.complete(one))
                .containsExactly(Map.entry(3.0, 3L), Map.entry(7.0, 2L), Map.entry(9.0, 1L));
    }

    @Test
    void aColumnOfZerosAndOnesCannotDriftInTheService() {
        KllSketch before = KllSketch.create();
        KllSketch now = KllSketch.create();
        for (int i = 0; i < 1000; i++) {
            before.update(i % 10 == 0 ? 1 : 0);
            now.update(i % 10 == 0 ? 0 : 1);
        }
        assertThat(ServiceDistances.ofNumbers(
                        ServiceDistances.collapsed(before), ServiceDistances.collapsed(now), true))
                .isZero();
        assertThat(numbers(before, now, true)).isCloseTo(0.8 - 1.8 * Math.sqrt(0.002), within(1e-12));
    }

    @Test
    void sharesOfCategoriesDifferAsInTheEngine() {
        Map<String, Long> one = Map.of("a", 10L, "b", 20L, "c", 25L, "d", 10L, "e", 5L);
        assertThat(ServiceDistances.ofCategories(one, Map.of("a", 11L, "b", 20L, "c", 25L, "d", 10L, "e", 10L), false))
                .isEqualTo(0.06015037593984962);
        assertThat(ServiceDistances.ofCategories(one, Map.of("f", 11L, "a", 20L, "c", 25L, "d", 10L, "e", 10L), false))
                .isEqualTo(0.2857142857142857);
    }

    @Test
    void anEmptySideHasNoDistance() {
        assertThat(ServiceDistances.ofCategories(Map.of("a", 1L), Map.of(), true))
                .isNaN();
        assertThat(numbers(sketch(1), KllSketch.create(), false)).isNaN();
        assertThat(ServiceDistances.chiSquared(Map.of(), Map.of("a", 50L, "b", 50L), true))
                .isNaN();
    }

    @Test
    void chiSquaredScalesWhatIsExpectedToWhatIsObserved() {
        Map<String, Long> expected = Map.of("a", 100L, "b", 100L);
        Map<String, Long> observed = Map.of("a", 30L, "b", 20L);
        assertThat(ServiceDistances.chiSquared(observed, expected, false)).isCloseTo(2, within(1e-12));
        assertThat(ServiceDistances.chiSquared(observed, expected, true)).isCloseTo(0.15729920705028513, within(1e-12));
    }

    @Test
    void chiSquaredIgnoresWhatIsNotExpectedAndJoinsSmallCells() {
        Map<String, Long> expected = Map.of("a", 500L, "b", 480L, "c", 10L, "d", 10L);
        Map<String, Long> observed = Map.of("a", 50L, "b", 49L, "d", 1L, "new", 40L);
        // Scaled to 100: 50, 48, 1, 1; two of four below 5 are more than 20 %: 1 + 1 = 2, one of three still is: 48 +
        // 2.
        assertThat(ServiceDistances.chiSquared(observed, expected, false)).isCloseTo(0, within(1e-12));
        assertThat(ServiceDistances.chiSquared(Map.of("a", 3L, "b", 2L), Map.of("a", 3L, "b", 2L), true))
                .isNaN();
    }

    private static double numbers(KllSketch one, KllSketch other, boolean robust) {
        return ServiceDistances.ofNumbers(ServiceDistances.complete(one), ServiceDistances.complete(other), robust);
    }

    private static KllSketch sketch(double... values) {
        KllSketch sketch = KllSketch.create();
        sketch.update(values, 0, values.length);
        return sketch;
    }
}
