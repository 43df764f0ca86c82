package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.text.Calendars;
import io.modelmonitor.stats.internal.text.TextForm;
import java.time.LocalDate;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Times that are texts. Where day, month or a year of two digits may stand first, it is the one by which more texts are times; if that is
 * the same, as of days up to the twelfth, the one by which the times lie closer together. The times of a single day do not show it.
 *
 * @param first what stands first where more may
 * @param isShown whether texts show it
 */
record TimeFormat(First first, boolean isShown) implements ColumnFormat {

    /** So many times closer do times lie by the year if it stands first: taken for the day of a month, it rarely changes. */
    private static final int MUCH_CLOSER = 4;

    private static final int CENTURY = 2_000;
    private static final double DAY = 86_400;
    private static final String AMBIGUOUS = "a(\\W)b";

    /** The part of a date that stands first. */
    enum First {
        DAY,
        MONTH,
        YEAR
    }

    @Override
    public boolean areTimes() {
        return true;
    }

    /** Returns the format of texts. */
    static TimeFormat of(TextForms forms) {
        return of(forms, forms);
    }

    /** Returns the format of two readings, the first of which is in this one. */
    TimeFormat beside(ColumnReading one, ColumnReading other) {
        return isShown ? this : of(one.forms(), other.forms());
    }

    private static TimeFormat of(TextForms one, TextForms other) {
        long byDay = one.readable(TextForm.Family.TIME, false) + other.readable(TextForm.Family.TIME, false);
        long byMonth = one.readable(TextForm.Family.TIME, true) + other.readable(TextForm.Family.TIME, true);
        boolean isMonth = byDay == byMonth ? range(one, other, true) < range(one, other, false) : byMonth > byDay;
        double range = range(one, other, isMonth);
        double byYear = rangeByYear(one, other);
        if (MUCH_CLOSER * byYear < range) {
            return new TimeFormat(First.YEAR, true);
        }
        boolean isOfOneDay = byYear < DAY && range < DAY;
        return new TimeFormat(isMonth ? First.MONTH : First.DAY, byDay != byMonth && !isOfOneDay);
    }

    /** Returns from when to when the times of both are, in seconds. */
    private static double range(TextForms one, TextForms other, boolean isMonthFirst) {
        Moments times = one.moments(TextForm.Family.TIME, isMonthFirst)
                .merge(other.moments(TextForm.Family.TIME, isMonthFirst));
        return times.max() - times.min();
    }

    /** Returns from when to when the times of both are if the year stands first, as far as they are remembered; NaN if it does not. */
    private static double rangeByYear(TextForms one, TextForms other) {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (TextForms forms : new TextForms[] {one, other}) {
            if (!mayBeByYear(forms)) {
                return Double.NaN;
            }
            WeightedValues times = forms.quantiles(TextForm.Family.TIME, false).values();
            for (int i = 0; i < times.size(); i++) {
                double time = byYear(times.value(i));
                least = Math.min(least, time);
                greatest = Math.max(greatest, time);
            }
        }
        return greatest - least;
    }

    private static boolean mayBeByYear(TextForms forms) {
        return forms.forms().entrySet().stream()
                .allMatch(form -> form.getValue().family() != TextForm.Family.TIME
                        || form.getKey().matches(AMBIGUOUS + "\\1yy\\b.*"));
    }

    /** Returns the time that has the year where another one has the day, and the day where it has the year; NaN if there is none. */
    private static double byYear(double byDay) {
        double days = Math.floor(byDay / DAY);
        LocalDate date = LocalDate.ofEpochDay((long) days);
        int year = CENTURY + date.getDayOfMonth();
        int day = date.getYear() - CENTURY;
        return Calendars.isDay(year, date.getMonthValue(), day)
                ? DAY * Calendars.epochDay(year, date.getMonthValue(), day) + (byDay - DAY * days)
                : Double.NaN;
    }

    @Override
    public SortedMap<String, Long> counts(ColumnReading reading) {
        SortedMap<String, Long> counts = new TreeMap<>();
        reading.forms().forms().forEach((form, count) -> {
            if (count.family() == TextForm.Family.TIME) {
                counts.merge(named(form), readable(count), Long::sum);
            }
        });
        long known = counts.values().stream().mapToLong(Long::longValue).sum();
        counts.values().removeIf(count -> count == 0);
        if (reading.values().present() > known) {
            counts.put(OTHER, reading.values().present() - known);
        }
        return counts;
    }

    private long readable(TextForms.Count count) {
        return isShown ? count.readable(first == First.MONTH) : count.count();
    }

    private String named(String form) {
        if (!isShown) {
            return form;
        }
        return switch (first) {
            case DAY -> form.replaceFirst(AMBIGUOUS, "d$1M");
            case MONTH -> form.replaceFirst(AMBIGUOUS, "M$1d");
            case YEAR -> form.replaceFirst(AMBIGUOUS + "\\1yy\\b", "yy$1M$1d");
        };
    }

    @Override
    public @Nullable ColumnTimes times(ColumnReading reading) {
        Categories texts = reading.values().categories();
        if (texts.isComplete()) {
            SortedMap<Double, Long> counts = new TreeMap<>();
            TextForm form = new TextForm();
            texts.forEachText((text, count) -> add(counts, time(text, form), count));
            return of(counts, 0);
        }
        TextForms forms = reading.forms();
        KllSketch times = forms.quantiles(TextForm.Family.TIME, first == First.MONTH);
        if (times.count() == 0) {
            return null;
        }
        WeightedValues values = times.values();
        if (first != First.YEAR) {
            return new ColumnTimes(
                    values, times.rankError(), times.min(), times.max(), forms.hours(first == First.MONTH));
        }
        SortedMap<Double, Long> counts = new TreeMap<>();
        for (int i = 0; i < values.size(); i++) {
            add(counts, byYear(values.value(i)), values.weight(i));
        }
        return of(counts, times.rankError());
    }

    private static void add(SortedMap<Double, Long> counts, double time, long count) {
        if (!Double.isNaN(time)) {
            counts.merge(time, count, Long::sum);
        }
    }

    private static @Nullable ColumnTimes of(SortedMap<Double, Long> counts, double error) {
        return counts.isEmpty()
                ? null
                : ColumnTimes.of(WeightedValues.of(counts), error, counts.firstKey(), counts.lastKey());
    }

    @Override
    public double end(RowSteps steps, boolean isLast) {
        String text = steps.text(isLast);
        return text == null ? Double.NaN : time(text, new TextForm());
    }

    /**
     * Returns the seconds since 1970 of a text; NaN if it is no time.
     *
     * @param form reads one text after the other
     */
    double time(String text, TextForm form) {
        form.read(text);
        if (form.family() != TextForm.Family.TIME) {
            return Double.NaN;
        }
        return first == First.YEAR ? byYear(form.value(false)) : form.value(first == First.MONTH);
    }

    @Override
    public String toString() {
        return "of texts";
    }
}
