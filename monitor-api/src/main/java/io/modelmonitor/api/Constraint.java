package io.modelmonitor.api;

import java.util.Objects;

/**
 * A bound on a metric. Reads aloud: {@code on("income").drift("psi").atMost(0.10)}.
 *
 * <p>A constraint that starts with a default bound, such as {@code on("income").drift()} or {@code on("age").completeness()},
 * is complete as it is; {@link #atLeast}, {@link #atMost}, {@link #between} and {@link #within} give it another bound.
 *
 * @param id the constrained metric
 * @param bound the allowed values
 */
public record Constraint(MetricId id, Bound bound) {

    /** Creates a constraint. */
    public Constraint {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(bound, "bound");
    }

    /**
     * Creates a constraint.
     *
     * @param subject the constrained subject, as in {@link MetricId#subject()}
     * @param metric the metric's name
     * @param bound the allowed values
     * @throws IllegalArgumentException if the metric's name is empty
     */
    public Constraint(String subject, String metric, Bound bound) {
        this(new MetricId(subject, metric), bound);
    }

    /** Starts a constraint on a feature, or on another subject of a metric. */
    public static Subject on(String subject) {
        return new Subject(Objects.requireNonNull(subject, "subject"));
    }

    /** Starts a constraint on the dataset as a whole. */
    public static Subject onDataset() {
        return new Subject(MetricId.DATASET);
    }

    /** Returns the constrained subject. */
    public String subject() {
        return id.subject();
    }

    /** Returns the name of the constrained metric. */
    public String metric() {
        return id.name();
    }

    /**
     * Returns this constraint with a lower limit in place of its bound.
     *
     * @throws IllegalArgumentException as {@link #within} does
     */
    public Constraint atLeast(double limit) {
        return within(Bound.atLeast(limit));
    }

    /**
     * Returns this constraint with an upper limit in place of its bound.
     *
     * @throws IllegalArgumentException as {@link #within} does
     */
    public Constraint atMost(double limit) {
        return within(Bound.atMost(limit));
    }

    /**
     * Returns this constraint with two limits, both allowed, in place of its bound.
     *
     * @throws IllegalArgumentException as {@link #within} does
     */
    public Constraint between(double lower, double upper) {
        return within(Bound.between(lower, upper));
    }

    /**
     * Returns this constraint with another bound.
     *
     * @throws IllegalArgumentException if a limit is none that the metric can have, such as 98 for a share or -1 for a drift
     */
    public Constraint within(Bound other) {
        return new Constraint(id, PossibleValues.ofDefaultBounds(id).checked(id, other));
    }

    /** Returns whether both are about the same metric of the same subject. */
    public boolean isAboutTheSameAs(Constraint other) {
        return id.equals(other.id);
    }

    @Override
    public String toString() {
        return id + " " + bound;
    }

    /**
     * The first half of a constraint: its subject. The methods name the usual metrics; {@link #metric} names any other.
     *
     * @param name the subject's name
     */
    public record Subject(String name) {

        /**
         * The change from which drift matters unless said otherwise: one row in a hundred would have to have another value.
         * It is half of the smallest change worth an alarm, a category's share moved by two points (a shift by a tenth of a
         * standard deviation is 0.04), so that such a change exceeds it whatever chance adds; what chance explains is not for
         * the floor to keep out, but for the evidence.
         */
        public static final double SMALLEST_DRIFT = 0.01;

        /** Names the metric. */
        public Measured metric(String metric) {
            return new Measured(new MetricId(name, metric));
        }

        private Measured metric(String metric, PossibleValues possible) {
            return new Measured(new MetricId(name, metric), possible.least(), possible.greatest());
        }

        /** Constrains the share of rows in which the feature has a value, from 0 to 1; all of them unless a limit is given. */
        public Constraint completeness() {
            return metric("completeness").atLeast(1);
        }

        /** Constrains the share of values that are of the feature's type, from 0 to 1; all of them unless a limit is given. */
        public Constraint typeShare() {
            return metric("type_share").atLeast(1);
        }

        /** Constrains the share of values that are in the feature's domain, from 0 to 1; all of them unless a limit is given. */
        public Constraint domainShare() {
            return metric("domain_share").atLeast(1);
        }

        /** Constrains the share of numbers that are not negative, from 0 to 1; all of them unless a limit is given. */
        public Constraint nonNegativeShare() {
            return metric("non_negative_share").atLeast(1);
        }

