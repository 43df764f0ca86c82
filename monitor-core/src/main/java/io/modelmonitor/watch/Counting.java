package io.modelmonitor.watch;

/**
 * A rule by which a change begins and ends, where violated windows are counted. That it ends on fewer than it began on keeps it from beginning
 * and ending again and again.
 *
 * @param violated of so many of the last windows that are violated, a change begins
 * @param windows how many are the last ones
 * @param calm if at most so many of them are violated, it ends; less than {@code violated}
 */
record Counting(int violated, int windows, int calm) {

    static final Counting EACH = new Counting(1, 1, 0);
}
