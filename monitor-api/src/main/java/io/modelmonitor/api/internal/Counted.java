package io.modelmonitor.api.internal;

import java.util.Locale;

/** Numbers of things in words. */
public final class Counted {

    private Counted() {}

    /** Returns a number with what is counted, in the singular for one: {@code 1 row}, {@code 5,000 rows}. */
    public static String of(long count, String thing) {
        return String.format(Locale.ROOT, "%,d %s%s", count, thing, count == 1 ? "" : "s");
    }
}
