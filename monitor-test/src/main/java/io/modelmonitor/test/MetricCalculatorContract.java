package io.modelmonitor.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Column;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Schema;
import io.modelmonitor.spi.MetricCalculator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * The laws of every metric calculator: states merge however rows are split, and survive being written. A test class of a
 * calculator implements this and inherits its tests:
 *
 * <pre>{@code
 * class MyCalculatorTest implements MetricCalculatorContract<MyState> {
 *     public MetricCalculator<MyState> calculator() { return new MyCalculator(); }
 *     public Dataset rows() { return Datasets.csv(Path.of("some-hundred-rows.csv")); }
 * }
 * }</pre>
 *
 * @param <S> the calculator's state
 */
public interface MetricCalculatorContract<S> {

    /** Returns the calculator under test. */
    MetricCalculator<S> calculator();

    /** Returns some hundred rows that the calculator has something to say of; equal rows each time. */
    Dataset rows();

    /** Returns whether states can be written; if not, writing one has to be refused with the calculator's name. */
    default boolean canBeSaved() {
        return true;
    }

    /** Returns how far a value may be from that of one pass over all rows, as a share of it (of 1 for small values). */
    default double tolerance() {
        return 1e-9;
    }

    /** An empty state is neutral on either side of a merge. */
    @Test
    default void anEmptyStateIsNeutral() {
        List<Metric> whole = Laws.measured(calculator(), Laws.state(calculator(), Laws.batches(rows())));
        MetricCalculator<S> calculator = calculator();
        S left = calculator.merge(calculator.start(), Laws.state(calculator, Laws.batches(rows())));
        S right = calculator.merge(Laws.state(calculator, Laws.batches(rows())), calculator.start());
        Laws.same(Laws.measured(calculator, left), whole);
        Laws.same(Laws.measured(calculator, right), whole);
    }

    /** States of no rows merge, are measured, and say nothing that is not a number without saying why. */
    @Test
    default void noRowsAreMeasuredWithoutFailing() {
        MetricCalculator<S> calculator = calculator();
        S nothing = calculator.complete(calculator.merge(calculator.start(), calculator.start()));
        assertThat(calculator.measure(nothing, null, Constraints.none())).allSatisfy(metric -> assertThat(
                        metric.isDefined() || !metric.note().isEmpty())
                .as("%s", metric)
                .isTrue());
    }

    /** The split of rows into batches changes nothing. */
    @Test
    default void anySplitIntoBatchesGivesTheSame() {
        MetricCalculator<S> calculator = calculator();
        List<Metric> whole = Laws.measured(calculator, Laws.state(calculator, Laws.batches(rows())));
        for (long seed = 1; seed <= 5; seed++) {
            List<Batch> pieces = Laws.pieces(rows(), seed);
            Laws.alike(Laws.measured(calculator, Laws.state(calculator, pieces)), whole, tolerance());
        }
    }

    /** Parts that are merged, as any tree of merges that keeps their order, are the whole. */
    @Test
    default void anyTreeOfMergesGivesTheSame() {
        MetricCalculator<S> calculator = calculator();
        List<Metric> whole = Laws.measured(calculator, Laws.state(calculator, Laws.batches(rows())));
        for (long seed = 1; seed <= 10; seed++) {
            S merged = Laws.merged(calculator, Laws.pieces(rows(), seed), new Random(seed), false);
            Laws.alike(Laws.measured(calculator, merged), whole, tolerance());
        }
    }

    /** Merging changes neither the later state, nor does anything that happens to the merged one. */
    @Test
    default void mergingLeavesTheLaterStateAlone() {
        MetricCalculator<S> calculator = calculator();
        List<Batch> pieces = Laws.pieces(rows(), 3);
        List<Metric> expected = Laws.measured(calculator, Laws.state(calculator, pieces));
        S later = Laws.state(calculator, pieces);
        S merged = calculator.merge(calculator.start(), later);
        pieces.forEach(piece -> calculator.add(merged, piece));
        calculator.merge(merged, Laws.state(calculator, pieces));
        Laws.same(Laws.measured(calculator, later), expected);
    }

    /** Measuring a state changes it not at all. */
    @Test
    default void measuringTwiceGivesTheSame() {
        MetricCalculator<S> calculator = calculator();
        S state = calculator.complete(Laws.state(calculator, Laws.batches(rows())));
        List<Metric> once = calculator.measure(state, state, Constraints.none());
        Laws.same(calculator.measure(state, state, Constraints.none()), once);
    }

