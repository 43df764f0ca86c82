/** Measurements and baselines of Spark's data frames; needs Spark 3.5 or newer for Scala 2.13, which the host provides. */
@NullMarked
package io.modelmonitor.spark;

import org.jspecify.annotations.NullMarked;
