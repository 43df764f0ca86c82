package io.modelmonitor.attribution;

import io.modelmonitor.api.Metric;

/**
 * Names of the metrics of attribution and of their subjects: of a model with one output, a feature is the
 * subject {@code income} and the output the dataset as a whole; of a model with several, {@code approved/income} and
 * {@code approved}.
 */
public final class AttributionNames {

    /** The contribution of a feature over all explained rows, aggregated; in the unit of the output (squared for squares). */
    public static final String ATTRIBUTION = "attribution";

    /** The mean of a feature's contributions with their signs. */
    public static final String MEAN = "attribution.mean";

    /** By how many ranks a feature has moved up since the baseline; negative if it moved down. */
    public static final String RANK_CHANGE = "attribution.rank_change";

    /** The nDCG of the order of an output's features against the baseline's, 1 when it is kept. */
    public static final String NDCG = "attribution.ndcg";

    /** The number of features of an output that now raise it on average where they lowered it in the baseline, or the reverse. */
    public static final String SIGN_FLIPS = "attribution.sign_flips";

    /** The mean output of the model over the background. */
    public static final String EXPECTED_VALUE = "attribution.expected_value";

    /** The number of explained rows. */
    public static final String EXPLAINED_ROWS = "attribution.explained_rows";

    private AttributionNames() {}

    /**
     * Returns the subject of a feature's metrics.
     *
     * @param label the output's name; {@link Metric#DATASET} for a model with one output
     * @param feature the feature's name
     */
    public static String subject(String label, String feature) {
        return label.isEmpty() ? feature : label + '/' + feature;
    }
}
