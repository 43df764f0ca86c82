package io.modelmonitor;

import io.modelmonitor.api.ColumnRole;
import io.modelmonitor.api.ColumnType;
import io.modelmonitor.api.internal.VisibleText;
import io.modelmonitor.quality.DataQuality;
import io.modelmonitor.stats.internal.drift.OwnWindows;
import io.modelmonitor.stats.sketch.ColumnProfile;
import io.modelmonitor.stats.sketch.ColumnTyping;
import io.modelmonitor.stats.sketch.Profile;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The description of reference data: what each column is taken for, which rows may belong together, and how windows differ. */
final class Description {

    /** From so many rows of each value on average rows are taken to belong together. */
    private static final double LEAST_REPEATS = 1.5;

    private static final int MOST_NAMED = 3;

    private Description() {}

    /** Returns a line for each column, and one for each thing that is to be known of all. */
    static List<String> of(Measurement measurement, Profile profile) {
        List<String> lines = new ArrayList<>();
        for (String name : profile.names()) {
            ColumnTyping typing = profile.typing(name);
            lines.add(VisibleText.label(name) + ": " + typing + (isLabel(profile.role(name)) ? ", a label" : "")
                    + (measurement.group().isEmpty() ? repeats(name, typing, profile.column(name)) : ""));
        }
        if (!measurement.group().isEmpty()) {
            lines.add("One row of each '" + measurement.group() + "' is read.");
        }
        if (isWithoutTime(measurement, profile)) {
            lines.add("No column tells the time, so rows are taken to be independent.");
        }
        List<String> alike = serial(measurement, profile);
        if (!alike.isEmpty()) {
            lines.add("Rows next to each other are alike in "
                    + named(alike.stream()
                            .map(name -> String.format(
                                    Locale.ROOT,
                                    "%s (serial correlation %.2f)",
                                    VisibleText.label(name),
                                    profile.typing(name).serialCorrelation()))
                            .toList())
                    + ", so that they are not independent: a window of which that is so, too, is taken for one of (1 - r) / (1 + r) as"
                    + " many rows. A baseline of measurements asWindow() remembers what windows differ by.");
        }
        season(lines, measurement, profile);
        return lines;
    }

    /** Returns what is assumed of how rows hang together, in a few words; nothing where times, windows or groups tell. */
    static String ofRows(Measurement measurement, Profile profile) {
        if (!measurement.group().isEmpty()) {
            return "one of each '" + measurement.group() + "'";
        }
        if (!serial(measurement, profile).isEmpty()) {
            return "not independent, as describe() tells";
        }
        return isWithoutTime(measurement, profile) ? "taken to be independent" : "";
    }

    /** Returns the columns in which rows next to each other are alike, unless windows or groups tell what rows have in common. */
    private static List<String> serial(Measurement measurement, Profile profile) {
        return !measurement.windows().isEmpty() || !measurement.group().isEmpty()
                ? List.of()
                : profile.names().stream()
                        .filter(name -> !Double.isNaN(profile.typing(name).serialCorrelation()))
                        .toList();
    }

    private static String named(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())))
                + (names.size() > MOST_NAMED ? " and " + (names.size() - MOST_NAMED) + " more" : "");
    }

    private static boolean isWithoutTime(Measurement measurement, Profile profile) {
        return measurement.windows().isEmpty()
                && measurement.start() == null
                && profile.names().stream()
                        .noneMatch(name -> profile.typing(name).type() == ColumnType.TIME);
    }

    private static boolean isLabel(@Nullable ColumnRole role) {
        return role != null && role.isLabel();
    }

    private static String repeats(String name, ColumnTyping typing, ColumnProfile column) {
        double rows = column.present() / Math.max(1, column.distinctCount());
        return typing.type() == ColumnType.ID && !typing.goesOn() && rows >= LEAST_REPEATS
                ? String.format(
                        Locale.ROOT,
                        ", repeats, %.2g rows each, so that rows may not be independent; per(\"%s\") reads one of each",
                        rows,
                        name)
                : "";
    }

    /** Adds by which season windows of the baseline differ more than those of the same phase do. */
    private static void season(List<String> lines, Measurement measurement, Profile profile) {
        List<Measurement> windows = measurement.windows();
        for (Season season : List.of(Season.HOUR_OF_DAY, Season.DAY_OF_WEEK)) {
            Map<Integer, List<Profile>> phases = new TreeMap<>();
            for (Measurement window : windows) {
                Instant start = window.start();
                Profile state = window.state(DataQuality.standard());
                if (start != null && state != null) {
                    phases.computeIfAbsent(season.phase(start, ZoneOffset.UTC), first -> new ArrayList<>())
                            .add(state);
                }
            }
            List<Profile> all = phases.values().stream().flatMap(List::stream).toList();
            OwnWindows together = OwnWindows.of(List.of(all));
            OwnWindows alike = OwnWindows.of(List.copyOf(phases.values()));
            List<String> seasonal = phases.size() < 2
                    ? List.of()
                    : profile.names().stream()
                            .filter(name -> together.of(name).exceeds(alike.of(name)))
                            .map(VisibleText::label)
                            .toList();
            if (!seasonal.isEmpty()) {
                lines.add("Windows differ by the " + season.title() + " in " + named(seasonal) + "; seasonal(Season."
                        + season.name() + ") compares like with like.");
            }
        }
    }
}
