package io.modelmonitor.internal;

import io.modelmonitor.api.Schema;
import java.util.Collection;

/** Checks of arguments that fail with one line: the argument, its value, and what is allowed. */
public final class Arguments {

    private Arguments() {}

    /**
     * Checks that an argument is allowed.
     *
     * @throws IllegalArgumentException if not
     */
    public static void check(boolean allowed, String argument, Object value, String whatIsAllowed) {
        if (!allowed) {
            throw new IllegalArgumentException(argument + " is " + value + "; allowed is " + whatIsAllowed);
        }
    }

    /**
     * Checks that a name is among those that are known.
     *
     * @throws IllegalArgumentException if not; it names the nearest one
     */
    public static void checkKnown(String argument, String name, Collection<String> known) {
        if (!known.contains(name)) {
            String nearest = Schema.nearest(name, known);
            throw new IllegalArgumentException(argument + " '" + name + "' is none of the baseline's " + known.size()
                    + (nearest == null ? "" : "; the nearest is '" + nearest + "'"));
        }
    }
}
