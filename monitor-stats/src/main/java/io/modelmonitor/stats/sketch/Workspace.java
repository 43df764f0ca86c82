package io.modelmonitor.stats.sketch;

/** Memory that is used again and again while columns are profiled one after the other. One thread at a time. */
public final class Workspace {

    private final DoubleSorter sorter = new DoubleSorter();
    private double[] numbers = {};

    /** Creates a workspace, which grows as it is used. */
    public Workspace() {}

    DoubleSorter sorter() {
        return sorter;
    }

    /** Returns room for at least so many numbers; its content means nothing. */
    double[] numbers(int size) {
        if (numbers.length < size) {
            numbers = new double[size];
        }
        return numbers;
    }
}
