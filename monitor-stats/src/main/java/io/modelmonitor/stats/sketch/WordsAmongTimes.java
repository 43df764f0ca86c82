package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.text.TextCursor;
import io.modelmonitor.stats.internal.text.TextForm;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The words in a column of times, such as {@code open} among the ends of contracts, as far as they are remembered, and numbers that are none
 * among times or ids that are. Times and ids go on; the shares of others that are many are compared. Texts that look like times and are none,
 * such as versions, are no words.
 */
final class WordsAmongTimes {

    /** The signs between the digits of times. */
    private static final String SIGNS = ".-/: ,_";

    /** The numbers of a day, month and year. */
    private static final int LEAST_RUNS = 3;

    private final ColumnReading reading;
    private final boolean areNumbers;
    private final NumbersApart apart;
    private final TextForm form = new TextForm();

    /** @param reading a column of times that are texts */
    WordsAmongTimes(ColumnReading reading) {
        this(reading, false, NumbersApart.NONE);
    }

    /** @param reading a column of times or ids in a format */
    WordsAmongTimes(ColumnReading reading, ColumnFormat format) {
        this(reading, format instanceof ColumnFormat.OfNumbers || format instanceof ColumnFormat.OfIds, format.apart());
    }

    private WordsAmongTimes(ColumnReading reading, boolean areNumbers, NumbersApart apart) {
        this.reading = reading;
        this.areNumbers = areNumbers;
        this.apart = apart;
    }

    /** Returns whether most of the values are times. */
    boolean areFew() {
        return MajorityKind.are(
                reading.values(),
                times(),
                reading.values().present(),
                text -> isTime(text) || (!areNumbers && isWrittenAsTimes(text)),
                areNumbers);
    }

    /** Returns whether they are so many that they are compared. */
    boolean areMany() {
        return times() < MajorityKind.LEAST_SHARE * reading.values().present();
    }

    /** Returns how many cells are which word, for the reader, to be said behind how times are written. */
    String note() {
        List<Category> words = words();
        return words.isEmpty() ? "" : ", " + CellNote.of(words, reading.values().rows());
    }

    /** Returns how many values are times, and how many of the others are which word, or numbers beside times that are texts. */
    SortedMap<String, Long> counts() {
        SortedMap<String, Long> counts = new TreeMap<>();
        words().forEach(word -> counts.put("'" + word.value() + "'", word.count()));
        counts.put("times", times());
        counts.put("numbers", areNumbers ? 0 : reading.values().kinds().numbers());
        counts.values().removeIf(count -> count == 0);
        return counts;
    }

    private long times() {
        return areNumbers
                ? reading.values().distribution().total()
                        - apart.count(reading.values().distribution())
                : reading.forms().count(TextForm.Family.TIME);
    }

    private List<Category> words() {
        List<Category> words = new ArrayList<>(apart.cells(reading.values().distribution()));
        reading.values().categories().forEachText((text, count) -> {
            if (areNumbers || !isTime(text)) {
                words.add(new Category(text, count));
            }
        });
        words.sort(Category.ORDER);
        return words;
    }

    /**
     * Returns whether a text that is no time is made of the same signs and runs of digits as a time without letters, as the versions
     * {@code 2025.4.0} and {@code 2025.4.1} are; but for one of equal digits, such as {@code 0000-00-00}, which stands for no time.
     */
    private static boolean isWrittenAsTimes(String text) {
        int runs = 0;
        boolean isEqual = true;
        char first = 0;
        char before = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!TextCursor.isDigit(c)) {
                if (SIGNS.indexOf(c) < 0) {
                    return false;
                }
            } else {
                runs += TextCursor.isDigit(before) ? 0 : 1;
                first = runs == 1 && !TextCursor.isDigit(before) ? c : first;
                isEqual &= c == first;
            }
            before = c;
        }
        return runs >= LEAST_RUNS && !isEqual;
    }

    private boolean isTime(String text) {
        form.read(text);
        return form.family() == TextForm.Family.TIME;
    }
}
