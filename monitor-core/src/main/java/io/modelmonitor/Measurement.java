package io.modelmonitor;

import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Reference;
import io.modelmonitor.spi.MetricCalculator;
import io.modelmonitor.stats.sketch.Profile;
import java.util.List;

/**
 * What a profile and the calculators say of a dataset, from one reading of it. Baselines and windows are both this.
 *
 * @param profile the profile of every column
 * @param metrics what the calculators measured, in their order
 * @param problems bad data met while reading
 * @param failures calculators that threw, one line each
 */
record Measurement(Profile profile, List<Metric> metrics, List<DataProblem> problems, List<String> failures) {

    static Measurement of(Dataset dataset, List<MetricCalculator> calculators, Reference reference, int threads) {
        Measuring measuring = new Measuring(calculators, reference);
        Pass.Result read = Pass.read(dataset, measuring.confined(), measuring.shared(), threads);
        return measuring.finish(read.schema(), read.rows(), read.problems());
    }
}