        /**
         * Constrains the change of the feature's distribution: not by more than an amount that matters, {@link
         * #SMALLEST_DRIFT} unless another is given, and by more than chance explains.
         */
        public Constraint drift() {
            return metric("drift").atMost(SMALLEST_DRIFT);
        }

        /**
         * Constrains the change as {@link #drift()} does, by a measure of the reader's choice. The amount that matters is the
         * measure's {@link NamedDrift#floor() floor} unless another is given.
         *
         * @param measure one of {@link NamedDrift}, such as {@code psi}
         * @throws IllegalArgumentException if there is no such measure; the message lists them
         */
        public Constraint drift(String measure) {
            NamedDrift named = NamedDrift.of(measure);
            return metric(named.metric()).atMost(named.floor());
        }

        /** Constrains the mean of the feature's numbers. */
        public Measured mean() {
            return metric("mean");
        }

        /** Constrains the standard deviation of the feature's numbers. */
        public Measured standardDeviation() {
            return metric("standard_deviation", PossibleValues.NOT_NEGATIVE);
        }

        /** Constrains the least of the feature's numbers. */
        public Measured minimum() {
            return metric("minimum");
        }

        /** Constrains the greatest of the feature's numbers. */
        public Measured maximum() {
            return metric("maximum");
        }

        /** Constrains the number of different values of the feature. */
        public Measured distinctCount() {
            return metric("distinct_count", PossibleValues.NOT_NEGATIVE);
        }

        /** Constrains the number of rows of the dataset. */
        public Measured rows() {
            return metric("rows", PossibleValues.NOT_NEGATIVE);
        }

        /** Constrains the share of right predictions, from 0 to 1. */
        public Measured accuracy() {
            return metric("accuracy", PossibleValues.SHARE);
        }

        /** Constrains the share of positive predictions that are right, from 0 to 1. */
        public Measured precision() {
            return metric("precision", PossibleValues.SHARE);
        }

        /** Constrains the share of positive rows that are predicted, from 0 to 1. */
        public Measured recall() {
            return metric("recall", PossibleValues.SHARE);
        }

        /** Constrains the harmonic mean of precision and recall, from 0 to 1. */
        public Measured f1() {
            return metric("f1", PossibleValues.SHARE);
        }

        /** Constrains the area under the ROC curve, from 0 to 1. */
        public Measured rocAuc() {
            return metric("roc_auc", PossibleValues.SHARE);
        }

        /** Constrains the mean absolute error, in the unit of the predicted number. */
        public Measured mae() {
            return metric("mae", PossibleValues.NOT_NEGATIVE);
        }

        /** Constrains the root mean squared error, in the unit of the predicted number. */
        public Measured rmse() {
            return metric("rmse", PossibleValues.NOT_NEGATIVE);
        }

        /** Constrains the share of variance that a regression explains, at most 1. */
        public Measured r2() {
            return metric("r2", PossibleValues.AT_MOST_ONE);
        }
    }

    /**
     * The second half of a constraint whose bound has to be given.
     *
     * @param id the constrained metric
     * @param least the least value that it can have; negative infinity if that is not known
     * @param greatest the greatest value that it can have; infinity if that is not known
     */
    public record Measured(MetricId id, double least, double greatest) {

        /** Starts the constraint of a metric that may have any value. */
        public Measured(MetricId id) {
            this(id, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }

        /**
         * Requires at least this.
         *
         * @throws IllegalArgumentException as {@link #within} does
         */
        public Constraint atLeast(double limit) {
            return within(Bound.atLeast(limit));
        }

        /**
         * Requires at most this.
         *
         * @throws IllegalArgumentException as {@link #within} does
         */
        public Constraint atMost(double limit) {
            return within(Bound.atMost(limit));
        }

        /**
         * Requires a value between these, both allowed.
         *
         * @throws IllegalArgumentException as {@link #within} does
         */
        public Constraint between(double lower, double upper) {
            return within(Bound.between(lower, upper));
        }

        /**
         * Requires a value within a bound.
         *
         * @throws IllegalArgumentException if a limit is none that the metric can have, such as 98 for a share
         */
        public Constraint within(Bound bound) {
            return new Constraint(id, new PossibleValues(least, greatest).checked(id, bound));
        }
    }
}
