package io.modelmonitor.spi;

import io.modelmonitor.api.Distribution;

/**
 * A measure of how far apart two distributions are.
 *
 * <p>A lambda will do. It needs no null distribution of its own: the size of a measure without drift is found by resampling the
 * counts, at the actual numbers of rows and cells.
 *
 * <pre>{@code
 * DriftMeasure chebyshev = (reference, current) -> IntStream.range(0, reference.size())
 *     .mapToDouble(i -> Math.abs(reference.share(i) - current.share(i)))
 *     .max()
 *     .orElse(0);
 * }</pre>
 *
 * <p>Implementations are pure and safe for use by several threads.
 */
@FunctionalInterface
public interface DriftMeasure {

    /**
     * Returns the distance.
     *
     * @param reference how the reference data falls into cells
     * @param current how the current data falls into the same cells
     * @return a number that grows with the change; NaN when it is undefined
     */
    double between(Distribution reference, Distribution current);
}
