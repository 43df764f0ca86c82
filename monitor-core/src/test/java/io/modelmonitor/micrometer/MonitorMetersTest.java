package io.modelmonitor.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.modelmonitor.Baseline;
import io.modelmonitor.DataCapture;
import io.modelmonitor.LiveMonitor;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Payload;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.watch.Watch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MonitorMetersTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Clock CLOCK = Clock.fixed(START.plus(Duration.ofMinutes(90)), ZoneOffset.UTC);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private static Dataset rows(long seed, double shift) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] x = new double[2_000];
        double[] y = new double[2_000];
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextGaussian() + shift;
            y[i] = random.nextGaussian();
        }
        return Datasets.columns().add("x", x).add("y", y).build();
    }

    private static Monitor monitor() {
        return Monitor.against(Baseline.of(1, rows(1, 0)))
                .named("credit")
                .threads(1)
                .requiringOnly(Constraints.none()
                        .with(
                                Constraint.on("x").drift(),
                                Constraint.on("y").drift(),
                                Constraint.on("x").completeness().atLeast(0.9),
                                Constraint.on("gone").completeness().atLeast(0.9)));
    }

    private List<String> lines(String name) {
        return registry.scrape().lines().filter(line -> line.startsWith(name)).toList();
    }

    @Test
    void aWatchAndItsReportsAreScraped() {
        MonitorMeters meters = MonitorMeters.of("credit").clock(CLOCK);
        meters.bindTo(registry);
        assertThat(lines("model_monitor_metric{")).isEmpty();
        Watch watch = Watch.of(monitor(), window -> rows(window.start().getEpochSecond(), 1))
                .clock(CLOCK)
                .since(START)
                .afterEach(meters)
                .open();
        meters.attach(watch);
        watch.runDue(CLOCK.instant());

        assertThat(lines("model_monitor_reports_total"))
                .containsExactly("model_monitor_reports_total{monitor=\"credit\",status=\"violated\"} 1.0");
        assertThat(lines("model_monitor_violations"))
                .containsExactly("model_monitor_violations{monitor=\"credit\"} 2.0");
        assertThat(lines("model_monitor_unmeasured"))
                .containsExactly("model_monitor_unmeasured{monitor=\"credit\"} 1.0");
        assertThat(lines("model_monitor_rows")).containsExactly("model_monitor_rows{monitor=\"credit\"} 2000.0");
        assertThat(lines("model_monitor_alert_state"))
                .containsExactly("model_monitor_alert_state{monitor=\"credit\"} 1.0");
        assertThat(lines("model_monitor_window_lag_seconds"))
                .containsExactly("model_monitor_window_lag_seconds{monitor=\"credit\"} 1800.0");
        assertThat(lines("model_monitor_window_close_seconds_count"))
                .containsExactly("model_monitor_window_close_seconds_count{monitor=\"credit\"} 1");
        assertThat(lines("model_monitor_metric{"))
                .hasSize(3)
                .anyMatch(line -> line.startsWith(
                        "model_monitor_metric{feature=\"x\",metric=\"completeness\",monitor=\"credit\"} 1.0"));
        assertThat(lines("model_monitor_metric_lower{"))
                .containsExactly(
                        "model_monitor_metric_lower{feature=\"x\",metric=\"completeness\",monitor=\"credit\"} 0.9");
        assertThat(registry.scrape()).doesNotContain("NaN");
    }

    @Test
    void aMetricThatIsNoLongerMeasuredHasNoSeries() {
        MonitorMeters meters = MonitorMeters.of("credit");
        meters.bindTo(registry);
        Monitor monitor = monitor().reportingTo(meters);
        monitor.check(rows(2, 0));
        assertThat(lines("model_monitor_metric{")).hasSize(3);
        monitor.check(Datasets.columns().add("y", new double[] {1, 2, 3}).build());
        assertThat(lines("model_monitor_metric{")).allMatch(line -> line.contains("feature=\"y\""));
    }

    @Test
    void ofManyMetricsTheWorstAreShown() {
        MonitorMeters meters = MonitorMeters.of("credit").maxMetrics(1);
        monitor().reportingTo(meters).check(rows(3, 1));
        meters.bindTo(registry);
        assertThat(lines("model_monitor_metric{"))
                .hasSize(1)
                .allMatch(line -> line.contains("feature=\"x\",metric=\"drift\""));
        assertThat(lines("model_monitor_metric_dropped"))
                .containsExactly("model_monitor_metric_dropped{monitor=\"credit\"} 2.0");
        assertThatThrownBy(() -> MonitorMeters.of("credit").maxMetrics(0))
                .hasMessage("metrics is 0; allowed is 1 to 10000");
    }

    @Test
    void recordsOfACaptureAreCountedByWhatBecameOfThem() {
        DataCapture capture = DataCapture.of("credit").sink(record -> {}).start();
        MonitorMeters meters = MonitorMeters.of("credit").capture(capture);
        meters.bindTo(registry);
        meters.bindTo(new SimpleMeterRegistry());
        for (int i = 0; i < 5; i++) {
            capture.record(Map.of("x", i), i);
        }
        capture.close();
        assertThat(lines("model_monitor_capture_records_total"))
                .containsExactlyInAnyOrder(
                        "model_monitor_capture_records_total{monitor=\"credit\",outcome=\"written\"} 5.0",
                        "model_monitor_capture_records_total{monitor=\"credit\",outcome=\"dropped\"} 0.0",
                        "model_monitor_capture_records_total{monitor=\"credit\",outcome=\"failed\"} 0.0",
                        "model_monitor_capture_records_total{monitor=\"credit\",outcome=\"sampled_out\"} 0.0");
        assertThat(lines("model_monitor_capture_queued"))
                .containsExactly("model_monitor_capture_queued{monitor=\"credit\"} 0.0");
    }

    @Test
    void requestsThatALiveMonitorGetsTooLateAreCounted() {
        MonitorMeters meters = MonitorMeters.of("credit").clock(CLOCK);
        meters.bindTo(registry);
        assertThat(lines("model_monitor_requests_late_total"))
                .containsExactly("model_monitor_requests_late_total{monitor=\"credit\"} 0.0");
        LiveMonitor live = monitor()
                .every(Duration.ofHours(1))
                .byEventTime(Duration.ofMinutes(5))
                .clock(CLOCK);
        meters.attach(live);
        List<CaptureRecord> records = new ArrayList<>();
        for (int hours = 0; hours < 4; hours++) {
            Instant time = CLOCK.instant().minus(Duration.ofHours(hours));
            records.add(new CaptureRecord("e", null, time, Payload.csv("1"), null, List.of()));
        }
        live.write(new CaptureBatch("credit", CaptureBatch.ALL_TRAFFIC, records));
        live.close();
        assertThat(lines("model_monitor_requests_late_total"))
                .containsExactly("model_monitor_requests_late_total{monitor=\"credit\"} 3.0");
        assertThat(lines("model_monitor_reports_dropped_total"))
                .containsExactly("model_monitor_reports_dropped_total{monitor=\"credit\"} 0.0");
    }
}
