package io.modelmonitor;

import io.modelmonitor.api.Feature;
import io.modelmonitor.internal.Arguments;
import io.modelmonitor.labels.Labels;
import io.modelmonitor.spi.MetricCalculator;
import io.modelmonitor.stats.sketch.Category;
import io.modelmonitor.stats.sketch.ColumnProfile;
import io.modelmonitor.stats.sketch.Profile;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the columns and values that calculators were told to read, in the reference data and in windows. */
final class ReadColumns {

    /** Of fewer rows, a value that is not there may be missing by chance, and a calculator may have too few to measure anything. */
    static final int LEAST_TELLING = 30;

    private static final double BY_CHANCE = 0.01;

    private ReadColumns() {}

    /**
     * Checks a calculator.
     *
     * @throws IllegalArgumentException if there is no such column, none of the values named for it among {@value #LEAST_TELLING} or more,
     *     or one that only differs by case from one that is there; the message names the nearest
     */
    static void check(MetricCalculator<?> calculator, Measurement reference, Profile profile) {
        List<String> columns = reference.columns();
        for (Feature read : calculator.reads()) {
            String name = read.name();
            if (isMissing(name, columns)) {
                Arguments.checkKnown("calculator '" + calculator.name() + "': column", name, columns);
            }
            if (profile.hasColumn(name) && !read.domain().isEmpty()) {
                checkValues(calculator, read, profile.column(name));
            }
        }
    }

    /** Returns whether there is no such column. Positions and paths are found in the rows; they are not among the names. */
    private static boolean isMissing(String name, List<String> columns) {
        return !columns.contains(name) && !name.matches("[0-9]+|.*[.\\[\"].*");
    }

    /** Returns the first column that a calculator reads and that is not there; null if all are. */
    static @Nullable String missing(MetricCalculator<?> calculator, List<String> columns) {
        return calculator.reads().stream()
                .map(Feature::name)
                .filter(name -> isMissing(name, columns))
                .findFirst()
                .orElse(null);
    }

    /**
     * Returns whether so many rows have what a calculator reads but for a chance of {@value #BY_CHANCE}, by the shares of the reference data:
     * of rows with a value, and of those with and without the values that were named. Of fewer, nothing may be there to measure.
     */
    static boolean areTelling(MetricCalculator<?> calculator, long rows, Profile profile) {
        double share = 1;
        for (Feature read : calculator.reads()) {
            if (profile.hasColumn(read.name())) {
                ColumnProfile column = profile.column(read.name());
                double present = (double) column.present() / Math.max(1, column.rows());
                share = Math.min(share, present * rarer(column, read));
            }
        }
        return rows >= LEAST_TELLING && rows * StrictMath.log1p(-share) <= StrictMath.log(BY_CHANCE);
    }

    /** Returns the share of values that were named, or of the others if it is less; 1 if none were named, or none is there. */
    private static double rarer(ColumnProfile column, Feature read) {
        if (read.domain().isEmpty()) {
            return 1;
        }
        Set<String> wanted = read.domain().stream().map(Labels::normalised).collect(Collectors.toSet());
        long named = column.categories().values().stream()
                .filter(category -> wanted.contains(Labels.normalised(category.value())))
                .mapToLong(Category::count)
                .sum();
        double share = (double) named / Math.max(1, column.present());
        return named == 0 || named == column.present() ? 1 : Math.min(share, 1 - share);
    }

    private static void checkValues(MetricCalculator<?> calculator, Feature read, ColumnProfile column) {
        Set<String> present = new LinkedHashSet<>();
        long counted = 0;
        for (Category category : column.categories().values()) {
            present.add(Labels.normalised(category.value()));
            counted += category.count();
        }
        if (counted < column.present() || counted == 0) {
            return;
        }
        boolean isAnyThere = read.domain().stream().map(Labels::normalised).anyMatch(present::contains);
        for (String value : read.domain()) {
            String wanted = Labels.normalised(value);
            boolean isOtherCase = present.stream().anyMatch(wanted::equalsIgnoreCase);
            boolean isAbsent = !isAnyThere && counted >= LEAST_TELLING;
            if (!present.contains(wanted) && (isAbsent || isOtherCase)) {
                Arguments.checkKnown(
                        "calculator '" + calculator.name() + "', column '" + read.name() + "': value", wanted, present);
            }
        }
    }
}
