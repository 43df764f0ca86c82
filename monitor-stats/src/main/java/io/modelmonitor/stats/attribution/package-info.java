/**
 * Explanations of a model's outputs: attributions to features.
 *
 * <p>{@link io.modelmonitor.stats.attribution.Attributors} makes what explains one row: Shapley values exactly, by Kernel
 * SHAP or, for linear models, in closed form, and permutation importance. They ask the model about mixtures of the row and a
 * {@link io.modelmonitor.stats.attribution.Background}. {@link io.modelmonitor.stats.attribution.GlobalAttribution} sums up
 * many explained rows, and {@link io.modelmonitor.stats.attribution.AttributionDrift} holds such a sum against a baseline by
 * {@link io.modelmonitor.stats.attribution.Ndcg}.
 */
@NullMarked
package io.modelmonitor.stats.attribution;

import org.jspecify.annotations.NullMarked;
