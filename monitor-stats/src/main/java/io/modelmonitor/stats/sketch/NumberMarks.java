package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.text.TextCursor;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The signs beside the digits of numbers that are texts, which do not change what these are: between thousands, and before and behind. */
final class NumberMarks {

    private static final int THOUSAND = 1_000;
    private static final int GROUP = 3;
    private static final String NOTHING = "nothing";
    private static final String BETWEEN = "between thousands";
    private static final String NEGATIVE = "at negative numbers";
    private static final String POSITIVE = "at positive numbers";
    private static final String MINUS = "-\u2212\u2013\u2010\u2011";

    private final Amounts amounts;

    /** The marks at each place, with how often they stand there. */
    private final Map<String, Map<String, Long>> marks = new TreeMap<>();

    private NumberMarks(Amounts amounts, ColumnProfile column) {
        this.amounts = amounts;
        for (String place : new String[] {BETWEEN, NEGATIVE, POSITIVE}) {
            marks.put(place, new TreeMap<>());
        }
        column.categories().forEachText(this::read);
        Moments plain = column.moments();
        if (plain.count() > 0) {
            add(Math.max(-plain.min(), plain.max()) >= THOUSAND, BETWEEN, NOTHING, plain.count());
            add(plain.min() < 0, NEGATIVE, before('-'), plain.negativeCount());
            add(plain.max() > 0, POSITIVE, NOTHING, plain.count() - plain.negativeCount());
        }
    }

    /** Returns what stands at numbers now for what stood there; null if nothing does that never did. */
    static @Nullable String change(Amounts amounts, ColumnProfile before, ColumnProfile now) {
        NumberMarks earlier = new NumberMarks(amounts, before);
        NumberMarks later = new NumberMarks(amounts, now);
        for (Map.Entry<String, Map<String, Long>> place : later.marks.entrySet()) {
            Map<String, Long> known = earlier.marks.getOrDefault(place.getKey(), Map.of());
            String found = most(place.getValue(), known);
            String usual = most(known, Map.of());
            if (found != null && usual != null) {
                return found + " for " + usual + " " + place.getKey();
            }
        }
        return null;
    }

    private static @Nullable String most(Map<String, Long> of, Map<String, Long> without) {
        return of.entrySet().stream()
                .filter(mark -> !without.containsKey(mark.getKey()))
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    private void add(boolean isSo, String place, String mark, long count) {
        if (isSo) {
            marks.getOrDefault(place, new TreeMap<>()).merge(mark, count, Long::sum);
        }
    }

    private void read(String text, long count) {
        double number = amounts.number(text);
        int from = 0;
        while (from < text.length() && !TextCursor.isDigit(text.charAt(from))) {
            from++;
        }
        int to = text.length();
        while (to > from && !TextCursor.isDigit(text.charAt(to - 1))) {
            to--;
        }
        if (Double.isNaN(number) || from == to) {
            return;
        }
        char decimal = amounts.comma() ? ',' : '.';
        int end = text.indexOf(decimal, from);
        add(Math.abs(number) >= THOUSAND, BETWEEN, between(text.substring(from, end < 0 ? to : end)), count);
        String sign = sign(text.substring(0, from), text.substring(to));
        add(number < 0, NEGATIVE, sign, count);
        add(number > 0, POSITIVE, sign, count);
    }

    /** Returns what stands before the last three digits of a whole number. */
    private static String between(String whole) {
        int place = whole.length() - GROUP - 1;
        boolean isMark = place > 0 && !TextCursor.isDigit(whole.charAt(place));
        return isMark ? shown(whole.charAt(place)) : NOTHING;
    }

    private static String sign(String front, String behind) {
        if (front.indexOf('(') >= 0 && behind.indexOf(')') >= 0) {
            return "'(' and ')'";
        }
        for (char c : (MINUS + "+").toCharArray()) {
            if (front.indexOf(c) >= 0) {
                return before(c);
            }
            if (behind.indexOf(c) >= 0) {
                return shown(c) + " behind";
            }
        }
        return NOTHING;
    }

    private static String before(char c) {
        return shown(c) + " in front";
    }

    private static String shown(char c) {
        if (c == ' ') {
            return "a blank";
        }
        return Character.isSpaceChar(c) ? String.format(Locale.ROOT, "U+%04X", (int) c) : "'" + c + "'";
    }
}
