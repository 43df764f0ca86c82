package io.modelmonitor.spi;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Row;
import io.modelmonitor.api.Schema;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/**
 * A calculator whose state is that of a collector over rows, and the number of rows that it took and left out.
 *
 * @param <A> the collector's state
 */
final class CollectorCalculator<A> implements MetricCalculator<CollectorCalculator.State<A>> {

    private static final int DOUBLES = 0;
    private static final int LONGS = 1;
    private static final int INTS = 2;

    private final String name;
    private final Collector<? super Row, A, ?> collector;
    private final BiConsumer<A, ? super Row> accumulator;
    private final Function<State<A>, List<Metric>> metrics;

    private CollectorCalculator(
            String name, Collector<? super Row, A, ?> collector, Function<State<A>, List<Metric>> metrics) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name is '" + name + "'; allowed is anything but blanks");
        }
        this.name = name;
        this.collector = collector;
        this.accumulator = collector.accumulator();
        this.metrics = metrics;
    }

    static <A> CollectorCalculator<A> ofNumber(String name, Collector<? super Row, A, ? extends Number> collector) {
        return new CollectorCalculator<>(name, collector, state -> List.of(number(name, collector, state)));
    }

    static <A> CollectorCalculator<A> ofMetrics(String name, Collector<? super Row, A, List<Metric>> collector) {
        return new CollectorCalculator<>(
                name, collector, state -> collector.finisher().apply(state.collected));
    }

    private static <A> Metric number(
            String name, Collector<? super Row, A, ? extends Number> collector, State<A> state) {
        if (state.taken == 0) {
            return Metric.undefined(
                    MetricId.DATASET,
                    name,
                    state.left == 0 ? "there is no row" : "each of " + state.left + " rows lacks a value it needs");
        }
        Metric metric = Metric.of(
                MetricId.DATASET,
                name,
                collector.finisher().apply(state.collected).doubleValue());
        return state.left == 0
                ? metric
                : metric.withNote(state.left + " of " + (state.left + state.taken) + " rows lack a value it needs");
    }

    /** The state of a collector. */
    static final class State<A> {

        private A collected;
        private long taken;
        private long left;

        private State(A collected) {
            this.collected = collected;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public State<A> start() {
        return new State<>(collector.supplier().get());
    }

    @Override
    public void add(State<A> state, Batch batch) {
        batch.forEachRow(row -> {
            try {
                accumulator.accept(state.collected, new PresentRow(row));
                state.taken++;
            } catch (MissingValue missing) {
                state.left++;
            }
        });
    }

    @Override
    public State<A> merge(State<A> earlier, State<A> later) {
        // A combiner may hand back either state or keep parts of it: what is merged in is a copy where one can be made.
        A other = copy(later.collected);
        earlier.collected = collector.combiner().apply(earlier.collected, other);
        earlier.taken += later.taken;
        earlier.left += later.left;
        return earlier;
    }

    private A copy(A collected) {
        int kind = kind(collected);
        if (kind < 0) {
            return collected;
        }
        A copy = collector.supplier().get();
        if (kind(copy) != kind || length(copy) != length(collected)) {
            return collected;
        }
        System.arraycopy(collected, 0, copy, 0, length(collected));
        return copy;
    }

    @Override
    public List<Metric> measure(State<A> current, @Nullable State<A> reference, Constraints wanted) {
        return metrics.apply(current);
    }

    @Override
    public void write(State<A> state, DataOutput out) throws IOException {
        int kind = kind(state.collected);
        if (kind < 0) {
            throw new UnsupportedOperationException(
                    "calculator '" + name + "' cannot be saved: its collector has a state of "
                            + state.collected.getClass().getSimpleName()
                            + "; collectors into arrays of numbers can be, and implementations of MetricCalculator");
        }
        out.writeLong(state.taken);
        out.writeLong(state.left);
        out.writeByte(kind);
        int length = length(state.collected);
        out.writeInt(length);
        for (int i = 0; i < length; i++) {
            switch (kind) {
                case DOUBLES -> out.writeDouble(((double[]) state.collected)[i]);
                case LONGS -> out.writeLong(((long[]) state.collected)[i]);
                default -> out.writeInt(((int[]) state.collected)[i]);
            }
        }
    }

    @Override
    public State<A> read(DataInput in) throws IOException {
        State<A> state = start();
        state.taken = in.readLong();
        state.left = in.readLong();
        int kind = in.readByte();
        int length = in.readInt();
        if (kind < 0
                || kind != kind(state.collected)
                || length != length(state.collected)
                || state.taken < 0
                || state.left < 0) {
            throw new IllegalArgumentException(
                    "calculator '" + name + "' has another collector than the one that was saved");
        }
        for (int i = 0; i < length; i++) {
            switch (kind) {
                case DOUBLES -> ((double[]) state.collected)[i] = in.readDouble();
                case LONGS -> ((long[]) state.collected)[i] = in.readLong();
                default -> ((int[]) state.collected)[i] = in.readInt();
            }
        }
        return state;
    }

    private static int length(Object collected) {
        if (collected instanceof double[] doubles) {
            return doubles.length;
        }
        return collected instanceof long[] longs ? longs.length : ((int[]) collected).length;
    }

    private static int kind(Object collected) {
        if (collected instanceof double[]) {
            return DOUBLES;
        }
        if (collected instanceof long[]) {
            return LONGS;
        }
        return collected instanceof int[] ? INTS : -1;
    }

    @Override
    public String toString() {
        return name;
    }

    /** A missing value was asked for. */
    private static final class MissingValue extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private MissingValue() {
            super("a missing value was asked for", null, false, false);
        }
    }

    /** A row that ends where a missing value is read. */
    private record PresentRow(Row row) implements Row {

        @Override
        public Schema schema() {
            return row.schema();
        }

        @Override
        public boolean isMissing(int column) {
            return row.isMissing(column);
        }

        @Override
        public double number(int column) {
            double number = row.number(column);
            if (Double.isNaN(number)) {
                throw new MissingValue();
            }
            return number;
        }

        @Override
        public String text(int column) {
            String text = row.text(column);
            if (text == null) {
                throw new MissingValue();
            }
            return text;
        }

        @Override
        public String toString() {
            return row.toString();
        }
    }
}
