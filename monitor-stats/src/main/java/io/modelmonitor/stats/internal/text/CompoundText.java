package io.modelmonitor.stats.internal.text;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads quantities that are written in several units, each smaller than the one before, such as {@code 2d 3h 5m}, {@code 1 hr 20 min},
 * {@code 1m20.5s}, {@code 5 ft 11 in} and {@code 48° 12' 30" N}: times
 * in seconds, lengths in inches or centimetres, weights in ounces or grams, angles in degrees. One thread at a time.
 */
final class CompoundText extends TextCursor {

    private static final int LONGEST = 40;
    private static final int LONGEST_UNIT = 8;

    /** Units that belong together, each as so many of one of them. */
    private static final List<Quantity> QUANTITIES = List.of(
            new Quantity("d h m s")
                    .with(365.2425 * 86_400, "y", "yr", "yrs", "year", "years")
                    .with(365.2425 / 12 * 86_400, "mo", "mos", "mth", "mths", "month", "months")
                    .with(7 * 86_400, "w", "wk", "wks", "week", "weeks")
                    .with(86_400, "d", "day", "days")
                    .with(3_600, "h", "hr", "hrs", "hour", "hours", "Std", "std")
                    .with(60, "m", "min", "mins", "minute", "minutes", "Min")
                    .with(1, "s", "sec", "secs", "second", "seconds", "Sek")
                    .with(1e-3, "ms"),
            new Quantity("ft in")
                    .with(36, "yd")
                    .with(12, "ft", "feet", "foot", "'", "\u2032", "\u2019")
                    .with(1, "in", "inch", "inches", "\"", "\u2033", "\u201d", "''"),
            new Quantity("m cm").with(1e5, "km").with(100, "m").with(1, "cm").with(0.1, "mm"),
            new Quantity("lb oz").with(224, "st").with(16, "lb", "lbs").with(1, "oz"),
            new Quantity("kg g").with(1_000, "kg").with(1, "g"),
            new Quantity("\u00b0 ' \"")
                    .with(1, "\u00b0", "deg")
                    .with(1 / 60.0, "'", "\u2032", "\u2019")
                    .with(1 / 3_600.0, "\"", "\u2033", "\u201d", "''"));

    private double value;

    /** Units of one kind. */
    private static final class Quantity {
        private final String format;
        private final Map<String, Double> units = new TreeMap<>();

        private Quantity(String format) {
            this.format = "9 " + format;
        }

        private Quantity with(double size, String... names) {
            for (String name : names) {
                units.put(name, size);
            }
            return this;
        }

        private double size(CharSequence unit) {
            return units.getOrDefault(unit.toString(), Double.NaN);
        }
    }

    CompoundText(FormatBuffer format) {
        super(format);
    }

    /** Returns what the text last read is, if it is a quantity of several units. */
    double value() {
        return value;
    }

    /** Reads a text; returns whether it is a quantity of several units, which is then known. */
    boolean read(CharSequence toRead) {
        text = toRead;
        end = toRead.length();
        at = 0;
        if (end > LONGEST) {
            return false;
        }
        skip('-');
        // As most codes have none, this is seen at once.
        if (!digits(9) || end - at < 3) {
            return false;
        }
        for (Quantity quantity : QUANTITIES) {
            if (isOf(quantity)) {
                format.clear();
                format.append(quantity.format);
                return true;
            }
        }
        return false;
    }

    private boolean isOf(Quantity quantity) {
        at = 0;
        boolean isNegative = next('-');
        skip('-');
        double sum = 0;
        double smallest = Double.POSITIVE_INFINITY;
        int parts = 0;
        while (at < end && isDigit(text.charAt(at))) {
            digits(9);
            double count = number;
            boolean isLast = (next('.') || next(',')) && at + 1 < end && isDigit(text.charAt(at + 1));
            if (isLast) {
                at++;
                digits(9);
                count += number / AmountText.POWERS[width];
            }
            skip(' ');
            double size = quantity.size(unit());
            if (!(size < smallest)) {
                return false;
            }
            sum += count * size;
            smallest = size;
            parts++;
            skip('.');
            skip(',');
            skip(' ');
            skipAnd();
            if (isLast) {
                break;
            }
        }
        // The side of the earth.
        boolean isOfAngle = at + 1 == end && quantity.size("\u00b0") > 0 && "NESW".indexOf(text.charAt(at)) >= 0;
        boolean isSouthOrWest = isOfAngle && "SW".indexOf(text.charAt(at)) >= 0;
        value = isNegative != isSouthOrWest ? -sum : sum;
        return parts > 1 && (at == end || isOfAngle);
    }

    /** Reads a unit; returns it, which is empty if there is none. */
    private CharSequence unit() {
        int from = at;
        if (at < end && isLetter(text.charAt(at))) {
            word();
        } else if (next('\'')) {
            at++;
            skip('\'');
        } else if (at < end && !isDigit(text.charAt(at))) {
            at++;
        }
        return at - from > LONGEST_UNIT ? "" : text.subSequence(from, at);
    }

    private void skipAnd() {
        if (at + 4 < end && text.subSequence(at, at + 4).toString().equals("and ")) {
            at += 4;
        }
    }
}
