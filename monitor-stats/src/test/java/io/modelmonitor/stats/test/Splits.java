package io.modelmonitor.stats.test;

import java.util.ArrayList;
import java.util.List;

/** All ways to split the values 1, 2, .. into samples of given sizes: equally likely when the samples do not differ. */
final class Splits {

    private Splits() {}

    static List<double[][]> of(int... sizes) {
        List<double[][]> splits = new ArrayList<>();
        double[][] samples = new double[sizes.length][];
        for (int i = 0; i < sizes.length; i++) {
            samples[i] = new double[sizes[i]];
        }
        place(1, new int[sizes.length], samples, splits);
        return splits;
    }

    private static void place(int value, int[] filled, double[][] samples, List<double[][]> splits) {
        boolean full = true;
        for (int i = 0; i < samples.length; i++) {
            if (filled[i] < samples[i].length) {
                full = false;
                samples[i][filled[i]++] = value;
                place(value + 1, filled, samples, splits);
                filled[i]--;
            }
        }
        if (full) {
            double[][] copy = new double[samples.length][];
            for (int i = 0; i < copy.length; i++) {
                copy[i] = samples[i].clone();
            }
            splits.add(copy);
        }
    }
}
