package io.modelmonitor.spark;

import io.modelmonitor.Measurement;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Measures a partition, on one thread, as Spark gives a task one; a partition without rows has no measurement. */
final class PartitionMeasuring implements MapPartitionsFunction<Row, byte[]> {

    private static final long serialVersionUID = 1L;

    private final StructType schema;
    private final ShippedCalculators calculators;

    PartitionMeasuring(StructType schema, ShippedCalculators calculators) {
        this.schema = schema;
        this.calculators = calculators;
    }

    @Override
    public Iterator<byte[]> call(Iterator<Row> rows) {
        if (!rows.hasNext()) {
            return Collections.emptyIterator();
        }
        Measurement measurement = Measurement.of(1, FrameRows.once(schema, rows), calculators.list());
        return List.of(ShippedCalculators.write(measurement)).iterator();
    }
}
