package io.modelmonitor;

import io.modelmonitor.Scan.BatchConsumer;
import io.modelmonitor.api.Batch;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Schema;
import io.modelmonitor.spi.MetricCalculator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The states of some calculators while rows are added.
 *
 * <p>A state with one consumer is filled by rows: blocks of {@value #BLOCK} rows are dealt out in turn to {@value #SHARES} states,
 * which are merged in their order at the end. Which state a row goes to depends on its number alone, not on batches or threads;
 * so the result is the same for any of them. A state with several parallel is filled by these.
 */
final class Accumulation {

    private static final int BLOCK = 4096;
    private static final int SHARES = 4;

    private final List<Part<?>> parts = new ArrayList<>();
    private final List<BatchConsumer> confined = new ArrayList<>();
    private final List<BatchConsumer> shared = new ArrayList<>();

    Accumulation(List<MetricCalculator<?>> calculators) {
        Map<String, MetricCalculator<?>> byState = new LinkedHashMap<>();
        calculators.forEach(calculator -> byState.putIfAbsent(calculator.stateName(), calculator));
        byState.values().forEach(calculator -> parts.add(new Part<>(calculator)));
        for (Part<?> part : parts) {
            (part.calculator.isOnOneThread() ? confined : shared).addAll(part.consumers);
        }
    }

    /** Returns the consumers that have to stay on one thread. */
    List<BatchConsumer> confined() {
        return confined;
    }

    /** Returns the consumers that may run on any thread. */
    List<BatchConsumer> shared() {
        return shared;
    }

    /** Takes the next batch, on this thread. */
    void accept(Batch batch) {
        confined.forEach(consumer -> consumer.accept(batch));
        shared.forEach(consumer -> consumer.accept(batch));
    }

    /**
     * Returns what was measured; nothing may be added afterwards.
     *
     * @param schema all columns met, in order
     * @param rows the number of rows seen
     * @param problems what was wrong with them
     */
    Measurement finish(
            Schema schema, long rows, List<DataProblem> problems, @Nullable Instant start, @Nullable Instant end) {
        Map<String, Measurement.Entry<?>> entries = new LinkedHashMap<>();
        for (Part<?> part : parts) {
            entries.put(part.calculator.stateName(), part.finish());
        }
        return new Measurement(entries, schema.names(), rows, start, end, problems);
    }

    /** The states of one calculator. */
    private static final class Part<S> {

        private final MetricCalculator<S> calculator;
        private final List<S> states = new ArrayList<>();
        private final List<Guarded> consumers = new ArrayList<>();
        private @Nullable String unstarted;

        private Part(MetricCalculator<S> calculator) {
            this.calculator = calculator;
            try {
                S state = calculator.start();
                states.add(state);
                List<? extends Consumer<Batch>> parallel = calculator.consumers(state);
                if (parallel.size() > 1) {
                    parallel.forEach(consumer -> consumers.add(new Guarded(consumer, 0, 1)));
                } else if (calculator.isOnOneThread()) {
                    consumers.add(new Guarded(parallel.get(0), 0, 1));
                } else {
                    share(parallel.get(0));
                }
            } catch (Throwable e) { // code of the user may throw anything
                consumers.clear();
                unstarted = Failures.describe(e);
            }
        }

        private void share(Consumer<Batch> ofFirst) {
            consumers.add(new Guarded(ofFirst, 0, SHARES));
            for (int share = 1; share < SHARES; share++) {
                S state = calculator.start();
                states.add(state);
                consumers.add(new Guarded(batch -> calculator.add(state, batch), share, SHARES));
            }
        }

        private Measurement.Entry<S> finish() {
            if (unstarted != null) {
                return new Measurement.Entry<>(calculator, null, unstarted);
            }
            Guarded failed = null;
            for (Guarded consumer : consumers) {
                boolean isEarlier = consumer.failure != null && (failed == null || consumer.failedAt < failed.failedAt);
                failed = isEarlier ? consumer : failed;
            }
            if (failed != null) {
                return new Measurement.Entry<>(calculator, null, failed.failure);
            }
            try {
                S merged = states.get(0);
                for (S state : states.subList(1, states.size())) {
                    merged = calculator.merge(merged, state);
                }
                return new Measurement.Entry<>(calculator, calculator.complete(merged), null);
            } catch (Throwable e) { // code of the user may throw anything
                return new Measurement.Entry<>(calculator, null, Failures.describe(e));
            }
        }
    }

    /** A consumer of some blocks of rows that, once it has failed, is left alone; the others go on. */
    private static final class Guarded implements BatchConsumer {

        private final Consumer<Batch> consumer;
        private final int share;
        private final int shares;
        private long rows;
        private long failedAt;
        private @Nullable String failure;

        private Guarded(Consumer<Batch> consumer, int share, int shares) {
            this.consumer = consumer;
            this.share = share;
            this.shares = shares;
        }

        @Override
        public void accept(Batch batch) {
            long first = rows;
            rows += batch.size();
            if (shares == 1) {
                add(batch, first, 0);
                return;
            }
            for (int from = 0; from < batch.size(); ) {
                long block = (first + from) / BLOCK;
                int to = (int) Math.min(batch.size(), (block + 1) * BLOCK - first);
                if (block % shares == share) {
                    add(batch.slice(from, to), first, from);
                }
                from = to;
            }
        }

        /** Adds a part of a batch that was read, whose rows begin behind so many others. */
        private void add(Batch batch, long rowsBefore, int from) {
            if (failure != null || batch.size() == 0) {
                return;
            }
            try {
                consumer.accept(batch);
            } catch (Batch.RowException e) {
                failedAt = rowsBefore + e.index() + 1;
                Throwable cause = e.getCause();
                failure = "at row " + failedAt + ": " + Failures.describe(cause == null ? e : cause);
            } catch (Throwable e) { // code of the user may throw anything
                failedAt = rowsBefore + from + 1;
                failure = "in rows " + failedAt + " to " + (failedAt + batch.size() - 1) + ": " + Failures.describe(e);
            }
        }
    }
}
