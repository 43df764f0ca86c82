package io.modelmonitor.api.internal;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Texts of the data (names, values, notes) in which nothing is invisible or changes the direction of what stands around it. */
public final class VisibleText {

    private static final char REPLACEMENT = '\uFFFD';

    /** First and last of ranges: soft hyphen, fillers, spaces of no width, marks of direction, separators, tags. */
    private static final int[] INVISIBLE = {
        0xAD, 0xAD, 0x61C, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x180E, 0x200B, 0x200B, 0x200E, 0x200F,
        0x2028, 0x202E, 0x2060, 0x206F, 0x3164, 0x3164, 0xFEFF, 0xFEFF, 0xFFA0, 0xFFA0, 0xFFF0, 0xFFFB, 0x1BCA0,
        0x1BCA3, 0x1D173, 0x1D17A, 0xE0000, 0xE0FFF
    };

    /** Signs by which lines tell names from what is said of them. */
    private static final Pattern SEPARATORS = Pattern.compile("[,:%'\"]|->");

    private VisibleText() {}

    /**
     * Returns a text in which control characters are pictures of themselves, spaces are where a text has nothing else, marks of direction
     * and invisible spaces are written as {@code [U+202E]}, and halves of surrogate pairs and code points that are no characters are
     * U+FFFD. Letters of every script are what they are.
     */
    public static String of(String text) {
        if (isBlank(text)) {
            return text.codePoints().mapToObj(space -> "\u2420").collect(Collectors.joining());
        }
        int i = 0;
        while (i < text.length() && text.charAt(i) >= ' ' && text.charAt(i) < 127) {
            i++;
        }
        if (i == text.length()) {
            return text;
        }
        StringBuilder visible = new StringBuilder(text.length() + 16).append(text, 0, i);
        while (i < text.length()) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            append(visible, point);
        }
        return visible.toString();
    }

    /** Returns whether a text is of spaces only: a name that is one could not be seen, nor be said by a screen reader. */
    private static boolean isBlank(String text) {
        return !text.isEmpty() && text.codePoints().allMatch(Character::isSpaceChar);
    }

    private static void append(StringBuilder visible, int point) {
        boolean isLoneSurrogate = point >= 0xD800 && point <= 0xDFFF;
        boolean isNoCharacter = (point & 0xFFFE) == 0xFFFE || (point >= 0xFDD0 && point <= 0xFDEF);
        if (point < ' ') {
            visible.append((char) (0x2400 + point));
        } else if (point == 127) {
            visible.append('\u2421');
        } else if (isLoneSurrogate || isNoCharacter || (point >= 0x80 && point <= 0x9F)) {
            visible.append(REPLACEMENT);
        } else if (isInvisible(point)) {
            visible.append(String.format(Locale.ROOT, "[U+%04X]", point));
        } else {
            visible.appendCodePoint(point);
        }
    }

    /**
     * Looks at fixed ranges, since releases of the JDK have different versions of Unicode. Joiners are kept: scripts and emoji need
     * them, and they move nothing.
     */
    private static boolean isInvisible(int point) {
        for (int i = 0; i < INVISIBLE.length; i += 2) {
            if (point >= INVISIBLE[i] && point <= INVISIBLE[i + 1]) {
                return true;
            }
        }
        return false;
    }

    /** Returns a name as {@link #of} does; in quotes if it is empty or has blanks that could be overlooked: at an end, or two together. */
    public static String name(String name) {
        return hasHiddenBlanks(name) ? quoted(name) : of(name);
    }

    /**
     * Returns a value or a name for a line that lists several with what is said of them, such as {@code a 3.0 % -> 8.1 %, b 7.0 % -> 1.9 %}: as
     * {@link #name} does, and in quotes too if a comma, a colon, an arrow, a percent sign or a quote in it could be taken for one of the line's.
     */
    public static String label(String value) {
        return hasHiddenBlanks(value) || SEPARATORS.matcher(value).find() ? quoted(value) : of(value);
    }

    /** Returns whether a name is empty or has blanks that could be overlooked: at an end, or two together. */
    public static boolean hasHiddenBlanks(String name) {
        String visible = of(name); // of nothing but blanks these are pictures, and not hidden
        return visible.isEmpty()
                || isBlank(visible.codePointAt(0))
                || isBlank(visible.codePointBefore(visible.length()))
                || visible.contains("  ");
    }

    private static boolean isBlank(int point) {
        return Character.isWhitespace(point) || Character.isSpaceChar(point);
    }

    /** Returns a text as {@link #of} does, in quotes of the kind that it lacks; in single ones, with its own doubled, if it has both. */
    public static String quoted(String text) {
        String visible = of(text);
        if (!visible.contains("'")) {
            return "'" + visible + "'";
        }
        return visible.contains("\"") ? "'" + visible.replace("'", "''") + "'" : '"' + visible + '"';
    }

    /** Returns a text of at most some characters, whole code points, of which two points at the end say that there are more. */
    public static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Math.max(0, most - 2);
        end -= end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? 1 : 0;
        return text.substring(0, end) + "..";
    }
}
