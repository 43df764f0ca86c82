package io.modelmonitor;

import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Reference;
import io.modelmonitor.spi.MetricCalculator;
import io.modelmonitor.stats.sketch.Profile;
import java.util.List;
import java.util.stream.Stream;

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
        ProfileLanes profile = new ProfileLanes();
        List<CalculatorLane> watching = calculators.stream()
                .map(calculator -> new CalculatorLane(calculator, reference))
                .toList();
        Pass.Result read = Pass.read(dataset, watching, profile.lanes(), threads);
        List<Metric> metrics =
                watching.stream().flatMap(lane -> lane.finish().stream()).toList();
        List<String> failures = watching.stream()
                .flatMap(lane -> Stream.ofNullable(lane.failure()))
                .toList();
        return new Measurement(profile.finish(read.schema().names(), read.rows()), metrics, read.problems(), failures);
    }
}
