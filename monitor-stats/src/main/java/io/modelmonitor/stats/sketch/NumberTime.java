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

    private final String words;

    NumberTime(String words) {
        this.words = words;
    }

    /** Returns whether a number is a time in this format. */
    abstract boolean holds(double value);

    /** Returns the seconds since 1970 of a number that is a time in this format. */
    abstract double seconds(double value);

    /** Returns whether a column of these is one of points in time, the range of which is narrow. */
    boolean isDense() {
        return this != DATE && this != MONTH;
    }

    private static boolean isSince2000(double value, double unit) {
        return value >= FIRST * unit && value < LAST * unit;
    }

    @Override
    public String toString() {
        return words;
    }
}
