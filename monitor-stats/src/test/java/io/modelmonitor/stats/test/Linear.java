package io.modelmonitor.stats.test;

import java.util.Arrays;

/** Small systems of linear equations by elimination, beside the decompositions that the classes under test use. */
final class Linear {

    private Linear() {}

    /** Solves a x = b with the greatest pivot of each column; leaves both alone. */
    static double[] solve(double[][] a, double[] b) {
        int n = b.length;
        double[][] rows = new double[n][];
        for (int i = 0; i < n; i++) {
            rows[i] = Arrays.copyOf(a[i], n + 1);
            rows[i][n] = b[i];
        }
        for (int column = 0; column < n; column++) {
            int pivot = column;
            for (int i = column + 1; i < n; i++) {
                pivot = Math.abs(rows[i][column]) > Math.abs(rows[pivot][column]) ? i : pivot;
            }
            double[] row = rows[pivot];
            rows[pivot] = rows[column];
            rows[column] = row;
            for (int i = 0; i < n; i++) {
                double factor = i == column ? 0 : rows[i][column] / row[column];
                for (int j = column; j <= n; j++) {
                    rows[i][j] -= factor * row[j];
                }
            }
        }
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = rows[i][n] / rows[i][i];
        }
        return x;
    }
}
