package io.modelmonitor.api.internal;

import java.util.Locale;

/** Numbers of things in words. */
public final class Counted {

    private Counted() {}

    /** Returns a number with what is counted, in the singular for one: {@code 1 row}, {@code 5,000 rows}. */
    public static String of(long count, String thing) {
        return String.format(Locale.ROOT, "%,d %s%s", count, thing, count == 1 ? "" : "s");
    }

    /**
     * Returns how many constraints hold: {@code all 23 constraints hold}, or {@code 18 of 23 constraints hold; there was nothing to judge 5 by}.
     *
     * @param constraints how many there are
     * @param unjudged how many of them there was nothing to judge by
     * @param where what is said behind the first verb, such as {@code " on 500 rows"}; may be empty
     */
    public static String holding(long constraints, long unjudged, String where) {
        if (unjudged > 0) {
            return String.format(Locale.ROOT, "%,d of %s hold", constraints - unjudged, of(constraints, "constraint"))
                    + where
                    + String.format(Locale.ROOT, "; there was nothing to judge %,d by", unjudged);
        }
        return (constraints == 1
                        ? "the 1 constraint holds"
                        : String.format(Locale.ROOT, "all %,d constraints hold", constraints))
                + where;
    }
}
