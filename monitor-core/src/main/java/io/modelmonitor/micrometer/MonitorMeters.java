package io.modelmonitor.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.modelmonitor.DataCapture;
import io.modelmonitor.LiveMonitor;
import io.modelmonitor.api.Assessment;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Report;
import io.modelmonitor.capture.CaptureStats;
import io.modelmonitor.watch.Execution;
import io.modelmonitor.watch.Watch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Meters of one monitor for Micrometer: of its reports, of a capture, and of a watch.
 *
 * <pre>{@code
 * MonitorMeters meters = MonitorMeters.of("credit").capture(capture);
 * meters.bindTo(registry);
 * Monitor metered = monitor.reportingTo(meters);
 * }</pre>
 *
 * <p>Every meter has the tag {@code monitor}. In parentheses, what Prometheus shows.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>meaning</th></tr>
 * <tr><td>{@code model.monitor.capture.records}, tag {@code outcome}</td><td>requests that were {@code written}, {@code dropped},
 * {@code failed} or {@code sampled_out} ({@code _total})</td></tr>
 * <tr><td>{@code model.monitor.capture.queued}</td><td>records that wait to be written</td></tr>
 * <tr><td>{@code model.monitor.reports}, tag {@code status}</td><td>reports by verdict ({@code _total})</td></tr>
 * <tr><td>{@code model.monitor.rows}</td><td>rows of the last report</td></tr>
 * <tr><td>{@code model.monitor.violations}</td><td>violated constraints of the last report</td></tr>
 * <tr><td>{@code model.monitor.unmeasured}</td><td>constraints of the last report whose metric has no value</td></tr>
 * <tr><td>{@code model.monitor.window.lag}</td><td>time since the end of the last window that was judged ({@code _seconds})</td></tr>
 * <tr><td>{@code model.monitor.window.close}</td><td>time that it took to measure and judge a window of a watch ({@code _seconds_count},
 * {@code _sum}, {@code _max})</td></tr>
 * <tr><td>{@code model.monitor.alert.state}</td><td>1 while a change that a watch told of lasts, else 0</td></tr>
 * <tr><td>{@code model.monitor.alert.failed}</td><td>alerts that a target did not take ({@code _total})</td></tr>
 * <tr><td>{@code model.monitor.requests.late}</td><td>requests that a live monitor left out, as they came after the window of their time had
 * ended ({@code _total})</td></tr>
 * <tr><td>{@code model.monitor.reports.dropped}</td><td>reports of a live monitor that listeners were too slow for ({@code _total})</td></tr>
 * <tr><td>{@code model.monitor.metric}, tags {@code feature}, {@code metric}</td><td>value of a metric that a constraint names</td></tr>
 * <tr><td>{@code model.monitor.metric.lower}, {@code .upper}, the same tags</td><td>its bounds, where they are finite</td></tr>
 * <tr><td>{@code model.monitor.metric.dropped}</td><td>metrics that are left out because there are too many</td></tr>
 * </table>
 *
 * <p>Metrics without a constraint are not shown, and of those with one at most {@linkplain #maxMetrics as many as said}: the violated ones first,
 * then those with the least p-values. A metric that was not measured has no series, rather than a {@code NaN}. No tag holds a
 * value of the data, except where a constraint names one.
 *
 * <p>Safe for use by several threads. A report costs some 20 microseconds a series and registry, on the thread that judges; scraping
 * blocks nothing.
 */
public final class MonitorMeters implements MeterBinder, Consumer<Report>, BiConsumer<Execution, Report> {

    private static final int MOST = 300;
    private static final String PREFIX = "model.monitor.";

    private final String monitor;
    private final int most;
    private final @Nullable DataCapture capture;
    private final Clock clock;
    private final List<Bound> registries = new CopyOnWriteArrayList<>();
    private volatile @Nullable Watch watch;
    private volatile @Nullable LiveMonitor live;
    private volatile @Nullable Report last;
    private volatile double dropped;

    /** The meters in a registry that come and go. */
    private record Bound(MeterRegistry registry, MultiGauge values, MultiGauge lower, MultiGauge upper, Timer close) {}

    private MonitorMeters(String monitor, int most, @Nullable DataCapture capture, Clock clock) {
        this.monitor = monitor;
        this.most = most;
        this.capture = capture;
        this.clock = clock;
    }

    /** Returns meters with this as the tag {@code monitor}. */
    public static MonitorMeters of(String monitor) {
        return new MonitorMeters(Objects.requireNonNull(monitor, "monitor"), MOST, null, Clock.systemUTC());
    }

    /** Returns meters of a capture too; it is not held by the registry, so that the application must hold it. */
    public MonitorMeters capture(DataCapture newCapture) {
        return new MonitorMeters(monitor, most, Objects.requireNonNull(newCapture, "capture"), clock);
    }

    /**
     * Returns meters of at most so many metrics; 300 unless said, which is up to 900 series with their bounds.
     *
     * @param metrics from 1 to 10,000
     */
    public MonitorMeters maxMetrics(int metrics) {
        if (metrics < 1 || metrics > 10_000) {
            throw new IllegalArgumentException("metrics is " + metrics + "; allowed is 1 to 10000");
        }
        return new MonitorMeters(monitor, metrics, capture, clock);
    }

    /** Returns meters that tell the time by a clock. */
    public MonitorMeters clock(Clock newClock) {
        return new MonitorMeters(monitor, most, capture, Objects.requireNonNull(newClock, "clock"));
    }

    /** Adds the alert state of a watch, whose reports come by {@code afterEach(meters)} when it is built. */
    public void attach(Watch newWatch) {
        watch = Objects.requireNonNull(newWatch, "watch");
    }

    /** Adds what a live monitor leaves out, whose reports come by {@code monitor.reportingTo(meters)}. */
    public void attach(LiveMonitor newLive) {
        live = Objects.requireNonNull(newLive, "live");
    }

    /** Registers the meters. May be called for several registries. */
    @Override
    public void bindTo(MeterRegistry registry) {
        Tags tags = Tags.of("monitor", monitor);
        DataCapture captured = capture;
        if (captured != null) {
            records(registry, tags, captured, "written", CaptureStats::written);
            records(registry, tags, captured, "dropped", CaptureStats::dropped);
            records(registry, tags, captured, "failed", CaptureStats::failed);
            records(registry, tags, captured, "sampled_out", CaptureStats::sampledOut);
            gauge(registry, tags, "capture.queued", "Records that wait to be written", ignored -> captured.stats()
                    .waiting());
        }
        gauge(registry, tags, "rows", "Rows of the last report", ofLast(Report::rows));
        gauge(
                registry,
                tags,
                "violations",
                "Violated constraints of the last report",
                ofLast(report -> report.violations().size()));
        gauge(
                registry,
                tags,
                "unmeasured",
                "Constraints of the last report whose metric has no value",
                ofLast(report -> report.assessments().stream()
                        .filter(MonitorMeters::isUnmeasured)
                        .count()));
        gauge(
                registry,
                tags,
                "metric.dropped",
                "Metrics that are left out because there are too many",
                ignored -> dropped);
        gauge(registry, tags, "alert.state", "1 while a change that was told lasts", ignored -> {
            Watch watched = watch;
            return watched == null ? Double.NaN : watched.isInAlert() ? 1 : 0;
        });
        counter(registry, tags, "alert.failed", "Alerts that a target did not take", ignored -> {
            Watch watched = watch;
            return watched == null ? 0 : watched.failedAlerts();
        });
        counter(registry, tags, "requests.late", "Requests that came after the window of their time", ignored -> {
            LiveMonitor watched = live;
            return watched == null ? 0 : watched.lateRequests();
        });
        counter(registry, tags, "reports.dropped", "Reports that listeners were too slow for", ignored -> {
            LiveMonitor watched = live;
            return watched == null ? 0 : watched.droppedReports();
        });
        TimeGauge.builder(PREFIX + "window.lag", this, TimeUnit.MILLISECONDS, MonitorMeters::lag)
                .tags(tags)
                .description("Time since the end of the last window that was judged")
                .strongReference(true)
                .register(registry);
        Timer close = Timer.builder(PREFIX + "window.close")
                .tags(tags)
                .description("Time to measure and judge a window")
                .register(registry);
        Bound bound = new Bound(
                registry,
                multi(registry, tags, "metric", "Value of a metric that a constraint names"),
                multi(registry, tags, "metric.lower", "Least value that the constraint allows"),
                multi(registry, tags, "metric.upper", "Greatest value that the constraint allows"),
                close);
        registries.add(bound);
        Report report = last;
        if (report != null) {
            show(bound, shown(report));
        }
    }

    private static void records(
            MeterRegistry registry,
            Tags tags,
            DataCapture captured,
            String outcome,
            ToDoubleFunction<CaptureStats> count) {
        FunctionCounter.builder(PREFIX + "capture.records", captured, one -> count.applyAsDouble(one.stats()))
                .tags(tags.and("outcome", outcome))
                .description("Requests by what became of their records")
                .register(registry);
    }

    private void gauge(
            MeterRegistry registry, Tags tags, String name, String description, ToDoubleFunction<MonitorMeters> value) {
        Gauge.builder(PREFIX + name, this, value)
                .tags(tags)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    private void counter(
            MeterRegistry registry, Tags tags, String name, String description, ToDoubleFunction<MonitorMeters> count) {
        FunctionCounter.builder(PREFIX + name, this, count)
                .tags(tags)
                .description(description)
                .register(registry);
    }

    private static MultiGauge multi(MeterRegistry registry, Tags tags, String name, String description) {
        return MultiGauge.builder(PREFIX + name)
                .tags(tags)
                .description(description)
                .register(registry);
    }

    private static ToDoubleFunction<MonitorMeters> ofLast(ToDoubleFunction<Report> value) {
        return meters -> {
            Report report = meters.last;
            return report == null ? Double.NaN : value.applyAsDouble(report);
        };
    }

    private double lag() {
        Report report = last;
        Instant end = report == null ? null : report.end();
        return end == null
                ? Double.NaN
                : Math.max(0, Duration.between(end, clock.instant()).toMillis());
    }

    private static boolean isUnmeasured(Assessment assessment) {
        return Double.isNaN(assessment.metric().value());
    }

    /** Takes a report, as the listener of a monitor. */
    @Override
    public void accept(Report report) {
        last = report;
        List<Assessment> shown = shown(report);
        for (Bound bound : registries) {
            show(bound, shown);
            bound.registry
                    .counter(
                            PREFIX + "reports",
                            Tags.of(
                                    "monitor",
                                    monitor,
                                    "status",
                                    report.status().name().toLowerCase(java.util.Locale.ROOT)))
                    .increment();
        }
    }

    /** Takes what a watch calls after each of its windows: {@code afterEach(meters)}. */
    @Override
    public void accept(Execution execution, Report report) {
        accept(report);
        Duration took = Duration.between(execution.started(), execution.finished());
        registries.forEach(bound -> bound.close.record(took));
    }

    /** Returns the assessments to be shown, one for each metric, and counts the others. */
    private List<Assessment> shown(Report report) {
        List<Assessment> worstFirst = report.assessments().stream()
                .filter(assessment -> !isUnmeasured(assessment))
                .sorted(Comparator.comparing(
                                (Assessment assessment) -> assessment.outcome() != Assessment.Outcome.VIOLATED)
                        .thenComparing(Assessment::pValue))
                .toList();
        Set<MetricId> seen = new HashSet<>();
        List<Assessment> shown = new ArrayList<>();
        for (Assessment assessment : worstFirst) {
            if (seen.add(assessment.constraint().id()) && shown.size() < most) {
                shown.add(assessment);
            }
        }
        dropped = seen.size() - shown.size();
        return shown;
    }

    private static void show(Bound bound, List<Assessment> shown) {
        bound.values.register(rows(shown, assessment -> assessment.metric().value()), true);
        bound.lower.register(
                rows(shown, assessment -> assessment.constraint().bound().lower()), true);
        bound.upper.register(
                rows(shown, assessment -> assessment.constraint().bound().upper()), true);
    }

    private static List<MultiGauge.Row<?>> rows(List<Assessment> shown, ToDoubleFunction<Assessment> value) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        for (Assessment assessment : shown) {
            double number = value.applyAsDouble(assessment);
            if (Double.isFinite(number)) {
                MetricId id = assessment.constraint().id();
                rows.add(MultiGauge.Row.of(Tags.of("feature", id.subject(), "metric", id.name()), number));
            }
        }
        return rows;
    }

    @Override
    public String toString() {
        return "meters of " + monitor;
    }
}
