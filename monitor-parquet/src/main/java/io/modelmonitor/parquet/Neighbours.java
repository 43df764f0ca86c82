package io.modelmonitor.parquet;

import java.net.URL;
import java.util.Map;

/**
 * Libraries that this module must not stand beside: parquet-floor brings stubs of some of Hadoop's classes, under the same names, and
 * whichever is loaded first breaks the users of the other.
 */
final class Neighbours {

    /** Classes that the stubs do not have. */
    private static final Map<String, String> FOREIGN = Map.of(
            "Hadoop", "org/apache/hadoop/util/VersionInfo.class",
            "Spark", "org/apache/spark/SparkContext.class");

    private Neighbours() {}

    /**
     * Does nothing where the stubs are alone.
     *
     * @throws IllegalStateException if Hadoop or Spark is beside them; the message is one line
     */
    static void refuse(ClassLoader loader) {
        FOREIGN.forEach((name, entry) -> {
            URL found = loader.getResource(entry);
            if (found != null) {
                throw new IllegalStateException("monitor-parquet replaces classes of Hadoop by stubs, and " + name
                        + " is beside it (" + found
                        + "); take one of them off the class path: data frames of Spark are read by monitor-spark");
            }
        });
    }
}
