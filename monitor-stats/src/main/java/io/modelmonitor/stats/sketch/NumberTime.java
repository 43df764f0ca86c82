package io.modelmonitor.stats.sketch;

/** Formats of times that are written as numbers. */
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
    };

    /** The first seconds of 2000 and of 2050: numbers outside are rather amounts. */
    private static final double FIRST = 946_684_800;

    private static final double LAST = 2_524_608_000.0;

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

    private static boolean isSince2000(double value, double unit) {
        return value >= FIRST * unit && value < LAST * unit;
    }

    @Override
    public String toString() {
        return words;
    }
}
