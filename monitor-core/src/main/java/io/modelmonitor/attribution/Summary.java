package io.modelmonitor.attribution;

import io.modelmonitor.stats.attribution.Aggregation;
import java.util.List;

/**
 * The summary of explained rows that is reported.
 *
 * @param aggregation how contributions become one number for each feature
 * @param labels what the outputs are called; empty for names made up
 * @param seed what makes sampling and resampling repeatable
 */
record Summary(Aggregation aggregation, List<String> labels, long seed) {

    Summary withAggregation(Aggregation newAggregation) {
        return new Summary(newAggregation, labels, seed);
    }

    Summary withLabels(List<String> newLabels) {
        return new Summary(aggregation, newLabels, seed);
    }

    Summary withSeed(long newSeed) {
        return new Summary(aggregation, labels, newSeed);
    }

    /** Returns an output's name; the empty one of a model with one output, unless it was given a name. */
    String label(int output, int outputs) {
        if (output < labels.size()) {
            return labels.get(output);
        }
        return outputs == 1 ? "" : "label" + output;
    }
}
