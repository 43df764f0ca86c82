package io.modelmonitor.spark;

import io.modelmonitor.Measurement;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Merges measurements that come in the order of their places, those of the same group of places into one, at the group's first
 * place. Holds one measurement and the one that is merged into it.
 */
final class PlacedMerging implements MapPartitionsFunction<Row, Tuple2<Integer, byte[]>> {

    private static final long serialVersionUID = 1L;

    /** A place, and the bytes of the measurement there. */
    static final Encoder<Tuple2<Integer, byte[]>> ENCODER = Encoders.tuple(Encoders.INT(), Encoders.BINARY());

    private final int neighbours;
    private final ShippedCalculators calculators;

    /** @param neighbours how many places make a group */
    PlacedMerging(int neighbours, ShippedCalculators calculators) {
        this.neighbours = neighbours;
        this.calculators = calculators;
    }

    @Override
    public Iterator<Tuple2<Integer, byte[]>> call(Iterator<Row> placed) {
        Placed states = new Placed(placed);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return states.next != null;
            }

            @Override
            public Tuple2<Integer, byte[]> next() {
                int first = states.place();
                byte[] state = states.take();
                if (!states.isOfGroup(first / neighbours)) {
                    return new Tuple2<>(first, state); // alone, and so merged already
                }
                Measurement merged = Measurement.merged(() -> states.ofGroup(first / neighbours, state));
                return new Tuple2<>(first, ShippedCalculators.write(merged));
            }
        };
    }

    /** The measurements that are still to be merged. */
    private final class Placed {

        private final Iterator<Row> rest;
        private @Nullable Row next;

        private Placed(Iterator<Row> rest) {
            this.rest = rest;
            advance();
        }

        private void advance() {
            next = rest.hasNext() ? rest.next() : null;
        }

        private Row require() {
            if (next == null) {
                throw new NoSuchElementException();
            }
            return next;
        }

        private int place() {
            return require().getInt(0);
        }

        /** Returns the bytes of the next measurement, and goes on behind it. */
        private byte[] take() {
            byte[] bytes = require().getAs(1);
            advance();
            return bytes;
        }

        private boolean isOfGroup(int group) {
            return next != null && place() / neighbours == group;
        }

        /** Returns a measurement and those behind it up to the end of a group. */
        private Iterator<Measurement> ofGroup(int group, byte[] taken) {
            return new Iterator<>() {
                private byte @Nullable [] first = taken;

                @Override
                public boolean hasNext() {
                    return first != null || isOfGroup(group);
                }

                @Override
                public Measurement next() {
                    byte[] bytes = first != null ? first : take();
                    first = null;
                    return calculators.read(bytes);
                }
            };
        }
    }
}
