package io.modelmonitor.watch;

import io.modelmonitor.Monitor;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Report;
import io.modelmonitor.internal.Arguments;
import io.modelmonitor.stats.detection.ChangeDetector;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Builds a {@link Watch}; made by {@link Watch#of}. Every method returns this builder. Not safe for use by several threads. */
public final class WatchBuilder {

    private static final int MOST_RECENT = 64;

    private final Monitor monitor;
    private final WindowSource source;
    private final List<AlertTarget> targets = new ArrayList<>();
    private final List<Detections.Setting> detecting = new ArrayList<>();
    private @Nullable ReferenceSource reference;
    private int rollingDays;
    private final List<Deliveries.Targets> underPolicies = new ArrayList<>();
    private final List<BiConsumer<Execution, Report>> hooks = new ArrayList<>();
    private String name = "watch";
    private Schedule schedule = Schedule.hourly();
    private @Nullable Duration from;
    private @Nullable Duration to;
    private @Nullable History history;
    private @Nullable Path out;
    private @Nullable Promise promise;
    private Counting counting = Counting.EACH;
    private int mostMissed = Integer.MAX_VALUE;
    private @Nullable Duration longest;
    private @Nullable Instant since;
    private @Nullable Replicas replicas;
    private Clock clock = Clock.systemUTC();

    WatchBuilder(Monitor monitor, WindowSource source) {
        this.monitor = Objects.requireNonNull(monitor, "monitor");
        this.source = Objects.requireNonNull(source, "source");
    }

    /**
     * Names the schedule, {@code watch} unless said otherwise: with the monitor's name, it is the name of the watch, its folder and its history's.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public WatchBuilder named(String newName) {
        Arguments.check(!newName.isBlank(), "name", "'" + newName + "'", "anything but blanks");
        name = newName;
        return this;
    }

    /** Runs every hour, in UTC, on the hour before. */
    public WatchBuilder hourly() {
        return schedule(Schedule.hourly());
    }

    /** Runs every midnight of UTC, on the day before. */
    public WatchBuilder daily() {
        return schedule(Schedule.daily());
    }

    /** Runs every so many hours from midnight in UTC, as {@link Schedule#everyHours} says. */
    public WatchBuilder everyHours(int hours) {
        return schedule(Schedule.everyHours(hours));
    }

    /** Runs at the multiples of a length since 1970, as {@link Schedule#every} says. */
    public WatchBuilder every(Duration length) {
        return schedule(Schedule.every(length));
    }

    /** Runs at the times of a cron expression in UTC, as {@link Schedule#cron(String)} says. */
    public WatchBuilder cron(String expression) {
        return schedule(Schedule.cron(expression));
    }

    /** Runs at the times of a cron expression by the clocks of a zone, as {@link Schedule#cron(String, ZoneId)} says. */
    public WatchBuilder cron(String expression, ZoneId zone) {
        return schedule(Schedule.cron(expression, zone));
    }

    /** Runs once, on one window, when it is over. */
    public WatchBuilder once(Instant start, Instant end) {
        return schedule(Schedule.once(start, end));
    }

    /** Runs at the times of a schedule. */
    public WatchBuilder schedule(Schedule newSchedule) {
        schedule = Objects.requireNonNull(newSchedule, "schedule");
        return this;
    }

    /**
     * Judges another window than the time since the last run, such as one that labels have come for.
     *
     * @param startOffset from when a run is due to the window's start; negative
     * @param endOffset from when a run is due to the window's end; at most 0, and after the start
     */
    public WatchBuilder window(Duration startOffset, Duration endOffset) {
        Arguments.check(
                endOffset.compareTo(Duration.ZERO) <= 0,
                "endOffset",
                endOffset,
                "at most PT0S, such as " + endOffset.negated());
        Arguments.check(
                startOffset.compareTo(endOffset) < 0, "startOffset", startOffset, "one before the end at " + endOffset);
        from = startOffset;
        to = endOffset;
        return this;
    }

    /** Remembers in a history; in memory, the latest thousand windows, unless said. */
    public WatchBuilder history(History newHistory) {
        history = Objects.requireNonNull(newHistory, "history");
        return this;
    }

    /**
     * Writes report and measurement of each window below a folder, into {@code <monitor>/<schedule>/yyyy/mm/dd/hh/} by the time in UTC at which it
     * was due, and {@code mmss} below that unless on the hour.
     */
    public WatchBuilder outputFolder(Path folder) {
        out = Objects.requireNonNull(folder, "folder");
        return this;
    }

    /** Adds targets of alerts, which are told at once. */
    public WatchBuilder alerting(AlertTarget... newTargets) {
        targets.addAll(List.of(newTargets));
        return this;
    }

    /** Adds targets of alerts that are told when a policy says so, such as outside of quiet hours, or of what is severe or lasts. */
    public WatchBuilder alertingWhen(AlertPolicy policy, AlertTarget... newTargets) {
        underPolicies.add(new Deliveries.Targets(Objects.requireNonNull(policy, "policy"), List.of(newTargets)));
        return this;
    }

    /**
     * Promises that, if nothing changes beyond its bound, the probability of any alert during a time is at most a number, however many
     * constraints there are and however they depend on each other. In exchange, evidence adds up from window to
     * window, so that a small change that lasts is found. Replaces {@link #mOfN}.
     *
     * <p>A window of more than half the baseline's rows is not counted, as the baseline's own error would outweigh a change; its execution says so.
     * Rows are taken to be independent, given the time; windows need not be.
     *
     * @param probability between 0 and 1, such as 0.05
     * @param horizon at least an hour, such as 365 days
     */
    public WatchBuilder promise(double probability, Duration horizon) {
        promise = new Promise(probability, horizon);
        return this;
    }

    /**
     * Takes a change to begin when so many of the last windows were violated, and to end when fewer are. One of one unless said.
     *
     * @param violated from 1 to {@code windows}
     * @param windows from 1 to 64
     */
    public WatchBuilder mOfN(int violated, int windows) {
        Arguments.check(windows >= 1 && windows <= MOST_RECENT, "windows", windows, "1 to " + MOST_RECENT);
        Arguments.check(violated >= 1 && violated <= windows, "violated", violated, "1 to " + windows);
        counting = new Counting(violated, windows, violated - 1);
        promise = null;
        return this;
    }

    /**
     * As {@link #mOfN(int, int)}, but takes a change to end only when at most so many of the last windows are violated, so that it
     * does not begin and end again and again.
     *
     * @param violated from 1 to {@code windows}
     * @param windows from 1 to 64
     * @param calm from 0 to {@code violated - 1}
     */
    public WatchBuilder mOfN(int violated, int windows, int calm) {
        Arguments.check(calm >= 0 && calm < violated, "calm", calm, "0 to " + (violated - 1));
        mOfN(violated, windows);
        counting = new Counting(violated, windows, calm);
        return this;
    }

    /**
     * Looks at the series of a metric with a detector that is known by name, such as {@code () -> ChangeDetectors.adwin(0.002)}. A window
     * in which it finds a change alerts, under the name {@code metric.name}, and the next in which it does not ends it.
     *
     * <p>No such detector bounds how often it alerts in a year, so that a {@link #promise promise} is not about it. It goes on after a
     * restart by seeing the history's values again; without a history, it begins anew.
     *
     * @param name the detector's, for alerts
     * @param detector makes one that has seen nothing; of values of any size, as undefined ones are passed over and those that it refuses are logged
     */
    public WatchBuilder detecting(String name, Supplier<ChangeDetector> detector, String subject, String metric) {
        Arguments.check(!name.isBlank(), "name", "'" + name + "'", "anything but blanks");
        detecting.add(new Detections.Setting(
                name, Objects.requireNonNull(detector, "detector"), new MetricId(subject, metric)));
        return this;
    }

    /**
     * Compares windows with other data than the monitor's baseline, such as {@link ReferenceSource#sameWindowOf the champion's}. Bounds of
     * constraints stay as they are.
     */
    public WatchBuilder reference(ReferenceSource newReference) {
        reference = Objects.requireNonNull(newReference, "reference");
        rollingDays = 0;
        return this;
    }

    /**
     * Compares windows with those of the last whole days of UTC before theirs, as the history has them; with the monitor's baseline until
     * there is one. Finds what changes from one day to the next, and not what changes slowly.
     *
     * @param days at least 1, such as 28
     */
    public WatchBuilder referenceDaysBefore(int days) {
        Arguments.check(days >= 1, "days", days, "at least 1, such as 28");
        rollingDays = days;
        reference = null;
        return this;
    }

    private @Nullable ReferenceSource reference() {
        History kept = history;
        if (rollingDays > 0 && kept == null) {
            throw new IllegalArgumentException(
                    "days before are not kept; allowed is with a history, such as History.folder(path)");
        }
        ReferenceSource other = rollingDays > 0 && kept != null
                ? new Rolling(kept, monitor.name() + "/" + name, rollingDays)
                : reference;
        if (other != null && promise != null) {
            throw new IllegalArgumentException("a baseline that moves has an error of its own in each window, of which"
                    + " nothing can be promised; allowed is mOfN(3, 5), or the monitor's baseline");
        }
        if (reference != null && replicas != null) {
            throw new IllegalArgumentException(
                    "a replica sees a part of a window only, and cannot compare it with all of another; allowed is the"
                            + " monitor's baseline, or the days before");
        }
        return other;
    }

    /** Runs all windows that were missed, which is what a watch does unless said otherwise. */
    public WatchBuilder catchingUp() {
        mostMissed = Integer.MAX_VALUE;
        return this;
    }

    /**
     * Runs only the latest windows that are due, and skips those that were missed before.
     *
     * @param windows at least 1
     */
    public WatchBuilder catchingUp(int windows) {
        Arguments.check(windows >= 1, "windows", windows, "at least 1");
        mostMissed = windows;
        return this;
    }

    /** Fails a window that takes longer to be read; looked at between batches of rows. */
    public WatchBuilder timeout(Duration time) {
        Arguments.check(!time.isNegative() && !time.isZero(), "time", time, "more than PT0S, such as PT1H");
        longest = time;
        return this;
    }

    /** Begins with the first window that is due after a moment, if there is no history that says where it ended. */
    public WatchBuilder since(Instant moment) {
        since = Objects.requireNonNull(moment, "moment");
        return this;
    }

    /**
     * Watches as one of several replicas, each of which sees a part of the data. Each saves its measurement of a window to the shared
     * history; one of them merges and judges, when all have reported or a time has passed. An execution says who was missing. No row leaves
     * its process.
     *
     * @param own the name of this one, such as that of its host
     * @param all the names of all, this one among them, in the same order everywhere
     * @param grace how long after a window is due to wait for all, not negative
     */
    public WatchBuilder replica(String own, List<String> all, Duration grace) {
        Arguments.check(all.contains(own), "own", "'" + own + "'", "one of " + all);
        Arguments.check(new HashSet<>(all).size() == all.size(), "all", all, "every name once");
        Arguments.check(!all.contains(""), "all", all, "names that are not empty");
        Arguments.check(!grace.isNegative(), "grace", grace, "at least PT0S, such as PT5M");
        replicas = new Replicas(own, List.copyOf(all), grace);
        return this;
    }

    /** Calls this after each window that was judged, with its execution and report. What it throws is logged. */
    public WatchBuilder afterEach(BiConsumer<Execution, Report> hook) {
        hooks.add(Objects.requireNonNull(hook, "hook"));
        return this;
    }

    /** Sets the clock. */
    public WatchBuilder clock(Clock newClock) {
        clock = Objects.requireNonNull(newClock, "clock");
        return this;
    }

    /**
     * Returns the watch, to be run by {@link Watch#runDue}. No thread is started.
     *
     * @throws IllegalArgumentException if something is promised of windows that overlap, or replicas share no history; the message
     *     says what to do
     * @throws java.io.UncheckedIOException if the history cannot be read
     */
    public Watch open() {
        if (replicas != null && history == null) {
            throw new IllegalArgumentException(
                    "replicas have no history; allowed is one that they share, such as History.sharedFolder(path)");
        }
        Promise promised = promise;
        if (promised != null && from != null && to != null) {
            Instant due = schedule.next(clock.instant());
            Duration between = due == null ? to.minus(from) : schedule.length(due);
            Arguments.check(
                    to.minus(from).compareTo(between) <= 0,
                    "window",
                    from + " to " + to + ", longer than the " + between + " from run to run",
                    "with a promise, windows that do not share rows, such as " + to.minus(between) + " to " + to);
        }
        return new Watch(new WatchSettings(
                monitor,
                source,
                name,
                schedule,
                from,
                to,
                history,
                out,
                List.copyOf(targets),
                List.copyOf(underPolicies),
                promised,
                counting,
                List.copyOf(detecting),
                reference(),
                mostMissed,
                longest,
                since,
                replicas,
                List.copyOf(hooks),
                clock));
    }

    /**
     * Returns the watch, run by the daemon thread that all started watches share. Without a history or a time to begin with, it begins with
     * the window that is open now.
     *
     * @throws IllegalArgumentException as {@link #open} does
     * @throws java.io.UncheckedIOException if the history cannot be read
     */
    public Watch start() {
        Watch watch = open();
        watch.start();
        return watch;
    }

    @Override
    public String toString() {
        return "Watch of " + monitor + " over " + source + ", not started";
    }
}
