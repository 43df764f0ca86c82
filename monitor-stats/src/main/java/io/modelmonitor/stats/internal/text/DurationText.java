package io.modelmonitor.stats.internal.text;

/**
 * Reads durations of ISO 8601, such as {@code PT8H6M12.3S} and {@code P1DT2H}, as {@link java.time.Duration} and {@link java.time.Period}
 * write them, in seconds. Years and months are taken to be as long as those of the Gregorian calendar are on average. One thread at a time.
 */
final class DurationText extends TextCursor {

    private static final int LONGEST = 32;
    private static final int OF_DATES = 4;
    private static final double DAY = 86_400;
    private static final double YEAR = 365.2425 * DAY;

    /** The seconds of years, months, weeks and days, and of hours, minutes and seconds, in the order in which they are written. */
    private static final double[] SECONDS = {YEAR, YEAR / 12, 7 * DAY, DAY, 3_600, 60, 1};

    private double seconds;
    private boolean isBegun;

    DurationText(FormatBuffer format) {
        super(format);
    }

    /** Returns the seconds of the text last read, if it is a duration. */
    double seconds() {
        return seconds;
    }

    /** Returns whether the text last read begins as a duration does, so that another letter may make it one. */
    boolean isBegun() {
        return isBegun;
    }

    /** Reads a text; returns whether it is a duration, whose seconds are then known. */
    boolean read(CharSequence toRead) {
        text = toRead;
        at = 0;
        end = toRead.length();
        isBegun = false;
        boolean isNegative = next('-');
        at += isNegative ? 1 : 0;
        if (end > LONGEST || !next('P')) {
            return false;
        }
        at++;
        double sum = 0;
        int last = -1;
        boolean isOfTime = false;
        while (at < end) {
            if (!isOfTime && next('T')) {
                isOfTime = true;
                at++;
            }
            // As Java writes negative ones.
            boolean isLess = next('-');
            at += isLess ? 1 : 0;
            if (!digits(9)) {
                return false;
            }
            double value = number + fraction();
            isBegun = at < end && isLetter(text.charAt(at));
            int unit = at == end ? -1 : (isOfTime ? "HMS" : "YMWD").indexOf(text.charAt(at));
            int place = unit + (isOfTime ? OF_DATES : 0);
            if (unit < 0 || place <= last) {
                return false;
            }
            sum += (isLess ? -value : value) * SECONDS[place];
            last = place;
            at++;
        }
        seconds = isNegative ? -sum : sum;
        format.clear();
        format.append("ISO 8601 duration");
        return last >= 0;
    }

    private double fraction() {
        if (!next('.')) {
            return 0;
        }
        at++;
        return digits(9) ? number / AmountText.POWERS[width] : 0;
    }
}
