/** Parquet files as datasets, on parquet-java without Hadoop; never on a class path with Hadoop or Spark. */
@NullMarked
package io.modelmonitor.parquet;

import org.jspecify.annotations.NullMarked;
