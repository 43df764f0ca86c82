package io.modelmonitor.stats.sketch;

import org.jspecify.annotations.Nullable;

/** Memory that is used again and again while columns are profiled one after the other. One thread at a time. */
public final class Workspace {

    private final DoubleSorter sorter = new DoubleSorter();
    private double[] numbers = {};
    private @Nullable String[] texts = {};

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

    /** Returns room for at least so many texts; its content means nothing. */
    @Nullable
    String[] texts(int size) {
        if (texts.length < size) {
            texts = new String[size];
        }
        return texts;
    }
}
