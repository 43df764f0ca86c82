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

/** Checks that what calculators were told to read is in the reference data. */
final class ReadColumns {

    /** Of fewer rows, a value that is not there may be missing by chance, and a calculator may have too few to measure anything. */
    static final int LEAST_TELLING = 30;

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
            // Positions and paths are found in the rows; they are not among the names.
            if (!columns.contains(name) && !name.matches("[0-9]+|.*[.\\[\"].*")) {
                Arguments.checkKnown("calculator '" + calculator.name() + "': column", name, columns);
            }
            if (profile.hasColumn(name) && !read.domain().isEmpty()) {
                checkValues(calculator, read, profile.column(name));
            }
        }
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
