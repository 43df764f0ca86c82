package io.modelmonitor.stats.internal.text;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A word that multiplies the number before it, as people write large numbers so that each is short: {@code 1.2K}, {@code 3.4M}, {@code 512 KB},
 * {@code 5 crore}. Immutable.
 *
 * @param format what stands for all of a kind in the format of numbers, since each value may have another
 * @param size what it multiplies by
 */
record Multiple(String format, double size) {

    private static final String NUMBERS = "K/M";
    private static final String BYTES = "KB/MB";
    /** The power of two that 1,024 is. */
    private static final int BINARY = 10;

    private static final double ROUNDING = 0x1p-50;

    private static final Multiple BYTE = new Multiple(BYTES, 1);
    private static final Multiple THOUSAND = new Multiple(NUMBERS, 1e3);
    private static final Multiple BILLION = new Multiple(NUMBERS, 1e9);
    private static final Multiple TRILLION = new Multiple(NUMBERS, 1e12);

    private static final Map<String, Multiple> BY_NAME = byName();

    /**
     * Returns what a name says.
     *
     * @param isApart whether a blank stands before it: a single {@code B} then says bytes, and {@code K} a temperature
     * @param hasDecimals whether the number before it has: directly behind a whole one a capital rather says which of several flats
     * @return null if it is no name of a multiple
     */
    static @Nullable Multiple named(String name, boolean isApart, boolean hasDecimals) {
        return switch (name) {
            case "K" -> isApart ? null : THOUSAND;
            case "B" -> isApart ? BYTE : hasDecimals ? BILLION : null;
            case "T" -> hasDecimals ? TRILLION : null;
            default -> BY_NAME.get(name);
        };
    }

    /** Returns a power of ten, which is no kind. */
    static Multiple ofTen(int power) {
        return new Multiple("", Double.parseDouble("1e" + power));
    }

    /** Returns a number so often; the whole number that it is but for rounding, as of 2.3 and a million. */
    double of(double number) {
        double product = number * size;
        double whole = Math.rint(product);
        return Math.abs(product - whole) <= ROUNDING * Math.abs(product) ? whole : product;
    }

    private static Map<String, Multiple> byName() {
        Map<String, Multiple> all = new HashMap<>();
        put(all, NUMBERS, 1e3, "k", "thousand", "Tsd");
        put(all, NUMBERS, 1e5, "lakh", "lakhs", "lac", "Lakh", "Lakhs", "Lac", "Lacs", "lacs");
        put(all, NUMBERS, 1e6, "M", "mn", "mln", "Mn", "Mio", "mio", "million");
        put(all, NUMBERS, 1e7, "crore", "crores", "Crore", "Crores", "cr", "Cr");
        put(all, NUMBERS, 1e9, "bn", "Bn", "bln", "Mrd", "mrd", "billion");
        put(all, NUMBERS, 1e12, "tn", "trillion");
        put(all, BYTES, 1, "byte", "bytes", "Bytes");
        powers(all, BYTES, "B");
        powers(all, "KB/MB per s", "B/s", "Bps");
        powers(all, "kbit/Mbit per s", "bps", "bit/s", "b/s");
        return all;
    }

    /** Adds units and their multiples, by powers of 1,000, and those of 1,024 where the name says it. */
    private static void powers(Map<String, Multiple> all, String format, String... units) {
        for (String unit : units) {
            put(all, format, 1, unit);
            put(all, format, 1e3, "k" + unit);
            for (int power = 1; power <= 5; power++) {
                String letter = "KMGTP".substring(power - 1, power);
                put(all, format, ofTen(3 * power).size, letter + unit);
                put(all, format, Math.scalb(1.0, BINARY * power), letter + "i" + unit);
            }
        }
    }

    private static void put(Map<String, Multiple> all, String format, double size, String... names) {
        for (String name : names) {
            all.put(name, new Multiple(format, size));
        }
    }
}
