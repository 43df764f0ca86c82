package io.modelmonitor;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;

/** Checks of arguments that fail with one line: the argument, its value, and what is allowed. */
final class Arguments {

    private Arguments() {}

    static void check(boolean allowed, String argument, Object value, String whatIsAllowed) {
        if (!allowed) {
            throw new IllegalArgumentException(argument + " is " + value + "; allowed is " + whatIsAllowed);
        }
    }

    /** Checks that a name is among those that are known, and names the nearest one if not. */
    static void checkKnown(String argument, String name, Collection<String> known) {
        if (!known.contains(name)) {
            String nearest = known.stream()
                    .min(Comparator.comparingInt(other -> distance(name.toLowerCase(Locale.ROOT), other)))
                    .map(other -> "; the nearest is '" + other + "'")
                    .orElse("");
            throw new IllegalArgumentException(
                    argument + " '" + name + "' is none of the baseline's " + known.size() + nearest);
        }
    }

    /** The number of letters to insert, delete or replace (V. I. Levenshtein, 1966). */
    private static int distance(String name, String other) {
        int[] last = IntStream.rangeClosed(0, other.length()).toArray();
        for (int i = 1; i <= name.length(); i++) {
            int[] next = new int[other.length() + 1];
            next[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = last[j - 1] + (name.charAt(i - 1) == Character.toLowerCase(other.charAt(j - 1)) ? 0 : 1);
                next[j] = Math.min(replaced, 1 + Math.min(last[j], next[j - 1]));
            }
            last = next;
        }
        return last[other.length()];
    }
}
