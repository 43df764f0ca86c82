package io.modelmonitor.stats.internal;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;

/** The hash functions of the states that save hashes; to change one of them makes saved states worthless. */
public final class Hashes {

    private static final Hasher64 TEXTS = Hashing.xxh3_64();

    private Hashes() {}

    /** Returns the XXH3 hash of a text's UTF-16 units. */
    public static long of(CharSequence text) {
        return TEXTS.hashCharsToLong(text);
    }

    /**
     * Returns a hash of 32 bits that costs next to nothing for a {@link String} whose hash was asked for before, unless it is long. Texts
     * that have equal ones can be made by hand.
     */
    public static int cached(CharSequence text) {
        int length = text.length();
        if (length > LongText.LIMIT) {
            return (int) of(text);
        }
        if (text instanceof String string) {
            return string.hashCode();
        }
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        return hash;
    }

    /**
     * Returns a place from 0 to 2<sup>bits</sup> - 1 for a key, such that those of neighbouring keys are far apart: the highest bits of its
     * product with the golden section of 2<sup>32</sup> (Fibonacci hashing; Knuth, TAOCP 3, section 6.4).
     *
     * @param bits how many bits a place has, from 1
     */
    public static int place(int key, int bits) {
        return (key * 0x9E3779B9) >>> (Integer.SIZE - bits);
    }

    /** Returns a hash of a number that is equal for equal numbers, 0.0 and -0.0 included, and for all NaNs. */
    public static long of(double number) {
        return mix(bits(number));
    }

    /** Returns bits that are equal for equal numbers, 0.0 and -0.0 included, and for all NaNs. */
    public static long bits(double number) {
        return Double.doubleToLongBits(number + 0.0);
    }

    /**
     * Returns bits without order for bits with order: a bijection. Constants are those of Stafford's Mix13, which
     * {@link java.util.SplittableRandom} uses (Steele, Lea and Flood, OOPSLA 2014).
     */
    public static long mix(long bits) {
        long z = bits + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
