package io.modelmonitor.stats.fairness;

/** Conventions for dividing by 0 and for subtracting infinities: they differ between tools. */
public interface Division {

    /** The default: what is divided by 0 is undefined, NaN, and so is what is computed from it. */
    Division UNDEFINED_BY_ZERO = new Division() {
        @Override
        public double ratio(double numerator, double denominator) {
            return denominator == 0 ? Double.NaN : numerator / denominator;
        }

        @Override
        public double difference(double left, double right) {
            return left - right;
        }
    };

    /** Returns {@code numerator / denominator}, or what stands for it when the denominator is 0. */
    double ratio(double numerator, double denominator);

    /** Returns {@code left − right}, or what stands for it when one is not finite. */
    double difference(double left, double right);
}
