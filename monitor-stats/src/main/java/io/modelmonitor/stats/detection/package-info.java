/** Detectors of change in a series of numbers, one number at a time. */
@NullMarked
package io.modelmonitor.stats.detection;

import org.jspecify.annotations.NullMarked;
