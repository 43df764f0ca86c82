package io.modelmonitor.stats.attribution;

import java.util.Arrays;

/** What a baseline says of the attributions of all features to one output. Immutable. */
public final class KnownAttribution {

    private final double[] attributions;
    private final double[] spreads;
    private final long rows;

    private KnownAttribution(double[] attributions, double[] spreads, long rows) {
        this.attributions = attributions;
        this.spreads = spreads;
        this.rows = rows;
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
        return new KnownAttribution(attributions.clone(), spreads.clone(), rows);
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
}
