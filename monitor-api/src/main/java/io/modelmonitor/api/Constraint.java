package io.modelmonitor.api;

import java.util.Objects;

/**
 * A bound on a metric of a subject. Reads aloud: {@code on("income").metric("drift.psi").atMost(0.10)}.
 *
 * @param subject what is constrained: as in {@link Metric#subject()}
 * @param metric the metric's name
 * @param bound what is wanted of it
 */
public record Constraint(String subject, String metric, Bound bound) {

    /**
     * Creates a constraint.
     *
     * @throws IllegalArgumentException if the metric's name is empty
     */
    public Constraint {
        Objects.requireNonNull(subject, "subject");
        if (metric.isEmpty()) {
            throw new IllegalArgumentException("metric is empty; name the metric that '" + subject + "' is judged by");
        }
        Objects.requireNonNull(bound, "bound");
    }

    /** Starts a constraint on a feature, or on another subject of a metric. */
    public static Subject on(String subject) {
        return new Subject(subject);
    }

    /** Starts a constraint on the dataset as a whole. */
    public static Subject onDataset() {
        return new Subject(Metric.DATASET);
    }

    /** Returns whether both are about the same metric of the same subject. */
    public boolean isAboutTheSameAs(Constraint other) {
        return subject.equals(other.subject) && metric.equals(other.metric);
    }

    @Override
    public String toString() {
        return (subject.isEmpty() ? "dataset" : subject) + " " + metric + " " + bound;
    }

    /**
     * The first half of a constraint: what it is about.
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
            return new Measured(name, metric);
        }

        /** The share of rows in which the feature has a value, from 0 to 1. */
        public Measured completeness() {
            return metric("completeness");
        }

        /**
         * The feature's distribution must not change by more than an amount that matters and more than chance explains. Needs
         * no threshold; {@code metric("drift").atMost(..)} sets another.
         *
         * <p>The amount is {@link #SMALLEST_DRIFT}.
         */
        public Constraint drift() {
            return metric("drift").atMost(SMALLEST_DRIFT);
        }

        /**
         * As {@link #drift()}, judged by a measure of the reader's choice. The amount that matters is the measure's {@link
         * NamedDrift#floor() floor}; {@code metric("drift.psi").atMost(..)} sets another.
         *
         * @param measure one of {@link NamedDrift}, such as {@code psi}
         * @throws IllegalArgumentException if there is no such measure; the message lists them
         */
        public Constraint drift(String measure) {
            NamedDrift named = NamedDrift.of(measure);
            return metric(named.metric()).atMost(named.floor());
        }
    }

    /**
     * The second half: which metric.
     *
     * @param subject the subject's name
     * @param metric the metric's name
     */
    public record Measured(String subject, String metric) {

        /** The metric must be at least this. */
        public Constraint atLeast(double limit) {
            return within(Bound.atLeast(limit));
        }

        /** The metric must be at most this. */
        public Constraint atMost(double limit) {
            return within(Bound.atMost(limit));
        }

        /** The metric must lie between these, both allowed. */
        public Constraint between(double lower, double upper) {
            return within(Bound.between(lower, upper));
        }

        /** The metric must lie within a bound. */
        public Constraint within(Bound bound) {
            return new Constraint(subject, metric, bound);
        }
    }
}
