package io.modelmonitor.spark;

import static io.modelmonitor.fairness.Bias.bias;
import static io.modelmonitor.quality.ModelQuality.modelQuality;

import io.modelmonitor.Measurement;
import io.modelmonitor.spi.MetricCalculator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;

/**
 * Measures a data frame over Spark Connect and holds it, byte for byte, beside its partitions merged on this machine. It needs the
 * client in place of Spark on its class path: {@link ConnectTest} runs it so, and {@code docs/scale.md} says how to by hand. The
 * variable {@code SPARK_REMOTE} names the server.
 */
public final class ConnectCheck {

    private static final int ROWS = 20_000;
    private static final int PARTITIONS = 7;

    private static final MetricCalculator<?>[] CALCULATORS = {
        modelQuality().label("defaulted").prediction("predicted").score("score"),
        bias("gender", "F").label("defaulted").prediction("predicted")
    };

    private ConnectCheck() {}

    /**
     * Runs the check.
     *
     * @param arguments none
     * @throws IllegalStateException if the bytes differ
     */
    public static void main(String[] arguments) throws IOException {
        SparkSession spark = SparkSession.builder().getOrCreate();
        Measurement there = SparkMonitor.baseline(Applications.frame(spark, 0, ROWS, PARTITIONS), CALCULATORS)
                .measurement();
        Measurement here = Measurement.merged(IntStream.range(0, PARTITIONS)
                .mapToObj(i -> Measurement.of(
                        1, Applications.rows(i * ROWS / PARTITIONS, (i + 1) * ROWS / PARTITIONS), there.calculators()))
                .toList());
        spark.close();
        if (!Arrays.equals(bytes(there), bytes(here))) {
            throw new IllegalStateException("the bytes differ from those of the partitions merged here");
        }
        System.out.println(there.rows() + " rows over " + spark.getClass().getName() + ": the same bytes as here");
    }

    private static byte[] bytes(Measurement measurement) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        measurement.write(bytes);
        return bytes.toByteArray();
    }
}
