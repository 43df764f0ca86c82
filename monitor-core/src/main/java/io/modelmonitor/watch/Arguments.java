package io.modelmonitor.watch;

/** Checks of arguments that fail with one line: the argument, its value, and what is allowed. */
final class Arguments {

    private Arguments() {}

    static void check(boolean allowed, String argument, Object value, String whatIsAllowed) {
        if (!allowed) {
            throw new IllegalArgumentException(argument + " is " + value + "; allowed is " + whatIsAllowed);
        }
    }
}
