package io.modelmonitor.stats.attribution;

/** Draws orders of features under the null hypothesis. Not thread-safe. */
interface OrderNull {

    /** Returns what draws are held against: the nDCG that was found, of the data that is drawn from. */
    double found();

    /** Returns the nDCG of one more draw of baseline and rows in which nothing has changed. */
    double unchanged();

    /** Returns the nDCG of one more draw around what baseline and rows are. */
    double again();
}
