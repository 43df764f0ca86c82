package io.modelmonitor.stats.drift;

/**
 * What is drawn at random as if nothing had changed, again and again, and how large some distances are each time. One thread at
 * a time.
 */
interface Draws {

    /** Draws anew. */
    void next();

    /** Returns a distance, by its number from 0, of what was drawn last; NaN when it is undefined. */
    double size(int distance);
}
