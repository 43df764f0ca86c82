package io.modelmonitor.stats.attribution;

import java.util.Arrays;

/** A baseline's attributions of all features to one output. Immutable. */
public final class KnownAttribution {

    private final double[] attributions;
    private final double[] spreads;
    private final long rows;
    /** A uniform sample of the explained rows, each a contribution of every feature; empty if none is known. */
    private final double[][] sample;

    private KnownAttribution(double[] attributions, double[] spreads, long rows, double[][] sample) {
        this.attributions = attributions;
        this.spreads = spreads;
        this.rows = rows;
        this.sample = sample;
    }

    /**
     * Returns attributions of which nothing else is known, as in the files of the managed service: they are taken as facts.
     *
     * @param attributions the aggregate of each feature; copied
     */
    public static KnownAttribution of(double[] attributions) {
        double[] unknown = new double[attributions.length];
        Arrays.fill(unknown, Double.NaN);
        return of(attributions, unknown, 0);
    }

    /**
     * Returns attributions that were estimated from rows.
     *
     * @param attributions the aggregate of each feature; copied
     * @param spreads for each feature the standard deviation of one row's part in the aggregate, so that over n rows its
     *     standard error is spread / √n; NaN where it is not known; copied
     * @param rows the number of explained rows; 0 if it is not known
     * @throws IllegalArgumentException if there are not as many of one as of the other
     */
    public static KnownAttribution of(double[] attributions, double[] spreads, long rows) {
        if (attributions.length != spreads.length) {
            throw new IllegalArgumentException("spreads: " + spreads.length + " given for " + attributions.length
                    + " attributions; there must be as many");
        }
        return new KnownAttribution(attributions.clone(), spreads.clone(), rows, new double[0][]);
    }

    /**
     * Returns the same with explained rows, from which chance is known better than from spreads.
     *
     * @param sample a uniform sample of the explained rows, for each of them a contribution of every feature; copied
     * @throws IllegalArgumentException if a row has not as many contributions as there are features
     */
    public KnownAttribution withRows(double[][] sample) {
        double[][] copies = new double[sample.length][];
        for (int i = 0; i < copies.length; i++) {
            if (sample[i].length != attributions.length) {
                throw new IllegalArgumentException("sample: row " + i + " has " + sample[i].length
                        + " contributions; there are " + attributions.length + " features");
            }
            copies[i] = sample[i].clone();
        }
        return new KnownAttribution(attributions, spreads, rows, copies);
    }

    /** Returns the aggregate of each feature, as a new array. */
    public double[] attributions() {
        return attributions.clone();
    }

    /** Returns the number of explained rows; 0 if it is not known. */
    public long rows() {
        return rows;
    }

    /** The standard error of a feature's aggregate over so many rows; NaN if it is not known. */
    double standardError(int feature, long ofRows) {
        return ofRows == 0 ? Double.NaN : spreads[feature] / Math.sqrt((double) ofRows);
    }

    /** The explained rows that are known, not to be written to; empty if none is. */
    double[][] sample() {
        return sample;
    }
}
