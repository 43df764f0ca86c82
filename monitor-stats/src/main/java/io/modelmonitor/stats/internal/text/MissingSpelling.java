package io.modelmonitor.stats.internal.text;

import java.util.Locale;
import java.util.Set;

/** Texts by which people and programs write that a number or a truth value is not there. */
public final class MissingSpelling {

    /** In lower case. Those that pandas reads as missing, a few marks, and spreadsheets', SQL's, dumps' and other languages' words. */
    private static final Set<String> TEXTS = Set.of(
            "",
            "na",
            "n/a",
            "n.a.",
            "<na>",
            "#na",
            "#n/a",
            "#n/a n/a",
            "#n/d",
            "#nv",
            "n/d",
            "n.d.",
            "n.v.",
            "k.a.",
            "s/d",
            "missing",
            "undefined",
            "nan",
            "-nan",
            "1.#ind",
            "-1.#ind",
            "1.#qnan",
            "-1.#qnan",
            "null",
            "(null)",
            "[null]",
            "\\n",
            "none",
            "nil",
            "nat",
            "-",
            "--",
            "---",
            "\u2013",
            "\u2014",
            "?",
            ".",
            "..",
            "...");

    /** Those of them that are names or signs of something among other names, such as the class {@code none} and the labels + and -. */
    private static final Set<String> NAMES =
            Set.of("none", "nil", "-", "--", "---", "\u2013", "\u2014", "?", ".", "..", "...");

    private static final int LONGEST = 9;

    private MissingSpelling() {}

    /** Returns whether a text is one of them in any case, with or without blanks around. */
    public static boolean is(String text) {
        String stripped = text.strip();
        return stripped.length() <= LONGEST && TEXTS.contains(stripped.toLowerCase(Locale.ROOT));
    }

    /** Returns whether a text is one of them that is no name or sign of something either, such as {@code NaN} and {@code NULL}. */
    public static boolean isNoName(String text) {
        return is(text) && !NAMES.contains(text.strip().toLowerCase(Locale.ROOT));
    }
}
