package io.modelmonitor.api;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** An immutable list of doubles in eight bytes each, a third of what boxed ones take. */
final class Doubles extends AbstractList<Double> implements RandomAccess {

    private final double[] values;

    private Doubles(double[] values) {
        this.values = values;
    }

    /** Returns an immutable copy of a list. */
    static List<Double> copyOf(List<Double> list) {
        return list instanceof Doubles
                ? list
                : new Doubles(list.stream().mapToDouble(Double::doubleValue).toArray());
    }

    @Override
    public Double get(int index) {
        return values[index];
    }

    @Override
    public int size() {
        return values.length;
    }
}
