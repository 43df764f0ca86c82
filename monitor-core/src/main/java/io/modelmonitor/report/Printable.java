package io.modelmonitor.report;

import io.modelmonitor.api.internal.VisibleText;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Texts of the data (names, values, notes) as they may be shown: nothing in them is invisible, changes the direction of what
 * stands around them, or is markup. A text is first made visible and then escaped for where it is to stand.
 */
final class Printable {

    /** The most characters that a text of the data takes; longer ones say how long they are. */
    static final int MOST_CHARACTERS = 240;

    /** The most characters of a reason or a problem, which ends with what to do. */
    static final int MOST_OF_A_REASON = 500;

    private static final String MARKDOWN = "\\`*_{}[]()#+-.!|~@:";

    private Printable() {}

    /**
     * Returns a text of at most {@value #MOST_CHARACTERS} characters and a remark on its length, in which control characters are
     * pictures of themselves, spaces are where a text has nothing else, marks of direction and invisible spaces are written as {@code
     * [U+202E]}, and halves of surrogate pairs and code points that are no characters are U+FFFD.
     */
    static String of(String text) {
        return of(text, MOST_CHARACTERS);
    }

    private static String of(String text, int most) {
        if (text.length() <= most) {
            return VisibleText.of(text);
        }
        int end = most - (Character.isHighSurrogate(text.charAt(most - 1)) ? 1 : 0);
        return VisibleText.of(text.substring(0, end)) + "... (" + Numbers.of(text.length()) + " characters)";
    }

    /** Returns a text for HTML or XML, between tags or between double quotes. */
    static String html(String text) {
        return html(text, MOST_CHARACTERS);
    }

    /** Returns a text of at most some characters for HTML or XML. */
    static String html(String text, int most) {
        return escape(of(text, most));
    }

    /** Returns lines of Java for HTML between tags. Its literals are ASCII, so nothing in it is invisible. */
    static String htmlCode(String lines) {
        return lines.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String escape(String visible) {
        @Nullable StringBuilder escaped = null;
        for (int i = 0; i < visible.length(); i++) {
            String entity = entity(visible.charAt(i));
            if (entity != null && escaped == null) {
                escaped = new StringBuilder(visible.length() + 16).append(visible, 0, i);
            }
            if (escaped != null) {
                if (entity == null) {
                    escaped.append(visible.charAt(i));
                } else {
                    escaped.append(entity);
                }
            }
        }
        return escaped == null ? visible : escaped.toString();
    }

    /** Returns a text of the data for HTML, isolated so that its direction ends where it ends; ASCII has the page's own. */
    static String isolated(String text) {
        return isolated(text, MOST_CHARACTERS);
    }

    /** Returns a text of at most some characters, isolated. */
    static String isolated(String text, int most) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 127) {
                return "<bdi>" + html(text, most) + "</bdi>";
            }
        }
        return html(text, most);
    }

    /** Returns a text for Markdown as GitHub reads it, within a line or a cell of a table. */
    static String markdown(String text) {
        return markdown(text, MOST_CHARACTERS);
    }

    /** Returns a text of at most some characters for Markdown. */
    static String markdown(String text, int most) {
        String visible = of(text, most);
        StringBuilder escaped = new StringBuilder(visible.length() + 16);
        for (int i = 0; i < visible.length(); i++) {
            char c = visible.charAt(i);
            String entity = entity(c);
            if (entity != null) {
                escaped.append(entity);
            } else if (MARKDOWN.indexOf(c) >= 0 && isRead(visible, i)) {
                escaped.append('\\').append(c);
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** Returns a text of at most some characters, the last of which says that there are more. */
    static String shortened(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "\u2026";
    }

    /** Returns a text as a literal of Java, in ASCII and with nothing of it left out. */
    static String java(String text) {
        StringBuilder literal = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                literal.append('\\').append(c);
            } else if (c < ' ') {
                // An octal escape: a Unicode escape of a line feed would end the line before the literal is read.
                literal.append('\\').append((char) ('0' + (c >> 6))).append((char) ('0' + (c >> 3 & 7)));
                literal.append((char) ('0' + (c & 7)));
            } else if (c < 127) {
                literal.append(c);
            } else {
                literal.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return literal.append('"').toString();
    }

    private static @Nullable String entity(char c) {
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            default -> null;
        };
    }

    /** Returns whether a sign could be read as markup: a point or a hyphen between digits or letters, as in 0.5, could not. */
    private static boolean isRead(String text, int i) {
        char c = text.charAt(i);
        boolean isInWord = i > 0
                && i + 1 < text.length()
                && Character.isLetterOrDigit(text.charAt(i - 1))
                && Character.isDigit(text.charAt(i + 1));
        return !((c == '.' || c == '-') && isInWord);
    }
}
