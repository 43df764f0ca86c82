package io.modelmonitor.sagemaker;

import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Reference;
import io.modelmonitor.api.Row;
import io.modelmonitor.spi.MetricCalculator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collector;

/**
 * Sums and standard deviations with the service's rounding: plain sums in the order of the rows, and Welford's recurrence,
 * <i>Note on a method for calculating corrected sums of squares and products</i> (Technometrics 4, 1962), number by number.
 * The profile's own are more exact, so they differ in the last digits.
 */
final class ServiceArithmetic implements MetricCalculator {

    static final String SUM = "service.sum";
    static final String DEVIATION = "service.std_dev";

    @Override
    public Collector<Row, ?, List<Metric>> against(Reference reference) {
        return Collector.of(Table::new, Table::add, Table::merge, Table::metrics);
    }

    private static final class Table {

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
            for (int i = names.size(); i < later.names.size(); i++) {
                names.add(later.names.get(i));
                columns.add(new Column());
            }
            for (int i = 0; i < later.columns.size(); i++) {
                columns.get(i).add(later.columns.get(i));
            }
            return this;
        }

        private List<Metric> metrics() {
            List<Metric> metrics = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                Column column = columns.get(i);
                if (column.count > 0) {
                    metrics.add(new Metric(SUM, names.get(i), column.sum));
                    metrics.add(new Metric(DEVIATION, names.get(i), Math.sqrt(column.squares / column.count)));
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