    /** No two metrics have the same identity, neither by themselves nor beside a reference. */
    @Test
    default void everyMetricHasAnIdentityOfItsOwn() {
        MetricCalculator<S> calculator = calculator();
        S state = calculator.complete(Laws.state(calculator, Laws.batches(rows())));
        for (List<Metric> metrics : List.of(
                calculator.measure(state, null, Constraints.none()),
                calculator.measure(state, state, Constraints.none()))) {
            Set<Object> ids = new HashSet<>();
            assertThat(metrics).allSatisfy(metric -> assertThat(ids.add(metric.id()))
                    .as("%s", metric.id())
                    .isTrue());
        }
    }

    /** Lanes, each of which sees every batch, fill a state as adding does. */
    @Test
    default void lanesFillAStateAsAddingDoes() {
        MetricCalculator<S> calculator = calculator();
        List<Batch> pieces = Laws.pieces(rows(), 4);
        S byLanes = calculator.start();
        for (Consumer<Batch> lane : calculator.consumers(byLanes)) {
            pieces.forEach(lane);
        }
        Laws.same(Laws.measured(calculator, byLanes), Laws.measured(calculator, Laws.state(calculator, pieces)));
    }

    /** A state that was written and read is equal in all that is measured, added and merged later. */
    @Test
    default void writingAndReadingIsTheIdentity() throws IOException {
        MetricCalculator<S> calculator = calculator();
        List<Batch> pieces = Laws.pieces(rows(), 5);
        S state = calculator.complete(Laws.state(calculator, pieces));
        if (!canBeSaved()) {
            assertThatThrownBy(() -> Laws.bytes(calculator, state))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("'" + calculator.name() + "'");
            return;
        }
        S read = Laws.read(calculator, Laws.bytes(calculator, state));
        assertThat(Laws.bytes(calculator, read)).isEqualTo(Laws.bytes(calculator, state));
        Laws.same(
                calculator.measure(read, null, Constraints.none()),
                calculator.measure(state, null, Constraints.none()));
        Laws.same(
                calculator.measure(state, read, Constraints.none()),
                calculator.measure(state, state, Constraints.none()));
        assertThat(calculator.suggest(read, calculator.measure(read, null, Constraints.none())))
                .isEqualTo(calculator.suggest(state, calculator.measure(state, null, Constraints.none())));
        for (Batch piece : pieces) {
            calculator.add(state, piece);
            calculator.add(read, piece);
        }
        Laws.same(Laws.measured(calculator, read), Laws.measured(calculator, state));
        S empty = Laws.read(calculator, Laws.bytes(calculator, calculator.start()));
        Laws.same(
                Laws.measured(calculator, calculator.merge(empty, state)),
                Laws.measured(calculator, calculator.merge(calculator.start(), state)));
    }

    /** Parts that are written, read and merged are the whole. */
    @Test
    default void partsThatWereSavedMergeToTheSame() {
        MetricCalculator<S> calculator = calculator();
        if (canBeSaved()) {
            List<Metric> whole = Laws.measured(calculator, Laws.state(calculator, Laws.batches(rows())));
            S merged = Laws.merged(calculator, Laws.pieces(rows(), 6), new Random(6), true);
            Laws.alike(Laws.measured(calculator, merged), whole, tolerance());
        }
    }

