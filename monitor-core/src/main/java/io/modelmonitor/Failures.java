package io.modelmonitor;

/** Describes failures of code that is not ours in one line each. */
final class Failures {

    private static final int LONGEST = 200;

    private Failures() {}

    /** Returns the kind and the message of a failure; a message that cannot be had is left out. */
    static String describe(Throwable failure) {
        String message;
        try {
            message = failure.getMessage();
        } catch (RuntimeException | Error e) {
            message = null;
        }
        String text = failure.getClass().getSimpleName()
                + (message == null ? "" : ": " + message.replaceAll("\\p{Cntrl}+", " "));
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 2) + "..";
    }
}
