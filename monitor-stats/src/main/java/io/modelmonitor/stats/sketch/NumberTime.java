package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.text.Calendars;

/** Formats of times that are written as numbers; where a number may be in several, in the first. */
enum NumberTime {
    DATE("yyyyMMdd") {
        @Override
        boolean holds(double value) {
            int number = (int) value;
            return number == value
                    && number >= 19_000_101
                    && number <= 21_001_231
                    && Calendars.isDay(number / 10_000, number / 100 % 100, number % 100);
        }

        @Override
        double seconds(double value) {
            int number = (int) value;
            return 86_400.0 * Calendars.epochDay(number / 10_000, number / 100 % 100, number % 100);
        }

        @Override
        boolean isTold(ColumnWords words, double different, long present) {
            return true;
        }
    },
    MONTH("yyyyMM") {
        @Override
        boolean holds(double value) {
            int number = (int) value;
            return number == value && number >= 190_001 && number <= 210_012 && Calendars.isDay(1, number % 100, 1);
        }

        @Override
        double seconds(double value) {
            int number = (int) value;
            return 86_400.0 * Calendars.epochDay(number / 100, number % 100, 1);
        }
    },
    /** As spreadsheets and people write them; without the zero at the end of 2020, it is a number all the same. */
    MONTH_OF_YEAR("MM.yyyy") {
        @Override
        boolean holds(double value) {
            return MONTH.holds(NumberTimes.monthLast(value));
        }

        @Override
        double seconds(double value) {
            return MONTH.seconds(NumberTimes.monthLast(value));
        }
    },
    YEAR_AND_MONTH("yyyy.MM") {
        @Override
        boolean holds(double value) {
            double hundreds = 100 * value;
            return NumberTimes.isNearWhole(hundreds) && MONTH.holds(Math.rint(hundreds)) && value != Math.rint(value);
        }

        @Override
        double seconds(double value) {
            return MONTH.seconds(Math.rint(100 * value));
        }

        @Override
        boolean isTold(ColumnWords words, double different, long present) {
            return words.sayTime() || words.sayMonth() || different >= 3;
        }
    },
    WEEK("yyyyww") {
        @Override
        boolean holds(double value) {
            int number = (int) value;
            return number == value && number >= 199_001 && number <= 210_053 && isOfRange(number % 100, 1, 53);
        }

        @Override
        double seconds(double value) {
            int number = (int) value;
            return 86_400.0 * (Calendars.epochDay(number / 100, 1, 1) + 7L * (number % 100 - 1));
        }

        @Override
        boolean isTold(ColumnWords words, double different, long present) {
            return words.sayTime() || comeAgain(different, present, 8);
        }
    },
    DAY_OF_YEAR("yyyyDDD") {
        @Override
        boolean holds(double value) {
            int number = (int) value;
            return number == value && number >= 1_990_001 && number <= 2_100_366 && isOfRange(number % 1_000, 1, 366);
        }

        @Override
        double seconds(double value) {
            int number = (int) value;
            return 86_400.0 * (Calendars.epochDay(number / 1_000, 1, 1) + number % 1_000 - 1);
        }

        @Override
        boolean isTold(ColumnWords words, double different, long present) {
            return words.sayTime() || comeAgain(different, present, 5);
        }
    },
    SHORT_DATE("yyMMdd") {
        @Override
        boolean holds(double value) {
            int number = (int) value;
            return number == value && number >= 10_101 && number <= 491_231 && DATE.holds(20_000_000.0 + number);
        }

        @Override
        double seconds(double value) {
            return DATE.seconds(20_000_000.0 + value);
        }

        @Override
        boolean isTold(ColumnWords words, double different, long present) {
            return words.sayTime() || comeAgain(different, present, 4);
        }
    },
    SHORT_DAY_FIRST("ddMMyy") {
        @Override
        boolean holds(double value) {
            return SHORT_DATE.holds(NumberTimes.shortYearFirst(value, 1, 100));
        }

        @Override
        double seconds(double value) {
            return SHORT_DATE.seconds(NumberTimes.shortYearFirst(value, 1, 100));
        }

        @Override
        boolean isTold(ColumnWords words, double different, long present) {
            return SHORT_DATE.isTold(words, different, present);
        }
    },
    SHORT_MONTH_FIRST("MMddyy") {
        @Override
        boolean holds(double value) {
            return SHORT_DATE.holds(NumberTimes.shortYearFirst(value, 100, 1));
        }

        @Override
        double seconds(double value) {
            return SHORT_DATE.seconds(NumberTimes.shortYearFirst(value, 100, 1));
        }

        @Override
        boolean isTold(ColumnWords words, double different, long present) {
            return SHORT_DATE.isTold(words, different, present);
        }
    },
    DAY_FIRST("ddMMyyyy") {
        @Override
        boolean holds(double value) {
            return DATE.holds(NumberTimes.yearFirst(value, 1, 100));
        }

        @Override
        boolean isTold(ColumnWords words, double different, long present) {
            return true;
        }

        @Override
        double seconds(double value) {
            return DATE.seconds(NumberTimes.yearFirst(value, 1, 100));
        }
    },
    MONTH_FIRST("MMddyyyy") {
        @Override
        boolean holds(double value) {
            return DATE.holds(NumberTimes.yearFirst(value, 100, 1));
        }

        @Override
        boolean isTold(ColumnWords words, double different, long present) {
            return true;
        }

        @Override
        double seconds(double value) {
            return DATE.seconds(NumberTimes.yearFirst(value, 100, 1));
        }
    },
    /** Where no day is above 12, so that it may stand first or second. */
    DAY_OR_MONTH_FIRST("ddMMyyyy or MMddyyyy") {
        @Override
        boolean holds(double value) {
            return DAY_FIRST.holds(value) || MONTH_FIRST.holds(value);
        }

        @Override
        boolean isPointInTime() {
            return false;
        }
    },
    /** Where all months are of one year, so that they may be its first weeks. */
    MONTH_OR_WEEK("yyyyMM or yyyyww") {
        @Override
        boolean holds(double value) {
            return WEEK.holds(value);
        }

        @Override
        boolean isPointInTime() {
            return false;
        }
    },
    HOUR("yyyyMMddHH", 1),
    MINUTE("yyyyMMddHHmm", 2),
    SECOND("yyyyMMddHHmmss", 3),
    SECONDS("seconds since 1970") {
        @Override
        boolean holds(double value) {
            return isSince2000(value, 1);
        }

        @Override
        double seconds(double value) {
            return value;
        }
    },
    MILLISECONDS("milliseconds since 1970") {
        @Override
        boolean holds(double value) {
            return isSince2000(value, 1e3);
        }

        @Override
        double seconds(double value) {
            return value / 1e3;
        }
    },
    MICROSECONDS("microseconds since 1970") {
        @Override
        boolean holds(double value) {
            return isSince2000(value, 1e6);
        }

        @Override
        double seconds(double value) {
            return value / 1e6;
        }
    },
    /** As spreadsheets count them; only where the name says that there are dates, as amounts are as large. */
    SPREADSHEET_DAYS("days since 1899-12-30") {
        @Override
        boolean holds(double value) {
            return isSince2000((value - SPREADSHEET_DAY_OF_1970) * 86_400, 1);
        }

        @Override
        double seconds(double value) {
            return (value - SPREADSHEET_DAY_OF_1970) * 86_400;
        }

        @Override
        boolean isTold(ColumnWords words, double different, long present) {
            return words.sayDate();
        }
    };

