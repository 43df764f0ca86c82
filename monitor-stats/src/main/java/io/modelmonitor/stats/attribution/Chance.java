package io.modelmonitor.stats.attribution;

/** What chance does to the order of features, draw by draw. Not thread-safe. */
interface Chance {

    /** Returns what draws are held against: the nDCG that was found, of the data that is drawn from. */
    double found();

    /** Returns the nDCG of one more draw of baseline and rows in which nothing has changed. */
    double unchanged();

    /** Returns the nDCG of one more draw around what baseline and rows are. */
    double again();
}
