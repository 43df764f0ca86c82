package io.modelmonitor;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Reference;
import io.modelmonitor.api.Row;
import io.modelmonitor.spi.MetricCalculator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/** Runs one calculator over the rows. When it throws, it is left alone from then on, and the others go on. */
final class CalculatorLane implements Lane {

    private final MetricCalculator calculator;
    private @Nullable Running<?> running;
    private @Nullable String failure;
    private long rows;

    CalculatorLane(MetricCalculator calculator, Reference reference) {
        this.calculator = calculator;
        try {
            this.running = Running.start(calculator.against(reference));
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    @Override
    public void accept(Batch batch) {
        Running<?> present = running;
        if (present == null) {
            return;
        }
        try {
            for (int i = 0; i < batch.size(); i++) {
                present.accept(batch.row(i));
                rows++;
            }
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /** Returns what was measured; nothing if the calculator failed. */
    List<Metric> finish() {
        Running<?> present = running;
        if (present == null) {
            return List.of();
        }
        try {
            return List.copyOf(present.finish());
        } catch (RuntimeException e) {
            fail(e);
            return List.of();
        }
    }

    /** Returns what went wrong, in one line, or null if nothing did. */
    @Nullable
    String failure() {
        return failure;
    }

    private void fail(RuntimeException e) {
        running = null;
        failure = "calculator " + calculator.getClass().getSimpleName() + " at row " + (rows + 1) + ": "
                + e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    private record Running<A>(
            Collector<Row, A, List<Metric>> collector, A state, BiConsumer<A, ? super Row> accumulator) {

        static <A> Running<A> start(Collector<Row, A, List<Metric>> collector) {
            return new Running<>(collector, collector.supplier().get(), collector.accumulator());
        }

        void accept(Row row) {
            accumulator.accept(state, row);
        }

        List<Metric> finish() {
            return collector.finisher().apply(state);
        }
    }
}
