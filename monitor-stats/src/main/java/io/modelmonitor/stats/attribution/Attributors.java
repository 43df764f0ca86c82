package io.modelmonitor.stats.attribution;

import io.modelmonitor.spi.Attributor;
import java.util.function.UnaryOperator;

/**
 * Factories of attributors, which explain a model's prediction for one row.
 *
 * <p>A model is a function on batches: an array of rows, each an array of features, to an array of as many rows, each an
 * array of outputs. It is given up to about a thousand rows at once (or one background's worth, if that is more), in arrays
 * that are used again for the next batch: it may write to them, but not keep them. It has to be a function: equal rows have
 * equal outputs.
 *
 * <p>All attributors are immutable and as thread-safe as the model. They throw what the model throws, and
 * {@link IllegalStateException} with one line if the model returns outputs that are not finite or not as many as before.
 * Equal seeds give equal bits, whatever was explained before.
 */
public final class Attributors {

    /** The most features for which Kernel SHAP's default asks for all coalitions, and so is exact. */
    public static final int MOST_EXACT_FEATURES = 11;

    private Attributors() {}

    /**
     * Returns how many coalitions Kernel SHAP asks for unless told otherwise: min(2M + 2048, 2^M − 2) for M features.
     *
     * @param features at least 1
     */
    public static int defaultSamples(int features) {
        int most = 2 * features + 2048;
        return features > MOST_EXACT_FEATURES + 1 ? most : Math.min(most, (1 << features) - 2);
    }

    /**
     * Returns an attributor of exact Shapley values, from all 2^M coalitions of the M features in which a row differs from
     * the background. A row takes about 2^M · background rows calls of the model.
     *
     * @param model the model, on batches
     * @param background what stands in for absent features
     * @param link the scale on which contributions add up
     * @return an attributor that refuses rows that differ in more than {@value Enumeration#MOST_PLAYERS} features
     */
    public static Attributor exact(UnaryOperator<double[][]> model, Background background, Link link) {
        return new CoalitionAttributor(model, background, link, Enumeration::new);
    }

    /**
     * Returns an attributor of Shapley values estimated by Kernel SHAP, with {@link #defaultSamples(int)} coalitions: exact
     * for up to {@value #MOST_EXACT_FEATURES} features.
     *
     * @param model the model, on batches
     * @param background what stands in for absent features
     * @param link the scale on which contributions add up
     * @param seed what makes the choice of coalitions repeatable
     */
    public static Attributor kernelShap(UnaryOperator<double[][]> model, Background background, Link link, long seed) {
        return kernelShap(model, background, link, defaultSamples(background.features()), seed);
    }

    /**
     * Returns an attributor of Shapley values estimated by Kernel SHAP (S. M. Lundberg and S.-I. Lee, A unified approach to
     * interpreting model predictions, 2017). Nothing is left out of the regression: there is no penalty that would set small
     * contributions to 0. A row takes about samples · background rows calls of the model; the first row with a new number of
     * varying features M also a matrix of M × M.
     *
     * @param model the model, on batches
     * @param background what stands in for absent features
     * @param link the scale on which contributions add up
     * @param samples how many coalitions to ask for; exact if all are among them
     * @param seed what makes the choice of coalitions repeatable
     * @throws IllegalArgumentException if samples are fewer than two for each feature, and fewer than all coalitions
     */
    public static Attributor kernelShap(
            UnaryOperator<double[][]> model, Background background, Link link, int samples, long seed) {
        int features = background.features();
        if (samples < 2 * features && !isAll(features, samples)) {
            throw new IllegalArgumentException("samples " + samples + " are too few for " + features
                    + " features; allowed is at least " + 2 * features);
        }
        return new CoalitionAttributor(
                model,
                background,
                link,
                players ->
                        isAll(players, samples) ? new Enumeration(players) : new LeastSquares(players, samples, seed));
    }

    private static boolean isAll(int players, int samples) {
        return players <= Enumeration.MOST_PLAYERS && (1 << players) - 2 <= samples;
    }

    /**
     * Returns an attributor of exact Shapley values of linear models, in constant time per feature: φⱼ = wⱼ (xⱼ − E[bⱼ]) (S.
     * M. Lundberg and S.-I. Lee, 2017, corollary 1). For logistic models these are on the scale of log-odds, before the mean
     * over the background; they equal {@link Link#LOGIT} with a background of one row.
     *
     * @param coefficients for each output a coefficient for each feature
     * @param intercepts for each output what is added
     * @param background what stands in for absent features; only its means matter
     * @throws IllegalArgumentException if the sizes do not fit
     */
    public static Attributor linear(double[][] coefficients, double[] intercepts, Background background) {
        return new LinearAttributor(coefficients, intercepts, background);
    }

    /**
     * Returns an attributor that only asks what is lost when a single feature is taken from the background: permutation
     * importance without labels (A. Fisher, C. Rudin and F. Dominici, All models are wrong, but many are useful, 2019, with
     * the prediction itself in the place of the loss), row by row. Cheap, M · background rows calls of the model; misses what
     * features do only together, and does not add up to the prediction.
     *
     * @param model the model, on batches
     * @param background what stands in for absent features
     * @param link the scale on which contributions are differences
     */
    public static Attributor permutation(UnaryOperator<double[][]> model, Background background, Link link) {
        return new CoalitionAttributor(model, background, link, LeaveOneOut::new);
    }
}
