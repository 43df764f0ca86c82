package io.modelmonitor;

import io.modelmonitor.api.ColumnType;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.stats.sketch.Category;
import io.modelmonitor.stats.sketch.ColumnProfile;
import io.modelmonitor.stats.sketch.ColumnReading;
import io.modelmonitor.stats.sketch.ColumnTyping;
import io.modelmonitor.stats.sketch.Profile;
import io.modelmonitor.stats.sketch.Spellings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds columns whose values equal the baseline's but are spelled otherwise, such as {@code true} for {@code True}, {@code 1613.0} for
 * {@code 1613}, {@code 1,613} for {@code 1'613} and {@code NULL} for {@code NA}: which is no change, except to a program that reads the
 * texts. Sources without spelling, such as numbers of Java, tell nothing.
 */
final class SpellingChanges {

    private static final int MOST_NAMED = 3;
    private static final int MOST_VALUES = ColumnTyping.MOST_CATEGORIES;

    private SpellingChanges() {}

    /** Returns one problem for all columns; none if there is no such column. */
    static Optional<DataProblem> of(Profile before, Profile now) {
        List<String> changes = new ArrayList<>();
        for (String name : now.names()) {
            if (before.hasColumn(name)) {
                ColumnTyping typing = before.typing(name);
                String change = change(typing, before.column(name), now.column(name));
                if (change == null && typing.type() != ColumnType.EMPTY) {
                    change = Spellings.change(typing, before.column(name), now.column(name));
                }
                if (change != null) {
                    changes.add("'" + name + "' (" + change + ")");
                }
            }
        }
        if (changes.isEmpty()) {
            return Optional.empty();
        }
        String named = String.join(", ", changes.subList(0, Math.min(MOST_NAMED, changes.size())));
        return Optional.of(
                new DataProblem("columns spelled otherwise than the baseline's: " + named, changes.size(), List.of()));
    }

    private static @Nullable String change(ColumnTyping typing, ColumnProfile before, ColumnProfile now) {
        if (typing.type() == ColumnType.EMPTY || typing.type() == ColumnType.TEXT || !areSpelled(before, now)) {
            return null;
        }
        String value = ofValues(before, now);
        if (value != null || !areNumbers(before) || !areNumbers(now)) {
            return value;
        }
        if (!typing.reading().isOfCodes() && now.reading().isOfCodes()) {
            return "digits with zeros in front";
        }
        long wholeBefore = before.count(ValueKind.INTEGRAL);
        long wholeNow = now.count(ValueKind.INTEGRAL);
        long readBefore = typing.reading().values().count(ValueKind.INTEGRAL);
        long readNow = typing.reading().as(now).values().count(ValueKind.INTEGRAL);
        if (wholeBefore == readBefore && readBefore > 0 && wholeNow == 0 && readNow > 0) {
            return "whole numbers as fractions";
        }
        return wholeBefore == 0 && readBefore > 0 && wholeNow == readNow && readNow > 0
                ? "whole numbers without a point"
                : null;
    }

    private static boolean areNumbers(ColumnProfile column) {
        return column.count(ValueKind.INTEGRAL) + column.count(ValueKind.FRACTIONAL) == column.present();
    }

    /** Returns whether numbers have texts on both sides, as the lengths of these are known. */
    private static boolean areSpelled(ColumnProfile before, ColumnProfile now) {
        return before.lengths().count() == before.present()
                && now.present() > 0
                && now.lengths().count() == now.present();
    }

    /** Returns the most frequent value of a few that equals one of the baseline's and has another spelling. */
    private static @Nullable String ofValues(ColumnProfile before, ColumnProfile now) {
        if (!isOfFew(before) || !isOfFew(now)) {
            return null;
        }
        Map<String, String> known = new HashMap<>();
        Set<String> spellings = new HashSet<>();
        for (Category category : before.categories().values()) {
            spellings.add(category.value());
            known.putIfAbsent(ColumnReading.value(category.value()), category.value());
        }
        for (Category category : now.categories().values()) {
            String usual = known.get(ColumnReading.value(category.value()));
            if (usual != null && !spellings.contains(category.value())) {
                return category.value() + " for " + usual;
            }
        }
        return null;
    }

    private static boolean isOfFew(ColumnProfile column) {
        return column.categories().isComplete() && column.categories().size() <= MOST_VALUES;
    }
}
