package io.modelmonitor;

import io.modelmonitor.api.internal.VisibleText;
import java.util.regex.Pattern;

/** Describes failures of code that is not ours in one line each. */
final class Failures {

    private static final int LONGEST = 500;
    private static final Pattern BREAK = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]+");
    /** As {@link Object#toString} adds them to the name of a class, and the JVM to the names of lambdas. */
    private static final Pattern ADDRESS =
            Pattern.compile("(?<=[\\w;])@[0-9a-f]{1,8}(?!\\w|\\.\\w)|(?<=\\$\\$Lambda)(?:\\$\\d+)?/(?:0x)?[0-9a-f]+");

    private Failures() {}

    /**
     * Returns the kind and the message of a failure, the same in every run: without the addresses of objects and lambdas. A message
     * that cannot be had is left out.
     */
    static String describe(Throwable failure) {
        String message;
        try {
            message = failure.getMessage();
        } catch (Throwable e) { // an exception of the user may throw, too
            message = null;
        }
        String simple = failure.getClass().getSimpleName();
        String kind = simple.isEmpty() ? failure.getClass().getName() : simple; // a class without a name of its own
        if (message == null) {
            return kind;
        }
        String line = BREAK.matcher(VisibleText.cut(message, LONGEST)).replaceAll(" ");
        return VisibleText.cut(kind + ": " + ADDRESS.matcher(line).replaceAll(""), LONGEST);
    }
}
