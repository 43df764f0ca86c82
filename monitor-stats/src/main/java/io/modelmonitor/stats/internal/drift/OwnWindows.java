package io.modelmonitor.stats.internal.drift;

import io.modelmonitor.stats.sketch.ColumnReading;
import io.modelmonitor.stats.sketch.ColumnTyping;
import io.modelmonitor.stats.sketch.Profile;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The windows that a baseline consists of, and how much these differ from the baseline themselves: more than independent rows do where
 * rows belong together, or where windows differ by nature.
 *
 * <p>Of each column and each way to change, the statistic of each window against the whole, divided by its mean if rows were
 * independent, has a mean over the windows, the dispersion. A window has changed if it differs by more than that: its statistic over the
 * dispersion follows about an F distribution of one degree of freedom and of as many as there are windows, less one for each whole. Of a
 * window that is a part of the whole, the difference is smaller than of another one by {@code (1 - 1/K) / (1 + 1/K)}, which is made
 * up for. A window of more rows than these had is taken to differ in proportion, as one with an effect of its own does.
 *
 * <p>Computed once for each column, when first asked for: as many tests as there are windows. Safe for use by several threads.
 */
public final class OwnWindows {

    /** From so many windows of a whole these say how much windows differ. */
    private static final int LEAST = 2;

    private final List<Part> parts;
    private final Map<String, Dispersion> known = new ConcurrentHashMap<>();

    /** A whole, such as a baseline or what it has of Mondays, and the windows that it consists of. */
    private record Part(Profile whole, List<Profile> windows) {}

    private OwnWindows(List<Part> parts) {
        this.parts = parts;
    }

    /**
     * Returns windows.
     *
     * @param windows their profiles, in groups of those that are to be alike; not to be changed afterwards
     */
    public static OwnWindows of(List<List<Profile>> windows) {
        return new OwnWindows(windows.stream()
                .filter(alike -> alike.size() >= LEAST)
                .map(alike -> new Part(alike.stream().reduce(Profile.create(), Profile::merge), List.copyOf(alike)))
                .toList());
    }

    /** Returns how much windows differ in a column; {@link Dispersion#NONE} where there are too few to say. */
    public Dispersion of(String column) {
        return known.computeIfAbsent(column, this::measured);
    }

    private Dispersion measured(String column) {
        Map<Change.Way, List<Double>> statistics = new EnumMap<>(Change.Way.class);
        int freedom = 0;
        long rows = 0;
        long count = 0;
        for (Part part : parts) {
            if (!part.whole().hasColumn(column)) {
                continue;
            }
            freedom += part.windows().size() - 1;
            for (Profile window : part.windows()) {
                rows += window.rows();
                count++;
                if (window.hasColumn(column)) {
                    addStatistics(statistics, column, part, window);
                }
            }
        }
        if (count == 0) {
            return Dispersion.NONE;
        }
        Map<Change.Way, Double> means = new EnumMap<>(Change.Way.class);
        for (Map.Entry<Change.Way, List<Double>> way : statistics.entrySet()) {
            means.put(
                    way.getKey(),
                    way.getValue().stream().mapToDouble(Double::doubleValue).sum() / count);
        }
        return new Dispersion(means, freedom, (double) rows / count);
    }

    private static void addStatistics(
            Map<Change.Way, List<Double>> statistics, String column, Part part, Profile window) {
        double windows = part.windows().size();
        double ofOthers = (1 + 1 / windows) / (1 - 1 / windows);
        ColumnTyping typing = part.whole().typing(column);
        ColumnReading whole = typing.reading();
        ColumnReading now = whole.as(window.column(column));
        ColumnChanges.statistics(typing.compared(whole, now), typing.compared(now, whole))
                .forEach((way, statistic) -> statistics
                        .computeIfAbsent(way, first -> new ArrayList<>())
                        .add(statistic * ofOthers));
    }
}
