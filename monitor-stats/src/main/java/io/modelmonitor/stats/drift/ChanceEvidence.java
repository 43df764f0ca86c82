package io.modelmonitor.stats.drift;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Evidence;
import java.util.function.Supplier;

/**
 * The evidence of a named distance: what chance says of it, computed when first asked for. Where chance says nothing,
 * because a user's measure is undefined for every draw, it explains nothing either.
 */
final class ChanceEvidence implements Evidence {

    private final Once<Chance> chance;

    ChanceEvidence(Supplier<Chance> chance) {
        this.chance = new Once<>(chance);
    }

    @Override
    public double pValue(double value, Bound bound) {
        double p = chance.get().pValue();
        return Double.isNaN(p) ? 0 : p;
    }

    @Override
    public double expectedByChance() {
        return chance.get().expected();
    }

    @Override
    public String toString() {
        return "distribution without a change";
    }
}
