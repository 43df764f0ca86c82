package io.modelmonitor.attribution;

import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Row;
import io.modelmonitor.api.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A measured reference, and how a calculator is run over rows. */
record Known(AttributionState state, List<Metric> metrics, List<Constraint> suggested) {

    static Known of(Attribution calculator, List<Row> rows) {
        AttributionState state = state(calculator, rows);
        List<Metric> metrics = calculator.measure(state, null, Constraints.none());
        return new Known(state, metrics, calculator.suggest(state, metrics));
    }

    static @Nullable Metric find(List<Metric> metrics, String name, String subject) {
        return metrics.stream()
                .filter(metric -> metric.name().equals(name) && metric.subject().equals(subject))
                .findFirst()
                .orElse(null);
    }

    static List<Metric> run(Attribution calculator, @Nullable Known reference, List<Row> rows) {
        return measure(calculator, reference, state(calculator, rows));
    }

    /** Runs the first and the other rows by themselves and merges what was collected. */
    static List<Metric> runInTwo(Attribution calculator, List<Row> rows, int first) {
        AttributionState one = calculator.start();
        AttributionState other = calculator.start();
        rows.subList(0, first).forEach(one::add);
        rows.subList(first, rows.size()).forEach(other::add);
        return measure(calculator, null, calculator.complete(calculator.merge(one, other)));
    }

    private static List<Metric> measure(Attribution calculator, @Nullable Known reference, AttributionState state) {
        return reference == null
                ? calculator.measure(state, null, Constraints.none())
                : calculator.measure(
                        state, reference.state, new Constraints(Schema.of(List.of()), reference.suggested));
    }

    private static AttributionState state(Attribution calculator, List<Row> rows) {
        AttributionState state = calculator.start();
        rows.forEach(state::add);
        return calculator.complete(state);
    }
}
