package io.modelmonitor.fairness;

import io.modelmonitor.api.Batch;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Tells the groups of a facet apart, while rows pass: part of a calculator's state. Not safe for use by several threads.
 */
interface Grouping {

    /**
     * Returns, for each row of a batch, the code of the group that it belongs to, {@link ValueEncoder#MISSING} or
     * {@link ValueEncoder#TOO_MANY}.
     */
    int[] codes(Batch batch);

    /** Returns one more than the greatest code that means a group. */
    int size();

    /** Returns whether a group is one that may be treated worse, rather than the rest of a comparison. */
    boolean isOfInterest(int code);

    /** Returns a group's name, such as {@code gender=F}. */
    String name(int code);

    /** Returns the codes here of another's groups, which are added; the other comes from the same facet. */
    int[] merge(Grouping other);

    /** Returns whether there are more groups than are told apart. */
    boolean isOverflown();

    /** Writes the groups met. */
    void write(DataOutput out) throws IOException;

    /** Takes over the groups that were written; none may have been met before. */
    void read(DataInput in) throws IOException;
}
