package io.modelmonitor.spark;

import org.apache.spark.sql.SparkSession;

/** Sessions of Spark within this JVM. */
final class Sessions {

    /** The address of this machine for itself. */
    static final String LOCAL = "127.0.0.1";

    private Sessions() {}

    /** Returns a session on a master such as {@code local[2]}, in place of one on another master. */
    static SparkSession on(String master) {
        SparkSession session = start(master);
        if (session.sparkContext().master().equals(master)) {
            return session;
        }
        session.stop();
        return start(master);
    }

    /** Returns a new session on two threads, of which the driver may be sent so many bytes by the tasks of a stage. */
    static SparkSession sendingAtMost(long bytes) {
        start("local[2]").stop();
        return builder("local[2]")
                .config("spark.driver.maxResultSize", bytes + "b")
                .getOrCreate();
    }

    /** Returns a new session on two threads that is a server of Spark Connect, too, for clients on this machine. */
    static SparkSession serving(int port) {
        start("local[2]").stop();
        return builder("local[2]")
                .config("spark.plugins", "org.apache.spark.sql.connect.SparkConnectPlugin")
                .config("spark.connect.grpc.binding.address", LOCAL)
                .config("spark.connect.grpc.binding.port", Integer.toString(port))
                .getOrCreate();
    }

    private static SparkSession start(String master) {
        return builder(master).getOrCreate();
    }

    private static SparkSession.Builder builder(String master) {
        return SparkSession.builder()
                .master(master)
                .config("spark.ui.enabled", "false")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.driver.bindAddress", LOCAL)
                .config("spark.driver.host", LOCAL)
                .config("spark.sql.shuffle.partitions", "4");
    }
}
