package io.modelmonitor.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.spark_partition_id;

import io.modelmonitor.Baseline;
import io.modelmonitor.Measurement;
import io.modelmonitor.Monitor;
import io.modelmonitor.spi.MetricCalculator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * Measures data frames on the machines of a Spark cluster, in one pass whatever is watched.
 *
 * <pre>{@code
 * Baseline baseline = SparkMonitor.baseline(spark.read().parquet("train"), quality, fairness);
 * Measurement today = SparkMonitor.measure(spark.read().parquet("today"), Monitor.against(baseline));
 * Report report = Monitor.against(baseline).judge(today);
 * }</pre>
 *
 * <p>Each partition is measured where it is; its states, some hundred kilobytes, are merged in the order of the partitions: first
 * {@value #NEIGHBOURS} neighbours each, then all of them, on the executors, and the driver is sent one measurement, whatever the
 * number of partitions and rows. Equal rows in equal order in equal partitions give the same bytes, on any cluster and at any number
 * of threads, as do tasks that are retried or run twice. Other partitions give the same counts, bit for bit; moments up to rounding,
 * quantiles within the sketch's stated error, as for any measurements that merge. Spark itself does not fix the order of rows behind
 * a shuffle, unless they are sorted.
 *
 * <p>Types: whole numbers, and decimals without a fraction, are whole numbers; doubles, floats and other decimals are numbers, of
 * which those that are NaN are missing; booleans are truth values. Dates and times are text in the form of ISO 8601, instants in UTC;
 * binary values are text in Base64, anything else is the text that {@code toString} gives. Structs, arrays and maps are flattened as
 * in {@link io.modelmonitor.data.Datasets#rows}, which costs a table that has any of them several times the time.
 *
 * <p>Calculators are sent to the executors, so they have to be {@link java.io.Serializable}, as those of quality, bias, segments of
 * columns and drift are; {@link MetricCalculator#portable} makes one of any other. One that fails on some rows is among the failures
 * of the measurement and stops no other. Only the API of datasets is used. Safe for use by several threads.
 */
public final class SparkMonitor {

    /** The number of neighbouring partitions that are merged by one task. */
    static final int NEIGHBOURS = 256;

    private static final String PLACE = "place";
    private static final String STATE = "state";

    private SparkMonitor() {}

    /**
     * Measures what a monitor watches. Runs one job.
     *
     * @param rows the rows; a column name occurs once
     * @return the measurement, for {@link Monitor#judge} or to be saved and merged; one of no rows if there are none
     * @throws IllegalArgumentException if two columns have the same name, or a calculator cannot be sent to the executors; the
     *     message is one line, names it and says what to do
     * @throws UnsupportedOperationException if a calculator's state cannot be written; the message names it and says why
     */
    public static Measurement measure(Dataset<Row> rows, Monitor monitor) {
        return measured(rows, monitor.measure(FrameRows.none(rows.schema())), NEIGHBOURS);
    }

    /**
     * Makes a baseline. Runs one job.
     *
     * @param rows the reference data; a column name occurs once
     * @param calculators the calculators to measure with beside those of data quality and drift
     * @throws IllegalArgumentException if there are no rows, two columns or two calculators have the same name, or a calculator
     *     cannot be sent to the executors; the message is one line, names it and says what to do
     * @throws IllegalStateException if a calculator fails; the message is one line and says which and where
     * @throws UnsupportedOperationException if a calculator's state cannot be written; the message names it and says why
     */
    public static Baseline baseline(Dataset<Row> rows, MetricCalculator<?>... calculators) {
        Measurement nothing = Measurement.of(FrameRows.none(rows.schema()), calculators);
        return Baseline.of(measured(rows, nothing, NEIGHBOURS), calculators);
    }

    /** Measures by the calculators of a measurement of no rows, and merges so many neighbours by a task. */
    static Measurement measured(Dataset<Row> rows, Measurement nothing, int neighbours) {
        ShippedCalculators calculators = ShippedCalculators.of(nothing.calculators());
        ShippedCalculators.write(nothing); // fails here, rather than on an executor, where a state cannot be written
        Dataset<Row> ofPartitions = rows.mapPartitions(
                        new PartitionMeasuring(rows.schema(), calculators), Encoders.BINARY())
                .select(spark_partition_id().as(PLACE), col("*"));
        PlacedMerging merging = new PlacedMerging(neighbours, calculators);
        Dataset<Row> ofNeighbours = ofPartitions
                .repartition(floor(col(PLACE).divide(neighbours)))
                .sortWithinPartitions(PLACE)
                .mapPartitions(merging, PlacedMerging.ENCODER)
                .toDF(PLACE, STATE);
        List<Tuple2<Integer, byte[]>> ofAll = ofNeighbours
                .repartition(1)
                .sortWithinPartitions(PLACE)
                .mapPartitions(new PlacedMerging(Integer.MAX_VALUE, calculators), PlacedMerging.ENCODER)
                .collectAsList();
        return ofAll.isEmpty() ? nothing : calculators.read(ofAll.get(0)._2());
    }
}
