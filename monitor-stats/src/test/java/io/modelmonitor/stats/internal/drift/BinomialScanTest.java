package io.modelmonitor.stats.internal.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.stats.sketch.WeightedValues;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinomialScanTest {

    @ParameterizedTest
    @CsvSource({"3, 2", "4, 9", "12, 12", "40, 25", "25, 40", "300, 100", "77, 500"})
    void isTheSidakProbabilityOfTheCutOfGreatestLikelihoodRatio(int n, int m) {
        SplittableRandom random = new SplittableRandom(n + 31L * m);
        for (int run = 0; run < 20; run++) {
            int distinct = 2 + random.nextInt(run < 10 ? 6 : 400);
            double[] reference =
                    random.doubles(n).map(u -> Math.floor(u * distinct)).toArray();
            double[] current = random.doubles(m)
                    .map(u -> Math.floor(Math.sqrt(u) * distinct))
                    .toArray();
            PooledEcdf pooled = PooledEcdf.of(EmpiricalDistribution.of(reference), EmpiricalDistribution.of(current));
            assertThat(BinomialScan.of(pooled).pValue())
                    .as("%s in %s", run, distinct)
                    .isCloseTo(pValue(reference, current), within(1e-9));
        }
    }

    /** Two values have one cut, whose difference of shares is as much smaller as ranks may be wrong. */
    @ParameterizedTest
    @CsvSource({"40, 60, 0.5, 0.7", "60, 40, 0.7, 0.5", "400, 100, 0.25, 0.4", "100, 400, 0.3, 0.2"})
    void differencesAreShrunkByTheErrorsOfRanksOfBothSides(int n, int m, double before, double after) {
        for (double error : new double[] {0, 0.01, 0.03, 0.15}) {
            PooledEcdf pooled = PooledEcdf.of(ones(n, before, error), ones(m, after, error / 2));
            double difference = after - before;
            double shrunk = Math.signum(difference) * Math.max(0, Math.abs(difference) - 1.5 * error);
            double rows = before * n + after * m;
            // The pooled rows stay as they are: rows = n r + m (r + shrunk).
            double r = (rows - m * shrunk) / (n + m);
            double expected = CategoryChange.extreme(n * r, m * (r + shrunk), n, m);
            double p = BinomialScan.of(pooled).pValue();
            if (shrunk == 0) {
                assertThat(p).as("when nothing is left").isEqualTo(1, within(0.2));
            } else {
                assertThat(p).as("with %s", error).isCloseTo(expected, within(1e-9));
            }
        }
    }

    /** Returns rows of which a share is 0 and the others are 1. */
    private static EmpiricalDistribution ones(int rows, double zeros, double rankError) {
        double[] values = new double[rows];
        Arrays.fill(values, (int) Math.round(zeros * rows), rows, 1);
        return new EmpiricalDistribution(WeightedValues.of(values), rankError);
    }

    /** The same by sorting all rows: cuts at halves of halves, times or over the root of two, each at the nearest whole value. */
    private static double pValue(double[] reference, double[] current) {
        int n = reference.length;
        int m = current.length;
        double[] all = Arrays.copyOf(reference, n + m);
        System.arraycopy(current, 0, all, n, m);
        Arrays.sort(all);
        TreeSet<Double> ends = new TreeSet<>();
        for (double share = 0.5; share > 1e-9; share *= Math.sqrt(0.5)) {
            boolean isAmongTheFirstThree = share > 0.24;
            if (isAmongTheFirstThree || share * Math.min(n, m) > 1 - 1e-9) {
                // Lower cuts behind the first value that reaches the share, upper ones before the first beyond its
                // complement.
                double rounded = Math.rint(share * (n + m) * 1e9) / 1e9;
                double first = all[(int) Math.max(0, Math.ceil(rounded) - 1)];
                ends.add(first);
                if (share < 0.499) {
                    double upTo = Math.rint((1 - share) * (n + m) * 1e9) / 1e9;
                    double beyond = all[(int) Math.min(n + m - 1.0, Math.floor(upTo))];
                    Double before = Arrays.stream(all)
                            .filter(x -> x < beyond)
                            .boxed()
                            .reduce((a, b) -> b)
                            .orElse(null);
                    if (before != null) {
                        ends.add(before);
                    }
                }
            }
        }
        ends.remove(all[n + m - 1]);
        double greatest = -1;
        double p = 1;
        for (double end : ends) {
            double ofReference = Arrays.stream(reference).filter(x -> x <= end).count();
            double ofCurrent = Arrays.stream(current).filter(x -> x <= end).count();
            double rows = ofReference + ofCurrent;
            double ratio = term(ofCurrent, rows * m / (n + m))
                    + term(ofReference, rows * n / (n + m))
                    + term(m - ofCurrent, (n + m - rows) * m / (n + m))
                    + term(n - ofReference, (n + m - rows) * n / (n + m));
            if (ratio > greatest + 1e-9) {
                greatest = ratio;
                p = CategoryChange.extreme(ofReference, ofCurrent, n, m);
            }
        }
        return ends.isEmpty() ? 1 : 1 - Math.pow(1 - p, ends.size());
    }

    private static double term(double count, double expected) {
        return count == 0 ? 0 : count * Math.log(count / expected);
    }
}
