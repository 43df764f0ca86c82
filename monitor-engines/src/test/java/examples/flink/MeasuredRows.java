package examples.flink;

import io.modelmonitor.Measurement;
import io.modelmonitor.api.Schema;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.spi.MetricCalculator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.CopyableValue;
import org.apache.flink.types.Row;

/**
 * Measures the rows of a window. The result is the bytes of a {@link Measurement}, which merge with those of other keys and are judged
 * by a monitor anywhere.
 *
 * <p>For the state backend {@code hashmap}, which holds accumulators as objects and writes them only with a checkpoint. A backend that
 * holds bytes, such as {@code rocksdb}, reads and writes the accumulator for each row: some hundred kilobytes and tens of
 * milliseconds for a row that is measured in a microsecond.
 *
 * <p>Keys should be few, such as models: each has states of up to 19 KB a column in each open window.
 */
public final class MeasuredRows implements AggregateFunction<Row, MeasuredRows.Accumulator, byte[]> {

    private static final long serialVersionUID = 1L;

    private final String[] columns;
    private final MetricCalculator<?>[] calculators;

    /**
     * Creates a function.
     *
     * @param columns the names of the first fields of each row
     * @param calculators the calculators to measure with; they are sent to the tasks, as those of quality, bias and drift can be
     */
    MeasuredRows(Schema columns, List<MetricCalculator<?>> calculators) {
        this.columns = columns.names().toArray(String[]::new);
        this.calculators = calculators.toArray(MetricCalculator<?>[]::new);
    }

    @Override
    public Accumulator createAccumulator() {
        return new Accumulator(columns, calculators);
    }

    @Override
    public Accumulator add(Row row, Accumulator accumulator) {
        accumulator.add(row);
        return accumulator;
    }

    @Override
    public byte[] getResult(Accumulator accumulator) {
        return accumulator.bytes();
    }

    /** Merges the windows of sessions that have met. */
    @Override
    public Accumulator merge(Accumulator one, Accumulator other) {
        one.add(other);
        return one;
    }

    /** A measurement, and the rows that will be measured with the next. */
    public static final class Accumulator implements CopyableValue<Accumulator> {

        private static final long serialVersionUID = 1L;

        /** Rows are measured together, since a measurement of one row costs nearly as much as one of a thousand. */
        private static final int ROWS = 1024;

        private String[] columns;
        private MetricCalculator<?>[] calculators;
        private transient Measurement measured;
        private transient List<Object[]> rows = new ArrayList<>();

        /** Creates one that is read or copied into. */
        @SuppressWarnings("unused") // Flink calls it by reflection
        public Accumulator() {
            this(new String[0], new MetricCalculator<?>[0]);
        }

        private Accumulator(String[] columns, MetricCalculator<?>[] calculators) {
            this.columns = columns;
            this.calculators = calculators;
            this.measured = Measurement.of(1, Datasets.of(Schema.ofNames(columns), List.of()), List.of(calculators));
        }

        private void add(Row row) {
            Object[] values = new Object[columns.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = row.getField(i);
            }
            rows.add(values);
            if (rows.size() == ROWS) {
                measureRows();
            }
        }

        private void measureRows() {
            if (!rows.isEmpty()) {
                measured = measured.merge(
                        Measurement.of(1, Datasets.of(Schema.ofNames(columns), rows), List.of(calculators)));
                rows = new ArrayList<>();
            }
        }

        private void add(Accumulator other) {
            measureRows();
            other.measureRows();
            measured = measured.merge(other.measured);
        }

        private byte[] bytes() {
            measureRows();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try {
                measured.write(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException("memory cannot be written to", e);
            }
            return bytes.toByteArray();
        }

        @Override
        public void write(DataOutputView out) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream objects = new ObjectOutputStream(bytes)) {
                objects.writeObject(columns);
                objects.writeObject(calculators);
                objects.writeObject(bytes());
            }
            out.writeInt(bytes.size());
            out.write(bytes.toByteArray());
        }

        @Override
        public void read(DataInputView in) throws IOException {
            byte[] bytes = new byte[in.readInt()];
            in.readFully(bytes);
            try (ObjectInputStream objects = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
                columns = (String[]) objects.readObject();
                calculators = (MetricCalculator<?>[]) objects.readObject();
                byte[] state = (byte[]) objects.readObject();
                measured = Measurement.read(new ByteArrayInputStream(state), List.of(calculators));
            } catch (ClassNotFoundException e) {
                throw new IOException("a calculator's class is missing: " + e.getMessage(), e);
            }
            rows = new ArrayList<>();
        }

        @Override
        public Accumulator copy() {
            Accumulator copy = new Accumulator();
            copyTo(copy);
            return copy;
        }

        @Override
        public void copyTo(Accumulator target) {
            target.columns = columns;
            target.calculators = calculators;
            target.measured = measured;
            target.rows = new ArrayList<>(rows);
        }

        @Override
        public void copy(DataInputView source, DataOutputView target) throws IOException {
            int length = source.readInt();
            target.writeInt(length);
            target.write(source, length);
        }

        /** Returns that the length varies. */
        @Override
        public int getBinaryLength() {
            return -1;
        }
    }
}
