package io.modelmonitor.stats.attribution;

/**
 * A way to divide a game's worth among its players: which coalitions have to be asked for, and how their values become
 * contributions. Depends on the number of players only, so that it is made once and used for every row. Immutable.
 */
interface Design {

    /** Returns the coalitions whose values are needed beside the empty and the grand coalition. */
    Coalitions coalitions();

    /**
     * Divides.
     *
     * @param values the value of each coalition, in their order
     * @param emptyValue the value of the empty coalition
     * @param grandValue the value of the grand coalition
     * @return a contribution of each player
     */
    double[] divide(double[] values, double emptyValue, double grandValue);
}
