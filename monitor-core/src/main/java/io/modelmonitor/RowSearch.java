package io.modelmonitor;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Row;
import io.modelmonitor.spi.MetricCalculator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Searches a dataset for rows by a test of batches. A batch in which there is one is halved until the row is found. */
final class RowSearch {

    private RowSearch() {}

    /** Returns the rows from which a violation comes, as {@link Monitor#rowsBehind} does. */
    static Stream<Row> rows(Constraint violated, Dataset dataset, MonitorSettings settings, Baseline baseline) {
        for (MetricCalculator<?> calculator : settings.calculators) {
            Predicate<Batch> test = test(calculator, violated, dataset, settings, baseline);
            if (test != null) {
                return rows(dataset, test);
            }
        }
        return Stream.empty();
    }

    private static <S> @Nullable Predicate<Batch> test(
            MetricCalculator<S> calculator,
            Constraint violated,
            Dataset dataset,
            MonitorSettings settings,
            Baseline baseline) {
        Supplier<S> current = () -> {
            Measurement measured = Measurement.of(dataset, List.of(calculator), settings.threads);
            S state = measured.state(calculator);
            return state == null ? calculator.start() : state;
        };
        return calculator.rowsBehind(violated, current, baseline.measurement().state(calculator), settings.constraints);
    }

    private static Stream<Row> rows(Dataset dataset, Predicate<Batch> test) {
        Dataset.Cursor cursor = dataset.open();
        Spliterator<Batch> batches =
                new AbstractSpliterator<>(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL) {
                    @Override
                    public boolean tryAdvance(Consumer<? super Batch> action) {
                        @Nullable Batch next = cursor.next();
                        if (next == null) {
                            cursor.close();
                            return false;
                        }
                        action.accept(next);
                        return true;
                    }
                };
        return StreamSupport.stream(batches, false)
                .flatMap(batch -> found(batch, test))
                .onClose(cursor::close);
    }

    private static Stream<Row> found(Batch batch, Predicate<Batch> test) {
        if (!test.test(batch)) {
            return Stream.empty();
        }
        if (batch.size() == 1) {
            return Stream.of(batch.row(0));
        }
        int half = batch.size() / 2;
        // The second half is looked at when the first has been read: a reader who wants few rows pays for few.
        return Stream.of(batch.slice(0, half), batch.slice(half, batch.size())).flatMap(part -> found(part, test));
    }
}
