package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.Packed;
import io.modelmonitor.stats.internal.text.CalendarNames;
import io.modelmonitor.stats.internal.text.TextCursor;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts of texts by the letters and signs that they begin with, such as {@code INV-} and {@code https://}, while these are few. Counts
 * merge exactly in any order. One thread at a time may change a state.
 */
final class Beginnings {

    static final int MOST = 8;

    private static final int MOST_LETTERS = 16;
    private static final int MOST_SIGNS = 4;

    private SortedMap<String, Long> counts = new TreeMap<>();
    private boolean areMany;
    private String last = "";
    private long times;

    Beginnings() {}

    /** Adds a text so often; only if it begins with letters, no name of a month or weekday, and signs or nothing but digits follow. */
    void add(CharSequence text, long more) {
        if (areMany) {
            return;
        }
        int length = length(text);
        if (length != last.length() || !begins(text, last)) {
            flush();
            if (areMany) {
                return;
            }
            last = text.subSequence(0, length).toString();
        }
        times += more;
    }

    /** Adds a text so often that begins as the one last added. */
    void addAsBefore(long more) {
        times += areMany ? 0 : more;
    }

    private static boolean begins(CharSequence text, String beginning) {
        for (int i = 0; i < beginning.length(); i++) {
            if (text.charAt(i) != beginning.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Adds what waits to be counted, as has to be done behind the last text of a block. */
    void flush() {
        if (times > 0 && !last.isEmpty()) {
            counts.merge(last, times, Long::sum);
        }
        times = 0;
        if (counts.size() > MOST) {
            giveUp();
        }
    }

    /** Stops to count. */
    void giveUp() {
        areMany = true;
        counts = new TreeMap<>();
        times = 0;
        last = "";
    }

    /** Returns where a beginning ends; 0 if there is none. */
    private static int length(CharSequence text) {
        int end = text.length();
        int letters = 0;
        while (letters < end && TextCursor.isLetter(text.charAt(letters))) {
            letters++;
        }
        if (letters == 0
                || letters == end
                || letters > MOST_LETTERS
                || CalendarNames.month(text, 0, letters) > 0
                || CalendarNames.isWeekday(text, 0, letters)) {
            return 0;
        }
        int next = letters;
        if (TextCursor.isDigit(text.charAt(letters))) {
            while (next < end && TextCursor.isDigit(text.charAt(next))) {
                next++;
            }
            return next < end && Character.isLetter(text.charAt(next)) ? 0 : letters;
        }
        while (next < end && next - letters < MOST_SIGNS && !Character.isLetterOrDigit(text.charAt(next))) {
            next++;
        }
        return next == letters || next == end ? 0 : next;
    }

    Beginnings merge(Beginnings other) {
        Beginnings merged = new Beginnings();
        merged.areMany = areMany || other.areMany;
        if (!merged.areMany) {
            merged.counts.putAll(counts);
            other.counts.forEach((beginning, count) -> merged.counts.merge(beginning, count, Long::sum));
            if (merged.counts.size() > MOST) {
                merged.giveUp();
            }
        }
        return merged;
    }

    /** Returns how many texts begin with what; null if there are too many beginnings. */
    @Nullable
    SortedMap<String, Long> counts() {
        return areMany ? null : new TreeMap<>(counts);
    }

    void write(DataOutput out) throws IOException {
        out.writeBoolean(areMany);
        Packed.writeCount(out, counts.size());
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            Packed.writeText(out, count.getKey());
            Packed.writeCount(out, count.getValue());
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param texts how many texts there are
     */
    static Beginnings read(DataInput in, long texts) throws IOException {
        Beginnings read = new Beginnings();
        read.areMany = Packed.readFlag(in, "beginnings");
        int size = Packed.readCount(in, "beginnings", read.areMany ? 0 : MOST);
        long sum = 0;
        for (int i = 0; i < size; i++) {
            String text = Packed.readText(in, "beginning");
            Packed.check(text.length() <= MOST_LETTERS + MOST_SIGNS, "beginning", "too long");
            long count = Packed.readCount(in, "count of a beginning");
            Packed.check(read.counts.put(text, count) == null, "beginnings", "two are '", text, "'");
            sum = Packed.sum("beginnings", sum, count);
        }
        Packed.check(sum <= texts, "beginnings", sum, " of ", texts);
        return read;
    }
}
