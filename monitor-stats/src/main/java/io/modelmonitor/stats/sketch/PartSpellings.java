package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.text.CalendarNames;
import io.modelmonitor.stats.internal.text.TextCursor;
import io.modelmonitor.stats.internal.text.TextForm;
import java.time.LocalDate;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The spellings of parts of the calendar that are words, such as the months of dates: in another language or case, they are the same. */
final class PartSpellings {

    private static final String NAMED_MONTH = "MMM";
    private static final int SECONDS_OF_DAY = 86_400;

    private final TextForm form = new TextForm();

    /** The words for each part, with how often they occur. */
    private final SortedMap<Integer, Map<String, Long>> words = new TreeMap<>();

    private PartSpellings(ColumnFormat format, ColumnProfile column) {
        if (format instanceof ColumnFormat.OfNames) {
            column.categories().forEachText((text, count) -> add(format.part(text), text, count));
        } else if (format instanceof TimeFormat && isOfNames(column)) {
            column.categories().forEachText(this::addMonth);
        }
    }

    /** Returns a word for the usual one for the same part; null if none is another. */
    static @Nullable String change(ColumnFormat format, ColumnProfile before, ColumnProfile now) {
        PartSpellings later = new PartSpellings(format, now);
        if (later.words.isEmpty()) {
            return null;
        }
        PartSpellings earlier = new PartSpellings(format, before);
        for (Map.Entry<Integer, Map<String, Long>> part : later.words.entrySet()) {
            Map<String, Long> known = earlier.words.getOrDefault(part.getKey(), Map.of());
            for (String word : part.getValue().keySet()) {
                if (!known.isEmpty() && !known.containsKey(word)) {
                    return word + " for " + usual(known);
                }
            }
        }
        return null;
    }

    private static String usual(Map<String, Long> words) {
        return words.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse("");
    }

    private static boolean isOfNames(ColumnProfile column) {
        return column.categories().forms().forms().keySet().stream().anyMatch(name -> name.contains(NAMED_MONTH));
    }

    private void add(int part, String word, long count) {
        if (part >= 0) {
            words.computeIfAbsent(part, number -> new TreeMap<>()).merge(word, count, Long::sum);
        }
    }

    /** Adds the word in a text that is the name of the month which the text tells. */
    private void addMonth(String text, long count) {
        form.read(text);
        if (form.family() != TextForm.Family.TIME || Double.isNaN(form.value(false))) {
            return;
        }
        int month = LocalDate.ofEpochDay((long) Math.floor(form.value(false) / SECONDS_OF_DAY))
                .getMonthValue();
        int from = 0;
        while (from < text.length()) {
            int to = from;
            while (to < text.length() && TextCursor.isOfName(text.charAt(to))) {
                to++;
            }
            if (to > from && CalendarNames.monthOfDate(text, from, to) == month) {
                boolean isCut = to < text.length() && text.charAt(to) == '.';
                add(month, text.substring(from, isCut ? to + 1 : to), count);
                return;
            }
            from = Math.max(to, from + 1);
        }
    }
}
