package io.modelmonitor.stats.internal.drift;

import io.modelmonitor.stats.internal.QuadraticForm;
import org.jspecify.annotations.Nullable;

/**
 * Anderson and Darling's statistic of two samples, {@code integral (F - G)^2 / (H (1 - H)) dH} over {@code s = 1/n + 1/m}, where
 * H pools both, and its distribution over all ways to share the pooled values among the samples.
 *
 * <p>Ties are no approximation: given the pooled values, F - G is a bridge whose covariance {@code H_i (1 - H_j)} yields the
 * statistic's mean, variance and skewness in one pass; where few rows are expected beyond a step, its fourth cumulant corrects
 * them. The probability is that of a {@link QuadraticForm} with these moments. Source: Pettitt (1976), A two-sample
 * Anderson-Darling rank statistic.
 */
final class AndersonDarlingSums {

    private final double n;
    private final double m;
    private final double rankError;

    // The latest step, whose weight waits for the next one.
    private int values;
    private double position;
    private double difference;
    private double below;

    private double deviations;
    private double sum;
    private double squares;
    private double cubes;
    private double fourthMoments;
    // Sums over all earlier steps: of a, of a times weight, and of a times the weights between, with a = w H / (1 - H).
    private double before;
    private double beforeWeighted;
    private double between;
    private double beforeBelowHalf;

    /**
     * Creates the sums over no steps.
     *
     * @param n the reference's rows
     * @param m the current rows
     * @param rankError by how much a difference of distribution functions is shrunk, from 0 to 1
     */
    private AndersonDarlingSums(double n, double m, double rankError) {
        this.n = n;
        this.m = m;
        this.rankError = rankError;
    }

    static AndersonDarlingSums of(PooledEcdf pooled) {
        AndersonDarlingSums sums = new AndersonDarlingSums(pooled.n, pooled.m, pooled.rankError());
        for (int i = 0; i < pooled.size; i++) {
            sums.add(pooled.reference[i], pooled.current[i]);
        }
        return sums;
    }

    /** Adds the next value by how many rows of each side are at most that. */
    private void add(double reference, double current) {
        double next = (reference + current) / (n + m);
        if (values > 0) {
            addStep(next - position);
        }
        values++;
        below = next - position;
        position = next;
        difference = reference / n - current / m;
    }

    private void addStep(double above) {
        double h = position;
        double w = weight(below, above);
        double toLower = 1 / h;
        double toUpper = 1 / (1 - h);
        double excess = Math.max(0, Math.abs(difference) - rankError);
        deviations += w * excess * excess * toLower * toUpper;
        double a = w * h * toUpper;
        double belowHalf = w * (1 - 2 * h) * toUpper;
        double d = w * (1 - h) * toLower;
        sum += w;
        squares += w * w + 2 * d * before;
        cubes += w * w * w + d * (3 * beforeWeighted + 3 * w * before + 6 * between);
        fourthMoments += d * (belowHalf + 2 * beforeBelowHalf) + w * (a + 2 * before);
        between += before * w;
        before += a;
        beforeWeighted += w * a;
        beforeBelowHalf += belowHalf;
    }

    /**
     * Returns the weight of the step between two neighbouring values from their shares of the pooled rows: the harmonic mean,
     * which is their share where they are alike. A heap then lends no weight to its own edge, where its chance would drown
     * a change of the values beside it.
     */
    static double weight(double below, double above) {
        return 2 * below * above / (below + above);
    }

    /** Returns the sum of the weights of all steps, nearly 1 without heaps. */
    double weights() {
        return sum;
    }

    /** Returns the statistic, of mean about 1 when nothing changed. */
    double statistic() {
        return deviations * (n + m - 1) / (n + m) / (1 / n + 1 / m);
    }

    /** Returns the probability of a statistic at least as large when nothing changed. */
    double pValue() {
        QuadraticForm whenUnchanged = nullDistribution();
        return whenUnchanged == null ? 1 : whenUnchanged.survival(statistic());
    }

    /** Returns the distribution of the statistic when nothing changed; null if it can only have one value. */
    @Nullable
    QuadraticForm nullDistribution() {
        double spread = n / (n + m) * (m / (n + m));
        double fourth =
                (1 - 6 * spread) * (fourthMoments - sum * sum - 2 * squares) - 2 * spread * (sum * sum + 2 * squares);
        double sparse = 1 + fourth / ((n + m) * spread) / (2 * squares);
        if (!(sparse > 1e-9)) {
            return null;
        }
        return new QuadraticForm(sum, squares * sparse, cubes * StrictMath.pow(sparse, sparse > 1 ? 5.5 : 3));
    }
}
