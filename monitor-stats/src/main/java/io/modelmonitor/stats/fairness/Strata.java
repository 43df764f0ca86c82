package io.modelmonitor.stats.fairness;

/**
 * Positive and negative outcomes of a group and of the rest, stratum by stratum: labels, or predictions. Immutable.
 *
 * <p>The conditional demographic disparity is the mean of the strata's demographic disparities, weighted by their numbers
 * of people (S. Wachter, B. Mittelstadt and C. Russell, Why Fairness Cannot Be Automated, 2021; Amazon Clarify guide,
 * CDDL): with r and a the numbers of rejected and accepted people, DD = r_group / r − a_group / a.
 */
public final class Strata {

    /** No stratum. */
    public static final Strata NONE = new Strata(new long[0]);

    /** Counts of one stratum: positive and negative of the group, positive and negative of the rest. */
    static final int CELLS = 4;

    private final long[] counts;

    Strata(long[] counts) {
        this.counts = counts;
    }

    /**
     * Creates strata.
     *
     * @param counts a row for each stratum: positive and negative outcomes of the group, then of the rest
     * @throws IllegalArgumentException if a row has not four counts
     */
    public static Strata of(long[][] counts) {
        long[] flat = new long[counts.length * CELLS];
        for (int i = 0; i < counts.length; i++) {
            if (counts[i].length != CELLS) {
                throw new IllegalArgumentException(
                        "counts[" + i + "] has " + counts[i].length + " numbers; there must be four");
            }
            System.arraycopy(counts[i], 0, flat, i * CELLS, CELLS);
        }
        return new Strata(flat);
    }

    /** Returns the number of strata. */
    public int size() {
        return counts.length / CELLS;
    }

    long[] counts() {
        return counts;
    }

    /**
     * Returns the conditional demographic disparity, from −1 to 1: positive when the group has more of the rejected than
     * of the accepted people. A stratum whose disparity is undefined, because nobody or everybody is accepted in it, is
     * left out with its weight.
     *
     * @return the disparity; NaN when no stratum has one
     */
    public double conditionalDisparity(Division division) {
        double sum = 0;
        double people = 0;
        for (int i = 0; i < counts.length; i += CELLS) {
            double groupAccepted = counts[i];
            double groupRejected = counts[i + 1];
            double accepted = groupAccepted + counts[i + 2];
            double rejected = groupRejected + counts[i + 3];
            double disparity = division.difference(
                    division.ratio(groupRejected, rejected), division.ratio(groupAccepted, accepted));
            if (!Double.isNaN(disparity)) {
                sum += disparity * (accepted + rejected);
                people += accepted + rejected;
            }
        }
        return people == 0 ? Double.NaN : sum / people;
    }
}
