/**
 * Labels that come late: recorded in {@link io.modelmonitor.labels.GroundTruth}, written and read in the managed service's
 * format, and joined to captured requests by {@link io.modelmonitor.labels.LabelledCaptures}, which are a dataset like any other.
 */
@NullMarked
package io.modelmonitor.labels;

import org.jspecify.annotations.NullMarked;
