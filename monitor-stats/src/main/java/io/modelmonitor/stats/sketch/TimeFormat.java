package io.modelmonitor.stats.sketch;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Times that are texts. Where either of day and month may stand first, it is the one by which more texts are times; if that is the same,
 * as of days up to the twelfth, the one by which the times lie closer together.
 *
 * @param isMonthFirst whether the month stands first where either may
 * @param isShown whether texts show which does
 */
record TimeFormat(boolean isMonthFirst, boolean isShown) implements ColumnFormat {

    @Override
    public boolean areTimes() {
        return true;
    }

    /** Returns the format of texts. */
    static TimeFormat of(TextForms forms) {
        long byDay = forms.readable(TextForm.Family.TIME, false);
        long byMonth = forms.readable(TextForm.Family.TIME, true);
        return byDay == byMonth
                ? new TimeFormat(range(forms, forms, true) < range(forms, forms, false), false)
                : new TimeFormat(byMonth > byDay, true);
    }

    /** Returns the format of two readings, the first of which is in this one. */
    TimeFormat beside(ColumnReading one, ColumnReading other) {
        TimeFormat shown = isShown ? this : of(other.forms());
        return shown.isShown
                ? shown
                : new TimeFormat(
                        range(one.forms(), other.forms(), true) < range(one.forms(), other.forms(), false), false);
    }

    /** Returns from when to when the times of both are, in seconds. */
    private static double range(TextForms one, TextForms other, boolean isMonthFirst) {
        Moments times = one.moments(TextForm.Family.TIME, isMonthFirst)
                .merge(other.moments(TextForm.Family.TIME, isMonthFirst));
        return times.max() - times.min();
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
        return isShown ? count.readable(isMonthFirst) : count.count();
    }

    private String named(String form) {
        return isShown ? form.replaceFirst("a(\\W)b", isMonthFirst ? "M$1d" : "d$1M") : form;
    }

    @Override
    public @Nullable ColumnTimes times(ColumnReading reading) {
        Categories texts = reading.values().categories();
        if (texts.isComplete()) {
            return exactly(texts, isMonthFirst);
        }
        TextForms forms = reading.forms();
        KllSketch times = forms.quantiles(TextForm.Family.TIME, isMonthFirst);
        return times.count() > 0
                ? new ColumnTimes(
                        times.values(), times.rankError(), times.min(), times.max(), forms.hours(isMonthFirst))
                : null;
    }

    @Override
    public double end(RowSteps steps, boolean isLast) {
        String text = steps.text(isLast);
        TextForm form = new TextForm();
        if (text != null) {
            form.read(text);
        }
        return form.family() == TextForm.Family.TIME ? form.value(isMonthFirst) : Double.NaN;
    }

    /** Returns the times where every text is remembered. */
    private static @Nullable ColumnTimes exactly(Categories texts, boolean other) {
        TextForm form = new TextForm();
        SortedMap<Double, Long> counts = new TreeMap<>();
        texts.forEachText((text, count) -> {
            form.read(text);
            if (form.family() == TextForm.Family.TIME && !Double.isNaN(form.value(other))) {
                counts.merge(form.value(other), count, Long::sum);
            }
        });
        return counts.isEmpty()
                ? null
                : ColumnTimes.of(WeightedValues.of(counts), 0, counts.firstKey(), counts.lastKey());
    }

    @Override
    public String toString() {
        return "of texts";
    }
}
