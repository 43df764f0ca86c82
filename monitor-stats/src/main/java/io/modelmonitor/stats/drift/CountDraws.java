package io.modelmonitor.stats.drift;

import io.modelmonitor.api.Distribution;
import io.modelmonitor.spi.DriftMeasure;
import java.util.List;

/** Draws counts by {@link LabelSwaps}, and measures them. */
final class CountDraws implements Draws {

    private final List<DriftMeasure> measures;
    private final LabelSwaps swaps;
    private final double[] one;
    private final double[] other;
    private Distribution reference;
    private Distribution current;

    CountDraws(Distribution reference, Distribution current, List<DriftMeasure> measures) {
        this.reference = reference;
        this.current = current;
        this.measures = List.copyOf(measures);
        swaps = new LabelSwaps(reference, current);
        one = new double[reference.size()];
        other = new double[one.length];
    }

    @Override
    public void next() {
        swaps.next(one, other);
        reference = reference.withCounts(one);
        current = current.withCounts(other);
    }

    @Override
    public double size(int distance) {
        return measures.get(distance).between(reference, current);
    }
}