    /** A truncated state is refused; nothing hangs or fills the memory. */
    @Test
    default void aStateThatEndsEarlyIsRefused() throws IOException {
        MetricCalculator<S> calculator = calculator();
        if (canBeSaved()) {
            byte[] bytes = Laws.bytes(calculator, calculator.complete(Laws.state(calculator, Laws.batches(rows()))));
            for (int length = 0; length < bytes.length; length += 1 + bytes.length / 50) {
                byte[] torn = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> Laws.read(calculator, torn))
                        .isInstanceOfAny(IOException.class, IllegalArgumentException.class);
            }
        }
    }

    /** A column that appears late changes nothing of the others, however rows are split. */
    @Test
    default void aSchemaThatGrowsMergesToTheSame() {
        MetricCalculator<S> calculator = calculator();
        List<Batch> growing = Laws.growing(Laws.pieces(rows(), 7));
        List<Metric> whole = Laws.measured(calculator, Laws.state(calculator, growing));
        S merged = Laws.merged(calculator, growing, new Random(7), canBeSaved());
        Laws.alike(Laws.measured(calculator, merged), whole, tolerance());
    }

    /** Helpers of the laws. */
    final class Laws {

        private Laws() {}

        static List<Batch> batches(Dataset dataset) {
            List<Batch> batches = new ArrayList<>();
            try (Dataset.Cursor cursor = dataset.open()) {
                for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                    batches.add(batch);
                }
            }
            return batches;
        }

        /** Cuts rows at random, some pieces being empty. */
        static List<Batch> pieces(Dataset dataset, long seed) {
            Random random = new Random(seed);
            List<Batch> pieces = new ArrayList<>();
            for (Batch batch : batches(dataset)) {
                int from = 0;
                while (from < batch.size()) {
                    int to = Math.min(batch.size(), from + random.nextInt(1 + batch.size() / 4));
                    pieces.add(batch.slice(from, to));
                    from = to;
                }
            }
            return pieces;
        }

        /** Leaves the last column out of the first half of the pieces, but of the first one if that is all there is. */
        static List<Batch> growing(List<Batch> pieces) {
            List<Batch> growing = new ArrayList<>();
            for (int i = 0; i < pieces.size(); i++) {
                Batch piece = pieces.get(i);
                Schema schema = piece.schema();
                List<String> names = new ArrayList<>(schema.names());
                names.add("appears_late");
                Column[] columns = new Column[i < pieces.size() / 2 ? schema.size() : schema.size() + 1];
                for (int j = 0; j < columns.length; j++) {
                    columns[j] = piece.column(Math.min(j, schema.size() - 1));
                }
                growing.add(new Batch(i < pieces.size() / 2 ? schema : Schema.ofNames(names), piece.size(), columns));
            }
            return growing;
        }

        static <S> S state(MetricCalculator<S> calculator, List<Batch> batches) {
            S state = calculator.start();
            batches.forEach(batch -> calculator.add(state, batch));
            return state;
        }

        static <S> List<Metric> measured(MetricCalculator<S> calculator, S state) {
            return calculator.measure(calculator.complete(state), null, Constraints.none());
        }

        /** Merges a state for each batch, neighbours at random, some of them written and read in between. */
        static <S> S merged(MetricCalculator<S> calculator, List<Batch> batches, Random random, boolean saving) {
            List<S> states = new ArrayList<>();
            batches.forEach(batch -> states.add(state(calculator, List.of(batch))));
            while (states.size() > 1) {
                int place = random.nextInt(states.size() - 1);
                S later = states.remove(place + 1);
                S merged = calculator.merge(states.get(place), later);
                states.set(place, saving && random.nextBoolean() ? copy(calculator, merged) : merged);
            }
            return states.get(0);
        }

        private static <S> S copy(MetricCalculator<S> calculator, S state) {
            try {
                return read(calculator, bytes(calculator, state));
            } catch (IOException e) {
                throw new AssertionError("a state that was written cannot be read", e);
            }
        }

        static <S> byte[] bytes(MetricCalculator<S> calculator, S state) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            calculator.write(state, new DataOutputStream(bytes));
            return bytes.toByteArray();
        }

        static <S> S read(MetricCalculator<S> calculator, byte[] bytes) throws IOException {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            S state = calculator.read(in);
            assertThat(in.read()).as("a byte behind the state").isNegative();
            return state;
        }

        /** Compares metrics in all their parts, one after the other, so that a failure names the first that differs. */
        static void same(List<Metric> actual, List<Metric> expected) {
            for (int i = 0; i < Math.min(actual.size(), expected.size()); i++) {
                assertThat(actual.get(i)).isEqualTo(expected.get(i));
            }
            assertThat(actual).hasSameSizeAs(expected);
        }

        /** Compares metrics: the same ones, defined alike, with values and standard errors within a tolerance. */
        static void alike(List<Metric> actual, List<Metric> expected, double tolerance) {
            assertThat(actual.stream().map(Metric::id).toList())
                    .isEqualTo(expected.stream().map(Metric::id).toList());
            for (int i = 0; i < expected.size(); i++) {
                Metric one = actual.get(i);
                Metric other = expected.get(i);
                close(one, one.value(), other.value(), tolerance);
                close(one, one.evidence().standardError(), other.evidence().standardError(), 10 * tolerance);
            }
        }

        private static void close(Metric metric, double actual, double expected, double tolerance) {
            if (Double.isFinite(expected)) {
                assertThat(actual)
                        .as("%s", metric.id())
                        .isCloseTo(expected, within(tolerance * Math.max(1, Math.abs(expected))));
            } else {
                assertThat(Double.compare(actual, expected))
                        .as("%s: %s, not %s", metric.id(), actual, expected)
                        .isZero();
            }
        }
    }
}
