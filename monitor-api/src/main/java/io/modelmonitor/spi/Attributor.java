package io.modelmonitor.spi;

import io.modelmonitor.api.Explanation;

/**
 * Computes how much each feature of one row contributes to a model's outputs: Shapley values, or another attribution that a
 * library of trees or networks offers.
 *
 * <p>Implementations are called by several threads when their user explains rows on several.
 */
@FunctionalInterface
public interface Attributor {

    /**
     * Explains one row.
     *
     * @param row the features' values in the order the model takes them; not written to and not kept
     * @return a contribution of every feature to every output
     * @throws RuntimeException if this row cannot be explained; the caller reports the message and goes on with the next row
     */
    Explanation explain(double[] row);
}
