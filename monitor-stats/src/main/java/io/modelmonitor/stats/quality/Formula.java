package io.modelmonitor.stats.quality;

import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Evidence.Proportion;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Scale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * A metric that is a function of counts of rows.
 *
 * @param name the metric's name
 * @param value computes it from counts, which need not be whole; NaN where it is undefined
 * @param undefinedBecause why it is undefined where it is, in one line
 * @param evidence says how sure it is, from the counts
 * @param scale its range and the direction that is worse
 */
record Formula(
        String name,
        ToDoubleFunction<double[]> value,
        String undefinedBecause,
        Function<Counts, Evidence> evidence,
        Scale scale) {

    /** Counts of rows, and how a function of them varies with the rows. */
    interface Counts {

        /** Returns the counts. */
        double[] values();

        /**
         * Returns the standard error of a function of the counts by the delta method: the counts are multinomial.
         *
         * @param function what is asked for
         * @return a standard error; NaN if there is none
         */
        double standardError(ToDoubleFunction<double[]> function);

        /**
         * Returns how sure a measure of how well rows were predicted is.
         *
         * @param function a function of the counts that does not fall when a row is predicted right instead of wrong
         */
        default Evidence evidence(ToDoubleFunction<double[]> function) {
            return Uncertainty.of(standardError(function));
        }
    }

    /** Returns the formula of a measure of how well rows were predicted. */
    static Formula of(String name, String undefinedBecause, ToDoubleFunction<double[]> value) {
        return new Formula(name, value, undefinedBecause, counts -> counts.evidence(value), Scale.SHARE);
    }

    /** Returns the formula of a share of rows, with exact evidence. */
    static Formula share(
            String name, String undefinedBecause, ToDoubleFunction<double[]> hits, ToDoubleFunction<double[]> rows) {
        return new Formula(
                name,
                counts -> hits.applyAsDouble(counts) / rows.applyAsDouble(counts),
                undefinedBecause,
                counts -> new Proportion(
                        Math.round(hits.applyAsDouble(counts.values())),
                        Math.round(rows.applyAsDouble(counts.values()))),
                Scale.SHARE);
    }

    /**
     * Returns this formula under another name, applied to what a function makes of the counts, with the standard error of the
     * delta method.
     */
    Formula after(String newName, UnaryOperator<double[]> before) {
        ToDoubleFunction<double[]> function = counts -> value.applyAsDouble(before.apply(counts));
        return new Formula(
                newName,
                function,
                undefinedBecause,
                counts -> Uncertainty.of(counts.standardError(function)),
                Scale.SHARE);
    }

    /** Returns this formula on another scale. */
    Formula on(Scale newScale) {
        return new Formula(name, value, undefinedBecause, evidence, newScale);
    }

    Metric of(Counts counts, String subject) {
        double measured = value.applyAsDouble(counts.values());
        Metric metric = Double.isNaN(measured)
                ? Metric.undefined(subject, name, undefinedBecause)
                : Metric.of(subject, name, measured, evidence.apply(counts));
        return metric.on(scale);
    }
}
