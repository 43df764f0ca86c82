package io.modelmonitor.fairness;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Evidence;

/** The evidence of a group too small to be judged: chance explains anything. */
enum TooFewPeople implements Evidence {
    INSTANCE;

    @Override
    public double pValue(double value, Bound bound) {
        return 1;
    }

    @Override
    public String toString() {
        return "too few people";
    }
}
