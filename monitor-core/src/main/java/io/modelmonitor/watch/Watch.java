package io.modelmonitor.watch;

import io.modelmonitor.Monitor;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A monitor over time: measures and judges each window of a schedule once, remembers it, and tells of changes that begin, grow and end.
 *
 * <pre>{@code
 * Watch watch = Watch.of(monitor, Captures.in(folder))
 *     .hourly()
 *     .history(History.folder(path))
 *     .promise(0.05, Duration.ofDays(365))
 *     .alerting(Alerts.slf4j())
 *     .start();
 * }</pre>
 *
 * <p>{@linkplain WatchBuilder#start() Started}, it is run by one daemon thread, which all watches share. {@linkplain WatchBuilder#open()
 * Opened}, it is run by whoever calls {@link #runDue}: a timer of the application's, or a job of a cluster. With a history, a watch that
 * starts again continues where it, or another process, ended: windows that were missed are caught up, and evidence is kept. A window is
 * over when the schedule says so; one that was judged is not judged again by itself, whatever the clock does.
 *
 * <p>Nothing that goes wrong in a window is thrown: it is in the {@link Execution}. If the history cannot be written to, the window is
 * not counted, and is tried again. Safe for use by several threads; windows run one at a time.
 */
public final class Watch implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Watch.class);

    private final WatchSettings settings;
    private final Journal journal;
    private final Notifier notifier;
    private final Deliveries deliveries;
    private final Object running = new Object();
    private final Tracker tracker;
    private final SpanMerger merging;
    private @Nullable Instant counted;
    /** The end of the journal that the tracker has continued to; null if it may be at something that is not remembered. */
    private Journal.@Nullable Entry known;

    private @Nullable ScheduledFuture<?> wakeUp;
    private volatile List<Standing> standings = List.of();
    private volatile boolean isClosed;

    Watch(WatchSettings settings) {
        this.settings = settings;
        this.notifier = new Notifier(settings.watch(), settings.targets());
        this.deliveries = new Deliveries(settings.watch(), settings.underPolicies());
        this.journal = settings.history() == null
                ? new Journal.Forgotten()
                : new Journal.Kept(settings.history(), settings.watch());
        Duration length = settings.length();
        this.tracker = new Tracker(
                settings.watch(),
                settings.promise(),
                settings.counting(),
                settings.detecting(),
                settings.monitor().constraints().list(),
                settings.monitor().baseline().measurement().rows(),
                length);
        this.merging = new SpanMerger(settings, journal, length);
        this.standings = tracker.standings();
        resume();
    }

    /** Returns a builder of a watch of the windows of a source, hourly unless said otherwise. */
    public static WatchBuilder of(Monitor monitor, WindowSource source) {
        return new WatchBuilder(monitor, source);
    }

    /** Continues from what is remembered, which another process may have added to. */
    private void resume() {
        Journal.Entry last = journal.last();
        if (last != null && !last.equals(known)) {
            known = null;
            restore(last.tree());
            standings = tracker.standings();
            if (!last.line().counted().equals(counted)) {
                merging.restore(last.line().counted());
            }
            counted = last.line().counted();
            tracker.catchUp(journal::series, settings.end(counted));
            known = last;
        }
    }

    private Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("constraints", tracker.tree());
        if (!deliveries.isEmpty()) {
            tree.put("told", deliveries.tree());
        }
        return tree;
    }

    private void restore(Map<String, @Nullable Object> tree) {
        tracker.restore(tree.get("constraints"));
        deliveries.restore(tree.get("told"));
    }

    void start() {
        synchronized (running) {
            if (counted == null
                    && settings.since() == null
                    && !settings.schedule().isOnce()) {
                counted = settings.clock().instant();
            }
            wakeUp = WatchThread.after(Duration.ZERO, this::wake);
        }
    }

    private void wake() {
        try {
            runDue(settings.clock().instant());
        } catch (RuntimeException | Error e) {
            LOGGER.warn("Watch {}: cannot run what is due; tries again", settings.watch(), e);
        }
        synchronized (running) {
            if (!isClosed) {
                wakeUp = WatchThread.after(settings.untilNext(counted), this::wake);
            }
        }
    }

    /**
     * Runs every window that is due and did not run, the earliest first; those that were missed as the settings say. Without a history
     * or a time to begin with, the first call runs the latest window.
     *
     * @param now the present time
     * @return the executions; none if nothing is due, or another process is running them
     */
    public List<Execution> runDue(Instant now) {
        Replicas replicas = settings.replicas();
        if (replicas != null) {
            synchronized (running) {
                resume();
                replicas.report(settings, journal, isClosed ? List.of() : settings.due(counted, now), () -> isClosed);
            }
        }
        return locked(() -> {
            List<Execution> executions = new ArrayList<>();
            for (Instant due : settings.due(counted, now)) {
                if (replicas != null && !replicas.isReady(journal, due, now)) {
                    break;
                }
                executions.add(run(due, true));
                if (!due.equals(counted)) {
                    break; // the history failed, or the watch was closed: what comes later has to wait
                }
            }
            // What policies did not let be told before. A process that ends in between leaves it to the next one.
            if (known != null && deliveries.tell(tracker.changes(), now)) {
                note(known, "told by policies");
            }
            return executions;
        });
    }

    /**
     * Runs the latest window that is over, whether or not it ran before.
     *
     * @throws IllegalStateException if no window is over yet, another process is running one, or the watch is closed
     */
    public Execution runNow() {
        Instant now = settings.clock().instant();
        Instant latest = settings.schedule().previous(now.plusNanos(1));
        if (latest == null || settings.schedule().previous(latest) == null) {
            throw new IllegalStateException("no window of " + settings.schedule() + " is over at " + now);
        }
        List<Execution> executions = locked(() -> List.of(run(latest, continues(latest))));
        if (executions.isEmpty()) {
            throw notRun();
        }
        return executions.get(0);
    }

    /**
     * Runs every window that is over and lies wholly in a time, the earliest first, whether or not it ran before. Reports are written anew.
     * A window counts as evidence only once, and only after all windows before it: those before the last one that counted do not.
     *
     * @param from the first moment that is in
     * @param to the first moment after it that is not
     * @return the executions; none if another process is running windows
     */
    public List<Execution> backfill(Instant from, Instant to) {
        Instant now = settings.clock().instant();
        return locked(() -> {
            List<Execution> executions = new ArrayList<>();
            Instant due = settings.schedule().next(from);
            for (; due != null && !due.isAfter(now); due = settings.schedule().next(due)) {
                Window window = settings.window(due);
                if (!window.start().isBefore(to)) {
                    break;
                }
                if (!window.start().isBefore(from) && !window.end().isAfter(to)) {
                    executions.add(run(due, continues(due)));
                    if (known == null) {
                        break; // the history failed
                    }
                }
            }
            return executions;
        });
    }

    private boolean continues(Instant due) {
        return counted == null || due.equals(settings.schedule().next(counted));
    }

    private List<Execution> locked(Supplier<List<Execution>> work) {
        synchronized (running) {
            if (isClosed) {
                return List.of();
            }
            try (Journal.Lock lock = journal.lock(settings.clock().instant())) {
                if (lock == null) {
                    return List.of();
                }
                resume();
                if (known != null && known.line().isUntold()) {
                    tellAll(known.line().alerts(settings.watch()));
                }
                return work.get();
            }
        }
    }

    private Execution run(Instant due, boolean counts) {
        WindowRun run = WindowRun.of(settings, journal, due, () -> isClosed);
        Execution execution = run.execution();
        Report report = run.report();
        Journal.Entry before = known;
        known = null;
        Runnable unmerge = merging.undo();
        boolean isCounted = counts && execution.status() != Execution.Status.STOPPED;
        List<Alert> alerts = !isCounted
                ? journal.alerts(
                        settings.watch(), settings.window(due).end(), due) // running it again takes nothing back
                : report == null
                        ? List.of()
                        : tracker.add(report, execution.window(), merging.add(execution.window(), run.measurement()));
        if (isCounted && report != null && !tracker.obstacle().isEmpty()) {
            execution = execution.noting("nothing promised: " + tracker.obstacle());
        }
        Instant last = isCounted ? due : counted == null ? due.minusNanos(1) : counted;
        try {
            HistoryLine line = HistoryLine.of(execution, alerts, last);
            known = journal.append(
                    isCounted && !alerts.isEmpty() ? line.untold() : line,
                    report == null ? List.of() : report.metrics(),
                    this::tree,
                    run.measurement());
        } catch (RuntimeException e) {
            // Not remembered is not counted: the window runs again, and its evidence is added then.
            restore(before == null ? Map.of() : before.tree());
            unmerge.run();
            LOGGER.warn("Watch {}: the window {} could not be remembered", settings.watch(), execution.window(), e);
            return execution.failing("cannot be remembered: " + e.getMessage());
        }
        counted = last;
        standings = tracker.standings();
        if (isCounted) {
            tellAll(alerts);
        }
        if (report != null) {
            hook(execution, report);
        }
        return execution;
    }

    /** Sends alerts, and records that they were sent: a process that ends in between leaves them to the next one. */
    private void tellAll(List<Alert> alerts) {
        notifier.tell(alerts);
        Journal.Entry last = known;
        if (last != null && !alerts.isEmpty()) {
            note(last, "told");
        }
    }

    private void note(Journal.Entry last, String what) {
        try {
            known = journal.append(last.line().note(what), null, this::tree, null);
        } catch (RuntimeException e) {
            LOGGER.warn("Watch {}: alerts were told that will be told again", settings.watch(), e);
        }
    }

    private void hook(Execution execution, Report report) {
        for (BiConsumer<Execution, Report> hook : settings.hooks()) {
            try {
                hook.accept(execution, report);
            } catch (RuntimeException | Error e) {
                LOGGER.warn("Watch {}: what follows a window failed", settings.watch(), e);
            }
        }
    }

    /** Returns the name, {@code endpoint/schedule}. */
    public String name() {
        return settings.watch();
    }

    /** Returns the executions that are remembered, newest first, each window as it ran last. Reads the history. */
    public List<Execution> executions() {
        return journal.executions(settings.watch());
    }

    /** Returns the alerts that are remembered, newest first. Reads the history. */
    public List<Alert> alerts() {
        List<Alert> alerts = journal.alerts(settings.watch(), Instant.EPOCH, null);
        Collections.reverse(alerts);
        return alerts;
    }

    /** Returns when the watch was in alert and when it was not, newest first; nothing before its first alert. Reads the history. */
    public List<AlertStatus> alertHistory() {
        return AlertStatus.of(journal.alerts(settings.watch(), Instant.EPOCH, null));
    }

    /**
     * Returns how far each constraint is from an alert, in the order of the constraints, as this process knew last. Does not wait for a
     * window that is being run.
     */
    public List<Standing> standings() {
        return standings;
    }

    /** Returns whether a change was told that has not ended. */
    public boolean isInAlert() {
        return standings().stream().anyMatch(Standing::isInAlert);
    }

    /**
     * Notes that somebody knows of a change: that it grows is told no more, that it ends is.
     *
     * @return whether there is such a change
     * @throws IllegalStateException if another process is running windows, or the watch is closed
     */
    public boolean acknowledge(String subject, String metric) {
        List<Boolean> found = new ArrayList<>(); // empty if it could not be locked
        locked(() -> {
            found.add(tracker.acknowledge(new MetricId(subject, metric)));
            standings = tracker.standings();
            Journal.Entry last = known;
            if (found.contains(true) && last != null) {
                known = null;
                known = journal.append(last.line().note("acknowledged"), null, this::tree, null);
            }
            return List.of();
        });
        if (found.isEmpty()) {
            throw notRun();
        }
        return found.get(0);
    }

    private IllegalStateException notRun() {
        return new IllegalStateException(
                isClosed ? name() + " is closed" : "another process runs the windows of " + name());
    }

    /** Returns how many alerts a target did not take. */
    public long failedAlerts() {
        return notifier.failed() + deliveries.failed();
    }

    /** Stops to run windows; one that is being read is stopped at its next batch, and runs anew when the watch is started again. */
    @Override
    public void close() {
        isClosed = true;
        synchronized (running) {
            if (wakeUp != null) {
                wakeUp.cancel(false);
            }
        }
        notifier.close();
        deliveries.close();
    }

    @Override
    public String toString() {
        return "Watch " + settings.watch() + ", " + settings.schedule();
    }
}
