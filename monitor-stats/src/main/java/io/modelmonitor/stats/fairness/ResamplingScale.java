package io.modelmonitor.stats.fairness;

/**
 * The scale on which a metric is about normally distributed, and smooth where the groups are alike. A distance has a corner
 * or a minimum there: resampled, it can only grow, and an interval of such replicates misses the truth. So a distance is
 * resampled with the sign of the difference behind it, and folded afterwards.
 */
enum ResamplingScale {
    /** The value itself. */
    IDENTITY {
        @Override
        double toValue(double pivot) {
            return pivot;
        }

        @Override
        double toPivot(double value) {
            return value;
        }
    },
    /** The logarithm, of a ratio. */
    LOGARITHM {
        @Override
        double toValue(double pivot) {
            return StrictMath.exp(pivot);
        }

        @Override
        double toPivot(double value) {
            return StrictMath.log(Math.max(0, value));
        }

        @Override
        double standardError(double pivot, double error) {
            return StrictMath.exp(pivot) * error;
        }
    },
    /** The value with a sign, of a distance that is the size of a difference. */
    SIGNED {
        @Override
        double toValue(double pivot) {
            return Math.abs(pivot);
        }

        @Override
        double toPivot(double value) {
            return value;
        }

        @Override
        boolean isFolded() {
            return true;
        }
    },
    /** The square root with a sign, of a divergence that grows with the square of a difference. */
    SIGNED_ROOT {
        @Override
        double toValue(double pivot) {
            return pivot * pivot;
        }

        @Override
        double toPivot(double value) {
            return Math.sqrt(Math.max(0, value));
        }

        @Override
        double standardError(double pivot, double error) {
            return 2 * Math.abs(pivot) * error;
        }

        @Override
        boolean isFolded() {
            return true;
        }
    };

    abstract double toValue(double pivot);

    abstract double toPivot(double value);

    /** Returns the standard error of the value from that of the pivot, by the delta method. */
    double standardError(double pivot, double error) {
        return error;
    }

    /** Returns the values of an interval of pivots. */
    Interval toValues(double lower, double upper) {
        double one = toValue(lower);
        double other = toValue(upper);
        boolean spansZero = isFolded() && lower <= 0 && upper >= 0;
        return new Interval(spansZero ? 0 : Math.min(one, other), Math.max(one, other));
    }

    /** Returns whether two pivots, one on either side of 0, have the same value. */
    boolean isFolded() {
        return false;
    }
}
