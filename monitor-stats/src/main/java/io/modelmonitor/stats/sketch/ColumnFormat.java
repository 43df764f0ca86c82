package io.modelmonitor.stats.sketch;

import io.modelmonitor.api.ValueKind;
import io.modelmonitor.stats.internal.text.LexicalForm;
import io.modelmonitor.stats.internal.text.TextForm;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoublePredicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The way in which the values of a column of times or ids are written, by which they can be counted and read. */
interface ColumnFormat {

    /** The name for values in none of the known formats. */
    String OTHER = "other";

    /** Returns how many present values are in which format. */
    SortedMap<String, Long> counts(ColumnReading reading);

    /** Returns whether values that are compared too, as those of times and ids are not, are judged by how they are written. */
    default boolean isJudged(ColumnReading reading) {
        return false;
    }

    /** Returns whether values are times, and no parts of the calendar. */
    default boolean areTimes() {
        return false;
    }

    /** Returns the numbers among the values that are none of them. */
    default NumbersApart apart() {
        return NumbersApart.NONE;
    }

    /** Returns the seconds since 1970 of the values, as well as they are known; null if they are no points in time. */
    default @Nullable ColumnTimes times(ColumnReading reading) {
        return null;
    }

    /** Returns the seconds since 1970 of the first row, or of the last; NaN if that is no point in time. */
    default double end(RowSteps steps, boolean isLast) {
        return Double.NaN;
    }

    /** Returns whether values are parts of a day, which comes round in any longer window. */
    default boolean isOfDay() {
        return false;
    }

    /** Returns the part of the calendar that values are; null if they are none. */
    default @Nullable CalendarPart part() {
        return null;
    }

    /** Returns the number of a part of the calendar that is so called; negative if it is none. */
    default int part(String value) {
        return -1;
    }

    /**
     * Times that are numbers.
     *
     * @param time their format
     * @param apart numbers that are none
     */
    record OfNumbers(NumberTime time, NumbersApart apart) implements ColumnFormat {

        @Override
        public boolean areTimes() {
            return true;
        }

        @Override
        public SortedMap<String, Long> counts(ColumnReading reading) {
            return split(
                    time.toString(),
                    holding(reading.values(), time::holds),
                    reading.values().present());
        }

        @Override
        public @Nullable ColumnTimes times(ColumnReading reading) {
            if (!time.isPointInTime()) {
                return null;
            }
            WeightedValues numbers = reading.values().distribution();
            // The days of one month are not next to each other where the year stands last.
            SortedMap<Double, Long> times = new TreeMap<>();
            for (int i = 0; i < numbers.size(); i++) {
                if (time.holds(numbers.value(i))) {
                    times.merge(time.seconds(numbers.value(i)), numbers.weight(i), Long::sum);
                }
            }
            if (times.isEmpty()) {
                return null;
            }
            double least = reading.values().moments().min();
            double greatest = reading.values().moments().max();
            ColumnTimes known = ColumnTimes.of(
                    WeightedValues.of(times),
                    error(reading.values()),
                    time.holds(least) ? Math.min(times.firstKey(), time.seconds(least)) : times.firstKey(),
                    time.holds(greatest) ? Math.max(times.lastKey(), time.seconds(greatest)) : times.lastKey());
            DayHours hours = reading.values().hours();
            return time.hasKnownHours() && !known.isExact() && hours != null ? known.withHours(hours.counts()) : known;
        }

        @Override
        public double end(RowSteps steps, boolean isLast) {
            double number = steps.number(isLast);
            return time.isPointInTime() && time.holds(number) ? time.seconds(number) : Double.NaN;
        }

        @Override
        public String toString() {
            return "as " + time;
        }
    }

    /**
     * Ids that are numbers, and some numbers that are none.
     *
     * @param apart the numbers that are none
     */
    record OfIds(NumbersApart apart) implements ColumnFormat {

        @Override
        public SortedMap<String, Long> counts(ColumnReading reading) {
            DoublePredicate isId = number -> !apart.has(number);
            return split("9", holding(reading.values(), isId), reading.values().present());
        }

        @Override
        public String toString() {
            return "of ids";
        }
    }

    /** Parts of the calendar that are numbers. */
    record OfPart(CalendarPart part) implements ColumnFormat {

        @Override
        public boolean isOfDay() {
            return part.isOfDay();
        }

        @Override
        public SortedMap<String, Long> counts(ColumnReading reading) {
            return split(
                    part.toString(),
                    holding(reading.values(), part::holds),
                    reading.values().present());
        }

        @Override
        public int part(String value) {
            byte kind = LexicalForm.of(value);
            double number = ValueKind.isNumber(kind) ? Double.parseDouble(value) : Double.NaN;
            return part.holds(number) ? (int) number : -1;
        }

        @Override
        public String toString() {
            return "as " + part;
        }
    }

