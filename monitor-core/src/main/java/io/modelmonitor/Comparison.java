package io.modelmonitor;

import io.modelmonitor.api.Report.Failure;
import io.modelmonitor.internal.Arguments;
import io.modelmonitor.quality.DataQuality;
import io.modelmonitor.spi.MetricCalculator;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The reference data that a window is compared with: all of a baseline, or its windows of the same phase of a season. Safe for use by
 * several threads.
 */
final class Comparison {

    private final Measurement whole;
    private final @Nullable Season season;
    private final ZoneId zone;
    private final Map<Integer, Measurement> phases = new TreeMap<>();
    private final List<List<Measurement>> windows;

    /**
     * Creates a comparison.
     *
     * @throws IllegalArgumentException if there is a season, and no window of the baseline has a time, or one is as long as the season
     */
    Comparison(Measurement whole, @Nullable Season season, ZoneId zone) {
        this.whole = whole;
        this.season = season;
        this.zone = zone;
        Map<Integer, List<Measurement>> byPhase = new TreeMap<>();
        for (Measurement window : whole.windows()) {
            Instant start = window.start();
            if (season == null || start != null) {
                int phase = season == null || start == null ? 0 : season.phase(start, zone);
                byPhase.computeIfAbsent(phase, first -> new ArrayList<>()).add(window);
            }
        }
        Arguments.check(
                season == null || !byPhase.isEmpty(),
                "season",
                String.valueOf(season),
                "none, as the baseline keeps no windows of known times; measure each with during(..).asWindow()");
        Arguments.check(
                season == null || whole.windows().stream().noneMatch(season::isWithin),
                "season",
                String.valueOf(season),
                "one that is longer than the windows of the baseline, each of which has rows of every "
                        + (season == null ? "" : season.title()));
        byPhase.forEach((phase, ofPhase) -> phases.put(phase, season == null ? whole : Measurement.merged(ofPhase)));
        this.windows = List.copyOf(byPhase.values());
    }

    /** Returns calculators that know the windows of the baseline. */
    List<MetricCalculator<?>> besideWindows(List<MetricCalculator<?>> calculators) {
        List<MetricCalculator<?>> all = new ArrayList<>();
        calculators.forEach(calculator -> all.add(windows.isEmpty() ? calculator : besideWindows(calculator)));
        return all;
    }

    private <S> MetricCalculator<S> besideWindows(MetricCalculator<S> calculator) {
        List<List<S>> states = new ArrayList<>();
        for (List<Measurement> alike : windows) {
            states.add(alike.stream()
                    .map(window -> window.state(calculator))
                    .filter(Objects::nonNull)
                    .toList());
        }
        return calculator.beside(states);
    }

    /**
     * Returns what a window is compared with.
     *
     * @param failures takes why it is not compared with windows of its phase, though it should be
     */
    Measurement reference(Measurement window, List<Failure> failures) {
        if (season == null) {
            return whole;
        }
        if (season.isWithin(window)) {
            failures.add(new Failure(
                    DataQuality.NAME,
                    "the window is so long that it has rows of every " + season.title() + "; compared with all"));
            return whole;
        }
        Instant start = window.start();
        Measurement reference = start == null ? null : phases.get(season.phase(start, zone));
        if (reference == null) {
            failures.add(new Failure(
                    DataQuality.NAME,
                    start == null
                            ? "the window has no time, so its " + season.title() + " is not known; during(..) says it"
                            : "the baseline has no window of the " + season.title() + " of " + start
                                    + "; compared with all"));
            return whole;
        }
        return reference;
    }
}
