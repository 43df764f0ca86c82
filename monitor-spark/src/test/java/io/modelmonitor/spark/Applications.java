package io.modelmonitor.spark;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Schema;
import io.modelmonitor.data.Datasets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Credit applications, each a function of its number, so that any machine makes the same ones. */
final class Applications {

    static final StructType TYPE =
            StructType.fromDDL("age INT, income DOUBLE, region STRING, gender STRING, channel STRING,"
                    + " score DOUBLE, predicted INT, defaulted INT");

    private Applications() {}

    /** Returns the application of a number. */
    static @Nullable Object[] values(long number) {
        SplittableRandom random = new SplittableRandom(number);
        double score = random.nextDouble();
        return new @Nullable Object[] {
            18 + random.nextInt(70),
            random.nextInt(50) == 0 ? null : Math.rint(Math.exp(random.nextDouble() * 3) * 100_000) / 10,
            "region-" + random.nextInt(random.nextInt(1, 40)),
            random.nextInt(20) == 0 ? null : random.nextBoolean() ? "F" : "M",
            random.nextInt(3) == 0 ? "branch" : "web",
            random.nextInt(100) == 0 ? Double.NaN : score,
            score > 0.5 ? 1 : 0,
            random.nextDouble() < score ? 1 : 0
        };
    }

    /** Returns the applications from a number to another, cut evenly into partitions. */
    static org.apache.spark.sql.Dataset<Row> frame(SparkSession spark, long from, long to, int partitions) {
        return spark.range(from, to, 1, partitions)
                .map((MapFunction<Long, Row>) number -> RowFactory.create(values(number)), Encoders.row(TYPE));
    }

    /** Returns the applications from a number to another. */
    static Dataset rows(long from, long to) {
        return Datasets.of(Schema.ofNames(TYPE.fieldNames()), () -> LongStream.range(from, to)
                .mapToObj(Applications::values));
    }

    /** Returns applications as a dataset. */
    static Dataset of(List<@Nullable Object[]> applications) {
        return Datasets.of(Schema.ofNames(TYPE.fieldNames()), applications);
    }
}
