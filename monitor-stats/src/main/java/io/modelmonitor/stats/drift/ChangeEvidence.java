package io.modelmonitor.stats.drift;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Evidence;
import java.util.List;

/**
 * The evidence for a column that may have changed in several ways: the least p-value of those that exceed the bound, times the
 * number of ways that could be tested (Bonferroni). So a large change that chance explains and a tiny one that it does not
 * make no alarm together. Tests are made when first asked for.
 *
 * @param changes the ways
 */
record ChangeEvidence(List<Change> changes) implements Evidence {

    @Override
    public double pValue(double value, Bound bound) {
        double least = 1;
        int tested = 0;
        for (Change change : changes) {
            TestResult result = change.test().get();
            if (result.isDefined()) {
                tested++;
                if (!bound.holds(change.effect())) {
                    least = Math.min(least, result.pValue());
                }
            }
        }
        return Math.min(1, Math.max(1, tested) * least);
    }

    /** Returns what chance alone gives of the greatest change, which is the one that a metric shows. */
    @Override
    public double expectedByChance() {
        return greatest().expected().getAsDouble();
    }

    /** Returns the greatest change; of equal ones the first. */
    Change greatest() {
        Change greatest = changes.get(0);
        for (Change change : changes) {
            greatest = change.effect() > greatest.effect() ? change : greatest;
        }
        return greatest;
    }

    @Override
    public String toString() {
        return "test for change";
    }
}
