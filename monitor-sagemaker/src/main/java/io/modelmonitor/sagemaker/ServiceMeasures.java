package io.modelmonitor.sagemaker;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Row;
import io.modelmonitor.spi.MetricCalculator;
import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Measures that the service computes otherwise than this library: types by its grammar ({@link ServiceTypes}), and sums and standard deviations
 * with its rounding, as plain sums in the order of the rows, and Welford's recurrence,
 * <i>Note on a method for calculating corrected sums of squares and products</i> (Technometrics 4, 1962), number by number.
 * The profile's own are more exact, so they differ in the last digits.
 */
final class ServiceMeasures implements MetricCalculator<ServiceMeasures.Table> {

    static final String SUM = "service.sum";
    static final String DEVIATION = "service.std_dev";

    @Override
    public String name() {
        return "service_measures";
    }

    @Override
    public Table start() {
        return new Table();
    }

    @Override
    public void add(Table state, Batch batch) {
        state.types.add(batch);
        batch.forEachRow(state::add);
    }

    @Override
    public Table merge(Table earlier, Table later) {
        return earlier.merge(later);
    }

    @Override
    public List<Metric> measure(Table current, @Nullable Table reference, Constraints wanted) {
        return current.metrics();
    }

    @Override
    public void write(Table state, DataOutput out) throws IOException {
        state.write(out);
    }

    @Override
    public Table read(DataInput in) throws IOException {
        Table table = new Table();
        table.read(in);
        return table;
    }

    /** Returns true: the last digits of a plain sum depend on the order of the rows. */
    @Override
    public boolean isOnOneThread() {
        return true;
    }

    /** The types and sums of every column. */
    static final class Table {

        private ServiceTypes types = new ServiceTypes();
        private final List<String> names = new ArrayList<>();
        private final List<Column> columns = new ArrayList<>();

        private void add(Row row) {
            // A later row may have more columns at the end, never fewer.
            for (int i = names.size(); i < row.schema().size(); i++) {
                names.add(row.schema().features().get(i).name());
                columns.add(new Column());
            }
            for (int i = 0; i < columns.size(); i++) {
                double number = row.number(i);
                if (Double.isFinite(number)) {
                    columns.get(i).add(number);
                }
            }
        }

        private Table merge(Table later) {
            types.merge(later.types);
            for (int i = names.size(); i < later.names.size(); i++) {
                names.add(later.names.get(i));
                columns.add(new Column());
            }
            for (int i = 0; i < later.columns.size(); i++) {
                columns.get(i).add(later.columns.get(i));
            }
            return this;
        }

        private void write(DataOutput out) throws IOException {
            types.write(out);
            Packed.writeCount(out, names.size());
            for (int i = 0; i < names.size(); i++) {
                Packed.writeText(out, names.get(i));
                columns.get(i).write(out);
            }
        }

        private void read(DataInput in) throws IOException {
            types = ServiceTypes.read(in);
            for (long left = Packed.readCount(in, "columns"); left > 0; left--) {
                names.add(Packed.readText(in, "name of a column"));
                Column column = new Column();
                column.read(in);
                columns.add(column);
            }
        }

        private List<Metric> metrics() {
            List<Metric> metrics = types.metrics();
            for (int i = 0; i < columns.size(); i++) {
                Column column = columns.get(i);
                if (column.count > 0) {
                    metrics.add(Metric.of(names.get(i), SUM, column.sum));
                    metrics.add(Metric.of(names.get(i), DEVIATION, Math.sqrt(column.squares / column.count)));
                }
            }
            return metrics;
        }
    }

    private static final class Column {

        private double count;
        private double sum;
        private double mean;
        private double squares;

        private void add(double number) {
            count++;
            sum += number;
            double distance = number - mean;
            double step = distance / count;
            mean += step;
            squares += distance * (distance - step);
        }

        private void write(DataOutput out) throws IOException {
            out.writeDouble(count);
            out.writeDouble(sum);
            out.writeDouble(mean);
            out.writeDouble(squares);
        }

        private void read(DataInput in) throws IOException {
            count = Packed.readSize(in, "count");
            sum = in.readDouble();
            mean = in.readDouble();
            squares = in.readDouble();
        }

        private void add(Column later) {
            double total = count + later.count;
            double distance = later.mean - mean;
            double step = total == 0 ? 0 : distance / total;
            mean += step * later.count;
            squares += later.squares + distance * step * count * later.count;
            sum += later.sum;
            count = total;
        }
    }
}
