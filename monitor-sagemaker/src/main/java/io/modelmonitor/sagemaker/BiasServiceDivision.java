package io.modelmonitor.sagemaker;

import io.modelmonitor.stats.fairness.Division;

/** The division of the service's reference library: {@code x / 0} is infinite, {@code 0 / 0} is 0, and so is infinity minus itself. */
enum BiasServiceDivision implements Division {
    INSTANCE;

    @Override
    public double ratio(double numerator, double denominator) {
        return numerator == 0 && denominator == 0 ? 0 : numerator / denominator;
    }

    @Override
    public double difference(double left, double right) {
        return Double.isInfinite(left) && left == right ? 0 : left - right;
    }
}