    /**
     * Parts of the calendar that are texts, such as names.
     *
     * @param words what they are called
     * @param part the part of the calendar; null if it is none of these
     * @param number the number of a text, from 1; 0 if it is none
     */
    record OfNames(String words, @Nullable CalendarPart part, ToIntFunction<String> number) implements ColumnFormat {

        @Override
        public boolean isOfDay() {
            return part != null && part.isOfDay();
        }

        @Override
        public SortedMap<String, Long> counts(ColumnReading reading) {
            long named = reading.values().categories().stream()
                    .filter(category -> part(category.value()) >= 0)
                    .mapToLong(Category::count)
                    .sum();
            return split(words, named, reading.values().present());
        }

        @Override
        public int part(String value) {
            int named = number.applyAsInt(value);
            return named > 0 ? named : -1;
        }

        @Override
        public String toString() {
            return "by " + words;
        }
    }

    /**
     * Numbers that are texts.
     *
     * @param amounts how they are read
     */
    record OfAmounts(Amounts amounts) implements ColumnFormat {

        /** Returns the format of numbers; null if these are no texts. */
        static @Nullable OfAmounts of(@Nullable Amounts amounts) {
            return amounts == null ? null : new OfAmounts(amounts);
        }

        @Override
        public boolean isJudged(ColumnReading reading) {
            return true;
        }

        @Override
        public SortedMap<String, Long> counts(ColumnReading reading) {
            SortedMap<String, Long> counts = new TreeMap<>();
            boolean comma = amounts.comma();
            reading.forms().forms().forEach((form, count) -> {
                if (count.family() == TextForm.Family.NUMBER) {
                    add(counts, form, count.readable(comma));
                }
            });
            if (amounts.affixed()) {
                reading.forms()
                        .affixed()
                        .counts(comma, amounts.words())
                        .forEach((affixes, count) -> add(counts, affixes, count));
            }
            add(counts, "9", reading.plain(ValueKind.INTEGRAL));
            add(counts, comma ? "9.9" : "9", reading.plain(ValueKind.FRACTIONAL));
            long known = counts.values().stream().mapToLong(Long::longValue).sum();
            add(counts, OTHER, reading.values().present() - known);
            return counts;
        }

        private static void add(SortedMap<String, Long> counts, String name, long count) {
            if (count > 0) {
                counts.merge(name, count, Long::sum);
            }
        }

        @Override
        public String toString() {
            return "of amounts";
        }
    }

    /**
     * Texts of few forms.
     *
     * @param comeAnew whether they are texts that hardly come again, so that they are compared by their traits
     */
    record OfForms(boolean comeAnew) implements ColumnFormat {

        /** Words may be of any form; of codes of digits alone it is judged how many they have. */
        @Override
        public boolean isJudged(ColumnReading reading) {
            return comeAnew || (!reading.isOfCodes() && IdSigns.haveDigits(reading));
        }

        @Override
        public SortedMap<String, Long> counts(ColumnReading reading) {
            SortedMap<String, Long> counts = new TreeMap<>();
            reading.forms().forms().forEach((form, count) -> counts.put(form, count.count()));
            // Numbers among texts, and digits with zeros in front, which are some too.
            long numbers = reading.plain(ValueKind.INTEGRAL) + reading.plain(ValueKind.FRACTIONAL);
            if (numbers > 0) {
                counts.merge("9", numbers, Long::sum);
            }
            return counts;
        }

        @Override
        public String toString() {
            return "of texts";
        }
    }

    /** Texts of too many forms, by their traits. */
    record OfTraits() implements ColumnFormat {

        /** Texts of one length are keys, or cut off; others may be of any length and kind. */
        @Override
        public boolean isJudged(ColumnReading reading) {
            return reading.areOfOneLength();
        }

        @Override
        public SortedMap<String, Long> counts(ColumnReading reading) {
            SortedMap<String, Long> counts = reading.forms().traits();
            long numbers = reading.plain(ValueKind.INTEGRAL) + reading.plain(ValueKind.FRACTIONAL);
            if (numbers > 0) {
                counts.merge("numbers", numbers, Long::sum);
            }
            return counts;
        }

        @Override
        public String toString() {
            return "of texts";
        }
    }

    private static SortedMap<String, Long> split(String name, long holding, long present) {
        SortedMap<String, Long> counts = new TreeMap<>();
        if (holding > 0) {
            counts.put(name, Math.min(holding, present));
        }
        if (present > holding) {
            counts.put(OTHER, present - holding);
        }
        return counts;
    }

    /** Returns how many values may hold: all but those that certainly do not. */
    private static long holding(ColumnProfile column, DoublePredicate holds) {
        WeightedValues numbers = column.distribution();
        long others = 0;
        for (int i = 0; i < numbers.size(); i++) {
            others += holds.test(numbers.value(i)) ? 0 : numbers.weight(i);
        }
        return column.present() - Math.max(0, others - (long) Math.ceil(error(column) * numbers.total()));
    }

    private static double error(ColumnProfile column) {
        return column.categories().isComplete() || column.quantiles().isExact()
                ? 0
                : column.quantiles().rankError();
    }
}
