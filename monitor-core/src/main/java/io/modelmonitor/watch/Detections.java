package io.modelmonitor.watch;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Report;
import io.modelmonitor.stats.detection.ChangeDetector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The detectors that look at series of metrics from window to window. What they know is not saved: it is made anew from the history. Not safe for
 * use by several threads.
 */
final class Detections {

    private static final Logger LOGGER = LoggerFactory.getLogger(Detections.class);

    private final List<One> all = new ArrayList<>();

    /**
     * A detector of a metric, as it is configured.
     *
     * @param name its name, for alerts
     * @param made makes a detector that has seen nothing
     */
    record Setting(String name, Supplier<ChangeDetector> made, MetricId id) {

        /** Returns the constraint that is violated in a window in which it finds a change. */
        Constraint constraint() {
            return new Constraint(id.subject(), id.name() + "." + name, Bound.atMost(0));
        }
    }

    /** A verdict of a detector. */
    record Verdict(Constraint constraint, double value, boolean isChange) {}

    private static final class One {
        private final Setting setting;
        private ChangeDetector detector;
        private Instant last = Instant.EPOCH;
        /** The value before could not be taken, which was logged. */
        private boolean refuses;

        private One(Setting setting) {
            this.setting = setting;
            this.detector = setting.made().get();
        }

        private boolean add(double value, Instant end) {
            last = end;
            try {
                boolean isChange = detector.add(value);
                refuses = false;
                return isChange;
            } catch (RuntimeException e) { // such as a detector of errors that gets a share
                if (!refuses) {
                    LOGGER.warn(
                            "Detector {} of {} cannot take {}, nor others until one is taken",
                            setting.name(),
                            setting.id(),
                            value,
                            e);
                }
                refuses = true;
                return false;
            }
        }
    }

    Detections(List<Setting> settings) {
        settings.forEach(setting -> all.add(new One(setting)));
    }

    /** Gives detectors the value of a window; undefined ones are passed over. */
    List<Verdict> add(Report report, Window window) {
        List<Verdict> verdicts = new ArrayList<>();
        for (One one : all) {
            for (Metric metric : report.metrics()) {
                if (metric.id().equals(one.setting.id()) && metric.isDefined()) {
                    boolean isChange = one.add(metric.value(), window.end());
                    verdicts.add(new Verdict(one.setting.constraint(), metric.value(), isChange));
                }
            }
        }
        return verdicts;
    }

    /** Lets detectors begin anew. */
    void forget() {
        for (One one : all) {
            one.detector = one.setting.made().get();
            one.last = Instant.EPOCH;
        }
    }

    /** Gives detectors what the history has of windows that end after those that they know, up to a moment. */
    void catchUp(Function<MetricId, List<History.Point>> series, Instant until) {
        for (One one : all) {
            for (History.Point point : series.apply(one.setting.id())) {
                Instant end = point.window().end();
                if (end.isAfter(one.last) && !end.isAfter(until) && !Double.isNaN(point.value())) {
                    one.add(point.value(), end);
                }
            }
        }
    }
}
