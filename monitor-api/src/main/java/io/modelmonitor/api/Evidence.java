package io.modelmonitor.api;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The uncertainty of a metric's value, as data: one of a few records, from which the judge of a constraint computes the
 * probability that chance explains a value outside the bound. Immutable, comparable and free of code that could run later.
 *
 * <p>Numbers that cannot be, such as a p-value of 1.5, are kept as they are given and named by {@link #problem}; a {@link Metric}
 * that is made with them is undefined for that reason, and the other metrics of its calculator are not touched.
 */
public sealed interface Evidence {

    /** Returns the evidence of a value that chance has no part in, such as a missing column. */
    static Evidence exact() {
        return Exact.INSTANCE;
    }

    /**
     * Returns the evidence of a test that was made while measuring.
     *
     * @param pValue the probability of such a value if nothing worth an alarm has changed, from 0 to 1
     */
    static Evidence ofPValue(double pValue) {
        return new PValue(pValue, Double.NaN);
    }

    /** Returns the standard error of the value, in its unit; NaN when there is none. */
    default double standardError() {
        return Double.NaN;
    }

    /** Returns the value to be expected if nothing changed, in the metric's unit; NaN when there is none, as of a share. */
    default double expectedByChance() {
        return Double.NaN;
    }

    /** Returns whether chance has no part in the value, which then needs no correction for multiplicity. */
    default boolean isExact() {
        return false;
    }

    /** Returns why there can be no such evidence, in one line; empty if there can. */
    default String problem() {
        return "";
    }

    /** A value without uncertainty: outside its bound it violates, inside it does not. */
    record Exact() implements Evidence {

        private static final Exact INSTANCE = new Exact();

        @Override
        public double standardError() {
            return 0;
        }

        @Override
        public boolean isExact() {
            return true;
        }

        @Override
        public String toString() {
            return "exact";
        }
    }

    /**
     * A share of independent rows. Judged by the exact one-sided binomial test.
     *
     * @param successes the number of rows that have the property, from 0 to {@code trials}
     * @param trials the number of rows, at least 0
     */
    record Proportion(long successes, long trials) implements Evidence {

        @Override
        public String problem() {
            return successes < 0 || successes > trials
                    ? "successes " + successes + " of " + trials + " trials; allowed is 0 to " + Math.max(0, trials)
                    : "";
        }

        /** Returns the share, from 0 to 1; NaN when there are no trials. */
        public double value() {
            return (double) successes / trials;
        }

        /** Returns the usual estimate, sqrt(p(1 - p)/n). */
        @Override
        public double standardError() {
            double share = value();
            return Math.sqrt(share * (1 - share) / trials);
        }
    }

    /**
     * A share of independent rows beside the baseline's. A bound that is a requirement is judged by the window's share alone, as
     * that of a {@link Proportion}; one that was learned from the baseline ({@link Bound#isEstimate}) by Fisher's exact test of both
     * counts, so that the baseline's uncertainty is accounted for, once.
     *
     * @param current the window's share
     * @param baseline the baseline's share
     */
    record ComparedProportion(Proportion current, Proportion baseline) implements Evidence {

        @Override
        public String problem() {
            return current.problem().isEmpty() ? baseline.problem() : current.problem();
        }

        @Override
        public double standardError() {
            return current.standardError();
        }
    }

    /**
     * A value that is about normally distributed around the truth, or a mean of skewed values. Judged by Wald's one-sided test,
     * or where it is skewed by that of Hall's transformation.
     *
     * @param standardError the standard deviation of the value over repeated windows, in its unit; at least 0
     * @param skewness the skewness of the value over repeated windows, which for a mean is that of the values divided by the root
     *     of their number; 0 where it is not known
     */
    record StandardError(double standardError, double skewness) implements Evidence {

        @Override
        public String problem() {
            if (!(standardError >= 0) || Double.isInfinite(standardError)) {
                return "standardError " + standardError + " is none; allowed is a finite number from 0";
            }
            return Double.isFinite(skewness) ? "" : "skewness " + skewness + " is none; allowed is a finite number";
        }

        /** Creates the evidence of a value that is not skewed. */
        public StandardError(double standardError) {
            this(standardError, 0);
        }
    }

    /**
     * A mean of independent values beside what the baseline's values say of means of so many. A few values tell little of their
     * own spread: a hundred amounts of which none is above 0 have none. So the value has to be beyond chance by the spread and
     * skewness of either.
     *
     * @param current the standard error and skewness by the window's own values
     * @param baseline those of the mean of as many of the baseline's values
     */
    record ComparedMean(StandardError current, StandardError baseline) implements Evidence {

        /** Returns the greater of both standard errors. */
        @Override
        public String problem() {
            return current.problem().isEmpty() ? baseline.problem() : current.problem();
        }

        @Override
        public double standardError() {
            return Math.max(current.standardError(), baseline.standardError());
        }
    }

    /**
     * One-sided confidence limits of the truth on a fixed grid of levels, for values whose distribution is neither binomial nor
     * normal, such as those of a bootstrap. Entry i is the value below which the truth lies with confidence {@code Phi(z)}, {@code
     * z = -6 + i / 2}; so the first entries are lower limits, and the last ones upper limits.
     *
     * @param standardError the standard error, in the value's unit; NaN when there is none
     * @param expectedByChance the value to be expected if nothing changed; NaN when there is none
     * @param limits {@value #SIZE} values in ascending order; infinite where the data do not limit the truth at that level
     */
    record Limits(double standardError, double expectedByChance, List<Double> limits) implements Evidence {

        /** The number of limits. */
        public static final int SIZE = 25;

        /** Creates the evidence, with a copy of the limits. */
        public Limits {
            limits = Doubles.copyOf(limits);
        }

        @Override
        public String problem() {
            if (limits.size() != SIZE) {
                return "limits: " + limits.size() + " given; allowed is " + SIZE + ", in ascending order";
            }
            for (int i = 1; i < SIZE; i++) {
                if (!(limits.get(i - 1) <= limits.get(i))) {
                    return "limits " + limits.get(i - 1) + " and " + limits.get(i) + " do not ascend; allowed are "
                            + SIZE + " numbers in ascending order";
                }
            }
            return "";
        }

        /** Returns the standard normal quantile of an entry's level. */
        public static double quantile(int index) {
            return -6 + index / 2.0;
        }
    }

    /**
     * The result of a test that was made while measuring, for the bound that was wanted.
     *
     * @param pValue the probability of a value at least as far out if the truth lies inside the bound, from 0 to 1; NaN when
     *     it was not tested, because nothing was wanted or the value lies inside its bound
     * @param expectedByChance the value to be expected if nothing changed; NaN when it is not known
     * @param parts the p-values of the parts of the change, each by the names of the metrics of the same subject that tell of that part,
     *     too, such as {@code completeness} of missing values; by no name what is left where any of these is violated. Empty where no other
     *     metric tells of it
     */
    record PValue(double pValue, double expectedByChance, Map<Set<String>, Double> parts) implements Evidence {

        /** The evidence of a value that was not tested. */
        public static final PValue UNTESTED = new PValue(Double.NaN, Double.NaN);

        /** Copies the parts. */
        public PValue {
            parts = Map.copyOf(parts);
        }

        /** Creates evidence of a change of one part. */
        public PValue(double pValue, double expectedByChance) {
            this(pValue, expectedByChance, Map.of());
        }

        /**
         * Returns the least p-value of the parts of which none of some metrics tells; 1 if there is no such part, and the p-value itself if
         * they tell of none.
         *
         * @param metrics the names of metrics of the same subject
         */
        public double without(Set<String> metrics) {
            if (parts.keySet().stream().allMatch(tellers -> Collections.disjoint(tellers, metrics))) {
                return pValue;
            }
            return parts.entrySet().stream()
                    .filter(part -> Collections.disjoint(part.getKey(), metrics))
                    .mapToDouble(Map.Entry::getValue)
                    .min()
                    .orElse(1);
        }

        @Override
        public String problem() {
            for (double p : parts.values()) {
                if (!(p >= 0 && p <= 1)) {
                    return "parts has " + p + ", which is no probability; allowed is 0 to 1";
                }
            }
            return pValue < 0 || pValue > 1 ? "pValue " + pValue + " is no probability; allowed is 0 to 1" : "";
        }
    }
}
