package io.modelmonitor;

import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Schema;
import io.modelmonitor.internal.Arguments;
import io.modelmonitor.quality.DataQuality;
import io.modelmonitor.stats.sketch.ColumnProfile;
import io.modelmonitor.stats.sketch.Profile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The columns whose quality and drift a monitor watches.
 *
 * @param names the columns named
 * @param isOnly whether those are watched and no others; else all others are
 */
record WatchedColumns(Set<String> names, boolean isOnly) {

    static final WatchedColumns ALL = new WatchedColumns(Set.of(), false);

    /**
     * Checks these, which are chosen among the columns that are watched.
     *
     * @param besideOthers whether more is watched than the quality and drift of columns
     * @throws IllegalArgumentException if one is not there, or none is left and nothing else is watched
     */
    void check(List<String> columns, boolean besideOthers) {
        names.forEach(name -> Arguments.checkKnown("column", name, columns));
        Arguments.check(
                besideOthers || !of(columns).isEmpty(),
                "columns",
                "none of " + columns.size(),
                "one at least where nothing else is watched");
    }

    boolean contains(String column) {
        return names.contains(column) == isOnly;
    }

    /** Returns the columns of both. */
    WatchedColumns within(WatchedColumns others) {
        if (isOnly) {
            return this; // of columns that the others have
        }
        Set<String> changed = new HashSet<>(others.names);
        if (others.isOnly) {
            changed.removeAll(names);
        } else {
            changed.addAll(names);
        }
        return new WatchedColumns(Set.copyOf(changed), others.isOnly);
    }

    private boolean areAll() {
        return names.isEmpty() && !isOnly;
    }

    /** Returns the watched ones of some columns. */
    List<String> of(List<String> columns) {
        return columns.stream().filter(this::contains).toList();
    }

    /** Returns a measurement whose profile has the watched columns only; other calculators keep their states. */
    Measurement of(Measurement measurement) {
        Profile profile = areAll() ? null : measurement.state(DataQuality.standard());
        if (profile == null) {
            return measurement;
        }
        Map<String, ColumnProfile> columns = new LinkedHashMap<>();
        of(profile.names()).forEach(name -> columns.put(name, profile.column(name)));
        Profile watched = Profile.of(profile.rows(), columns)
                .declaring(columns.keySet().stream()
                        .map(profile::role)
                        .flatMap(Stream::ofNullable)
                        .toList());
        return measurement.replacing(DataQuality.standard(), watched);
    }

    /** Returns what is required of the watched columns, and of all that data quality does not measure of columns. */
    Constraints of(Constraints constraints, Set<String> columns) {
        List<Constraint> kept = new ArrayList<>(constraints.list());
        kept.removeIf(constraint -> columns.contains(constraint.subject())
                && !contains(constraint.subject())
                && (DataQuality.measuresOfColumns(constraint.metric())
                        || constraint.metric().startsWith("drift.")));
        return new Constraints(
                Schema.of(constraints.schema().features().stream()
                        .filter(feature -> contains(feature.name()))
                        .toList()),
                kept);
    }
}
