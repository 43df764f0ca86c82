package io.modelmonitor.spi;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Feature;
import io.modelmonitor.api.Metric;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A calculator that does what another one does, unless a method is overridden; serialisable if that one is. */
abstract class DelegatingCalculator<S> implements MetricCalculator<S>, Serializable {

    private static final long serialVersionUID = 1L;

    final MetricCalculator<S> calculator;

    DelegatingCalculator(MetricCalculator<S> calculator) {
        this.calculator = calculator;
    }

    @Override
    public String name() {
        return calculator.name();
    }

    @Override
    public String stateName() {
        return calculator.stateName();
    }

    @Override
    public S start() {
        return calculator.start();
    }

    @Override
    public void add(S state, Batch batch) {
        calculator.add(state, batch);
    }

    @Override
    public List<? extends Consumer<Batch>> consumers(S state) {
        return calculator.consumers(state);
    }

    @Override
    public S merge(S earlier, S later) {
        return calculator.merge(earlier, later);
    }

    @Override
    public S complete(S state) {
        return calculator.complete(state);
    }

    @Override
    public List<Metric> measure(S current, @Nullable S reference, Constraints wanted) {
        return calculator.measure(current, reference, wanted);
    }

    @Override
    public @Nullable Predicate<Batch> rowsBehind(
            Constraint violated, Supplier<S> current, @Nullable S reference, Constraints wanted) {
        return calculator.rowsBehind(violated, current, reference, wanted);
    }

    @Override
    public void write(S state, DataOutput out) throws IOException {
        calculator.write(state, out);
    }

    @Override
    public S read(DataInput in) throws IOException {
        return calculator.read(in);
    }

    @Override
    public boolean isOnOneThread() {
        return calculator.isOnOneThread();
    }

    @Override
    public List<Constraint> suggest(S state, List<Metric> metrics) {
        return calculator.suggest(state, metrics);
    }

    @Override
    public List<Feature> reads() {
        return calculator.reads();
    }

    @Override
    public @Nullable String mismatch(S reference) {
        return calculator.mismatch(reference);
    }

    @Override
    public @Nullable String obstacle(List<Metric> metrics) {
        return calculator.obstacle(metrics);
    }

    @Override
    public List<Feature> features(S state) {
        return calculator.features(state);
    }

    @Override
    public String toString() {
        return name();
    }

    /** A calculator that is serialised as what makes it. */
    static final class Portable<S> extends DelegatingCalculator<S> {

        private static final long serialVersionUID = 1L;

        private final Maker maker;

        private Portable(MetricCalculator<S> made, Maker maker) {
            super(made);
            this.maker = maker;
        }

        static MetricCalculator<?> of(Maker maker) {
            return of(maker.get(), maker);
        }

        private static <S> Portable<S> of(MetricCalculator<S> made, Maker maker) {
            return new Portable<>(made, maker);
        }

        @Override
        public MetricCalculator<S> beside(List<List<S>> windows) {
            return new Portable<>(calculator.beside(windows), maker);
        }

        private Object writeReplace() throws ObjectStreamException {
            return new Serialised(maker);
        }

        /** The serialised form. */
        private record Serialised(Maker maker) implements Serializable {

            private Object readResolve() throws ObjectStreamException {
                return of(maker);
            }
        }
    }

    /** A calculator that is fed on the calling thread only. */
    static final class OnOneThread<S> extends DelegatingCalculator<S> {

        private static final long serialVersionUID = 1L;

        OnOneThread(MetricCalculator<S> calculator) {
            super(calculator);
        }

        @Override
        public MetricCalculator<S> beside(List<List<S>> windows) {
            return new OnOneThread<>(calculator.beside(windows));
        }

        @Override
        public boolean isOnOneThread() {
            return true;
        }
    }

    /** A calculator with another name, within which its metrics are named. */
    static final class Named<S> extends DelegatingCalculator<S> {

        private static final long serialVersionUID = 1L;

        private final String name;

        Named(MetricCalculator<S> calculator, String name) {
            super(calculator);
            if (name.isBlank()) {
                throw new IllegalArgumentException("name is '" + name + "'; allowed is anything but blanks");
            }
            this.name = name;
        }

        @Override
        public MetricCalculator<S> beside(List<List<S>> windows) {
            return new Named<>(calculator.beside(windows), name);
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String stateName() {
            return calculator.stateName().equals(calculator.name()) ? name : calculator.stateName();
        }

        @Override
        public List<Metric> measure(S current, @Nullable S reference, Constraints wanted) {
            return calculator.measure(current, reference, wanted.within(name)).stream()
                    .map(metric -> metric.withId(metric.id().in(name)))
                    .toList();
        }

        @Override
        public @Nullable Predicate<Batch> rowsBehind(
                Constraint violated, Supplier<S> current, @Nullable S reference, Constraints wanted) {
            List<Constraint> inside =
                    Constraints.none().with(violated).within(name).list();
            return inside.isEmpty()
                    ? null
                    : calculator.rowsBehind(inside.get(0), current, reference, wanted.within(name));
        }

        @Override
        public List<Constraint> suggest(S state, List<Metric> metrics) {
            List<Metric> unnamed = calculator.measure(state, null, Constraints.none());
            return calculator.suggest(state, unnamed).stream()
                    .map(constraint -> new Constraint(constraint.id().in(name), constraint.bound()))
                    .toList();
        }
    }
}
