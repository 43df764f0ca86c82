package io.modelmonitor;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Reference;
import io.modelmonitor.api.Schema;
import io.modelmonitor.spi.MetricCalculator;
import java.util.List;
import java.util.stream.Stream;

/** A measurement that is under way: everything that looks at the rows. Not safe for use by several threads at once. */
final class Measuring {

    private final ProfileLanes profile = new ProfileLanes();
    private final List<CalculatorLane> calculators;

    Measuring(List<MetricCalculator> calculators, Reference reference) {
        this.calculators = calculators.stream()
                .map(calculator -> new CalculatorLane(calculator, reference))
                .toList();
    }

    /** Returns the lanes that run code of the user, which has to stay on one thread. */
    List<? extends Lane> confined() {
        return calculators;
    }

    /** Returns the lanes that may run on any thread. */
    List<? extends Lane> shared() {
        return profile.lanes();
    }

    /** Takes the next batch, on this thread. */
    void accept(Batch batch) {
        confined().forEach(lane -> lane.accept(batch));
        shared().forEach(lane -> lane.accept(batch));
    }

    /**
     * Returns what was measured; nothing may be added afterwards.
     *
     * @param schema all columns met, in order
     * @param rows the number of rows seen
     * @param problems what was wrong with them
     */
    Measurement finish(Schema schema, long rows, List<DataProblem> problems) {
        List<Metric> metrics =
                calculators.stream().flatMap(lane -> lane.finish().stream()).toList();
        List<String> failures = calculators.stream()
                .flatMap(lane -> Stream.ofNullable(lane.failure()))
                .toList();
        return new Measurement(profile.finish(schema.names(), rows), metrics, problems, failures);
    }
}
