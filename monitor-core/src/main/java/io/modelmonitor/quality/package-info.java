/**
 * The quality of a model's predictions, with labels that may come late.
 *
 * <p>{@link io.modelmonitor.quality.ModelQuality} is the calculator that a user names;
 * {@link io.modelmonitor.quality.Segments} splits it, or any other calculator, by a column. Labels that come
 * late are recorded and joined in {@code io.modelmonitor.labels}.
 */
@NullMarked
package io.modelmonitor.quality;

import org.jspecify.annotations.NullMarked;
