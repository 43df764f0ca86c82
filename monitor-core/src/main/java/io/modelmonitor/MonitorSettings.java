package io.modelmonitor;

import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Report;
import io.modelmonitor.spi.MetricCalculator;
import io.modelmonitor.stats.test.MultipleTesting;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The settings of a monitor. Written to only before a monitor is made of them, never afterwards. */
final class MonitorSettings {

    private static final Logger LOGGER = LoggerFactory.getLogger(Monitor.class);

    String name = "monitor";
    Constraints constraints;
    List<MetricCalculator<?>> calculators;
    Verdict verdict = new Verdict(MultipleTesting.HOMMEL, 0.05);
    Threads threads = Threads.ofAllProcessors();
    List<Consumer<? super Report>> listeners = List.of();
    WatchedColumns watched = WatchedColumns.ALL;
    boolean isMatchingNames = true;

    MonitorSettings(Constraints constraints, List<MetricCalculator<?>> calculators) {
        this.constraints = constraints;
        this.calculators = calculators;
    }

    MonitorSettings copy() {
        MonitorSettings copy = new MonitorSettings(constraints, calculators);
        copy.name = name;
        copy.verdict = verdict;
        copy.threads = threads;
        copy.listeners = listeners;
        copy.watched = watched;
        copy.isMatchingNames = isMatchingNames;
        return copy;
    }

    /** Returns the listeners, made to throw nothing. */
    List<Consumer<Report>> tellers() {
        return listeners.stream()
                .<Consumer<Report>>map(listener -> report -> tell(listener, report))
                .toList();
    }

    void listen(Consumer<? super Report> listener) {
        List<Consumer<? super Report>> all = new ArrayList<>(listeners);
        all.add(listener);
        listeners = List.copyOf(all);
    }

    /** Tells the listeners of a report, and returns it. */
    Report told(Report report) {
        listeners.forEach(listener -> tell(listener, report));
        return report;
    }

    private void tell(Consumer<? super Report> listener, Report report) {
        try {
            listener.accept(report);
        } catch (Throwable e) { // a listener may throw anything, and the others have to be told
            logUntold(e);
        }
    }

    private void logUntold(Throwable because) {
        try {
            LOGGER.warn("Monitor {}: a listener could not take the report: {}", name, Failures.describe(because));
        } catch (Throwable e) { // a log may throw anything, too
            return;
        }
    }
}
