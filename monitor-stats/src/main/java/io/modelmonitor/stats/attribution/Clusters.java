package io.modelmonitor.stats.attribution;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Clusters of rows by Lloyd's k-means (S. P. Lloyd, Least squares quantization in PCM, 1982), started by k-means++ (D. Arthur
 * and S. Vassilvitskii, 2007). Features count in units of their standard deviation, so that none decides by its unit alone.
 */
final class Clusters {

    private static final int MOST_ROUNDS = 50;

    private final double[][] rows;
    private final double[] scales;
    private final int[] clusterOf;
    private double[][] centres;

    private Clusters(double[][] rows, double[] scales) {
        this.rows = rows;
        this.scales = scales;
        this.clusterOf = new int[rows.length];
        this.centres = new double[0][];
    }

    static Clusters of(double[][] rows, int clusters, long seed) {
        if (clusters < 1) {
            throw new IllegalArgumentException("clusters " + clusters + " is too few; allowed is at least 1");
        }
        Clusters found = new Clusters(rows, scales(rows));
        found.start(clusters, new SplittableRandom(seed));
        boolean moved = true;
        for (int round = 0; round < MOST_ROUNDS && moved; round++) {
            moved = found.assign();
            found.move();
        }
        found.assign();
        return found;
    }

    double[][] centres() {
        return centres;
    }

    /** Returns how many rows each cluster has, never 0. */
    double[] sizes() {
        double[] sizes = new double[centres.length];
        for (int cluster : clusterOf) {
            sizes[cluster]++;
        }
        return sizes;
    }

    /** Returns of each cluster the row nearest to its centre, the first of several. */
    double[][] medoids() {
        double[][] medoids = new double[centres.length][];
        double[] nearest = new double[centres.length];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        for (int i = 0; i < rows.length; i++) {
            int cluster = clusterOf[i];
            double distance = distance(rows[i], centres[cluster]);
            if (distance < nearest[cluster]) {
                nearest[cluster] = distance;
                medoids[cluster] = rows[i];
            }
        }
        return medoids;
    }

    private void start(int clusters, SplittableRandom random) {
        double[][] chosen = new double[Math.min(clusters, rows.length)][];
        chosen[0] = rows[random.nextInt(rows.length)].clone();
        double[] distances = new double[rows.length];
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
        int count = 1;
        while (count < chosen.length) {
            double sum = 0;
            for (int i = 0; i < rows.length; i++) {
                distances[i] = Math.min(distances[i], distance(rows[i], chosen[count - 1]));
                sum += distances[i];
            }
            if (sum == 0) {
                break;
            }
            double rest = random.nextDouble() * sum;
            int next = 0;
            while (next < rows.length - 1 && (distances[next] == 0 || rest >= distances[next])) {
                rest -= distances[next];
                next++;
            }
            while (distances[next] == 0) {
                next--;
            }
            chosen[count++] = rows[next].clone();
        }
        centres = Arrays.copyOf(chosen, count);
    }

    /** Puts each row into the nearest cluster and returns whether any went to another. */
    private boolean assign() {
        boolean moved = false;
        for (int i = 0; i < rows.length; i++) {
            int nearest = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int cluster = 0; cluster < centres.length; cluster++) {
                double distance = distance(rows[i], centres[cluster]);
                if (distance < least) {
                    least = distance;
                    nearest = cluster;
                }
            }
            moved |= clusterOf[i] != nearest;
            clusterOf[i] = nearest;
        }
        dropEmpty();
        return moved;
    }

    private void dropEmpty() {
        double[] sizes = sizes();
        int[] newIndexes = new int[centres.length];
        double[][] kept = new double[centres.length][];
        int count = 0;
        for (int cluster = 0; cluster < centres.length; cluster++) {
            newIndexes[cluster] = count;
            if (sizes[cluster] > 0) {
                kept[count++] = centres[cluster];
            }
        }
        centres = Arrays.copyOf(kept, count);
        for (int i = 0; i < clusterOf.length; i++) {
            clusterOf[i] = newIndexes[clusterOf[i]];
        }
    }

    private void move() {
        double[] sizes = sizes();
        double[][] means = new double[centres.length][scales.length];
        for (int i = 0; i < rows.length; i++) {
            double[] mean = means[clusterOf[i]];
            for (int j = 0; j < mean.length; j++) {
                mean[j] += rows[i][j] / sizes[clusterOf[i]];
            }
        }
        centres = means;
    }

    private double distance(double[] one, double[] other) {
        double sum = 0;
        for (int j = 0; j < scales.length; j++) {
            double difference = (one[j] - other[j]) * scales[j];
            sum += difference * difference;
        }
        return sum;
    }

    /** The factor of each feature: 1 / standard deviation, 0 for a constant. */
    private static double[] scales(double[][] rows) {
        double[] scales = new double[rows[0].length];
        for (int j = 0; j < scales.length; j++) {
            double mean = 0;
            double squares = 0;
            for (int i = 0; i < rows.length; i++) {
                double value = rows[i][j];
                if (!Double.isFinite(value)) {
                    throw new IllegalArgumentException("rows: feature " + j + " of row " + i + " is " + value
                            + "; clusters are made of finite numbers");
                }
                double delta = value - mean;
                mean += delta / (i + 1);
                squares += delta * (value - mean);
            }
            scales[j] = squares > 0 ? 1 / Math.sqrt(squares / rows.length) : 0;
        }
        return scales;
    }
}
