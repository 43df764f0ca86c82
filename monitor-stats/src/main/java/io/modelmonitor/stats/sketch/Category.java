package io.modelmonitor.stats.sketch;

import java.util.Comparator;

/**
 * A value and how often it occurs.
 *
 * @param value the value as text
 * @param count how many observations have it
 */
public record Category(String value, long count) {

    /** The order of lists of categories: the most frequent first, equally frequent ones by code points. */
    static final Comparator<Category> ORDER =
            Comparator.comparingLong(Category::count).reversed().thenComparing(Category::value, Category::byCodePoints);

    /** Compares texts by their code points; {@link String#compareTo} compares UTF-16 units, which differs beyond U+FFFF. */
    private static int byCodePoints(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                return Character.isSurrogate(a) == Character.isSurrogate(b)
                        ? Character.compare(a, b)
                        : Character.isSurrogate(a) ? 1 : -1;
            }
        }
        return Integer.compare(one.length(), other.length());
    }
}