    /** The first seconds of 2000 and of 2050: numbers outside are rather amounts. */
    static final double FIRST = 946_684_800;

    private static final double LAST = 2_524_608_000.0;

    private static final int SPREADSHEET_DAY_OF_1970 = 25_569;

    /** More different values than so much of all are those of a counter. */
    private static final double MOST_OF_LOOSE = 0.9;

    private static final double[] POWERS = {1, 1e2, 1e4, 1e6};
    private static final double[] POWERS_OF_60 = {1, 60, 3_600};
    private static final double FIRST_DATE = 19_900_101;
    private static final double LAST_DATE = 21_001_231;

    private final String words;
    /** The number of pairs of digits of a clock behind a date. */
    private final int pairs;

    NumberTime(String words) {
        this(words, 0);
    }

    NumberTime(String words, int pairs) {
        this.words = words;
        this.pairs = pairs;
    }

    /** Returns whether a number is a time in this format; of dates with a clock, in years that no count of seconds begins with. */
    boolean holds(double value) {
        if (value != Math.rint(value)
                || !(value < LAST_DATE * POWERS[pairs])
                || !(value > FIRST_DATE * POWERS[pairs])) {
            return false;
        }
        long rest = (long) value;
        for (int i = pairs; i > 0; i--) {
            if (rest % 100 >= (i == 1 ? 24 : 60)) {
                return false;
            }
            rest /= 100;
        }
        return DATE.holds((double) rest);
    }

    /** Returns the seconds since 1970 of a number that is a time in this format. */
    double seconds(double value) {
        long rest = (long) value;
        double seconds = 0;
        double unit = POWERS_OF_60[3 - pairs];
        for (int i = 0; i < pairs; i++) {
            seconds += unit * (rest % 100);
            unit *= 60;
            rest /= 100;
        }
        return DATE.seconds((double) rest) + seconds;
    }

    /**
     * Returns whether numbers in this format are times: if the name of their column says so, or by themselves; of a format that many
     * other numbers are in too, if there are some and they come again, as those of a counter do not.
     *
     * @param words the name
     * @param different how many are different
     * @param present how many there are
     */
    boolean isTold(ColumnWords words, double different, long present) {
        return words.sayTime() || different >= 2;
    }

    private static boolean comeAgain(double different, long present, int fewest) {
        return different >= fewest && different <= MOST_OF_LOOSE * present;
    }

    /** Returns whether a number in this format is one point in time. */
    boolean isPointInTime() {
        return true;
    }

    private static boolean isOfRange(int number, int least, int most) {
        return number >= least && number <= most;
    }

    /** Returns how many of a unit since 1970 are a second, in which a number may be a point in time; NaN if in none. */
    static double unitSinceEpoch(double value) {
        if (!(value >= FIRST)) {
            return Double.NaN;
        }
        return value < LAST ? 1 : MILLISECONDS.holds(value) ? 1e3 : MICROSECONDS.holds(value) ? 1e6 : Double.NaN;
    }

    /** Returns the seconds since 1970 of a number that is a date with hours and minutes; NaN if it is none. */
    static double secondsOfClock(double value) {
        return SECOND.holds(value) ? SECOND.seconds(value) : MINUTE.holds(value) ? MINUTE.seconds(value) : Double.NaN;
    }

    /** Returns whether {@link Course} knows the hours: of dates with an hour only it does not, as they may be seconds. */
    boolean hasKnownHours() {
        return this == SECONDS || this == MILLISECONDS || this == MICROSECONDS || this == MINUTE || this == SECOND;
    }

    private static boolean isSince2000(double value, double unit) {
        return value >= FIRST * unit && value < LAST * unit;
    }

    @Override
    public String toString() {
        return words;
    }
}
