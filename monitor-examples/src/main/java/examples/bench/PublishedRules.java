package examples.bench;

import io.modelmonitor.api.Distribution;
import io.modelmonitor.stats.drift.BinnedDistances;
import io.modelmonitor.stats.drift.Bins;
import io.modelmonitor.stats.drift.ContingencyTests;
import io.modelmonitor.stats.drift.EmpiricalDistances;
import io.modelmonitor.stats.drift.EmpiricalDistribution;
import io.modelmonitor.stats.drift.KolmogorovSmirnov;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;

/** The default alarms of others, as they are documented, for comparison only. */
final class PublishedRules {

    /** Evidently changes its methods above so many reference rows. */
    private static final int EVIDENTLY_SMALL = 1_000;

    private static final int MOST_CHUNKS = 50;
    private static final int LEAST_CHUNKS = 6;

    private PublishedRules() {}

    /** A rule that was given its reference. */
    @FunctionalInterface
    interface Alarm {
        boolean rings(double[] current);
    }

    /** Returns the rules that are defined for a kind of column at these numbers of rows, by name. */
    static Map<String, Alarm> against(double[] reference, boolean categorical, int windowRows) {
        Map<String, Alarm> alarms = new LinkedHashMap<>();
        Numeric numeric = categorical ? null : new Numeric(reference);
        if (numeric != null) {
            alarms.put("KS 0.05", numeric::kolmogorovSmirnov);
        }
        alarms.put("Evidently", evidently(reference, numeric));
        if (reference.length / windowRows >= LEAST_CHUNKS) {
            alarms.put("NannyML", nannyMl(reference, categorical, windowRows));
        }
        alarms.put(
                "Robust",
                numeric != null
                        ? numeric::robust
                        : current -> BinnedDistances.robustInfinity(
                                        cells(reference, current)[0], cells(reference, current)[1])
                                > 0.1);
        return alarms;
    }

    private static Alarm evidently(double[] reference, @Nullable Numeric numeric) {
        long distinct = Arrays.stream(reference).distinct().limit(6).count();
        boolean small = reference.length <= EVIDENTLY_SMALL;
        if (numeric != null && distinct > 5) {
            return small ? numeric::kolmogorovSmirnov : numeric::wasserstein;
        }
        if (!small) {
            return current -> {
                Distribution[] cells = cells(reference, current);
                return BinnedDistances.jensenShannon(cells[0], cells[1]) >= 0.1;
            };
        }
        return distinct <= 2
                ? current -> z(reference, current) < 0.05
                : current -> goodnessOfFit(reference, current) < 0.05;
    }

    private static double z(double[] reference, double[] current) {
        double first = reference[0];
        double n = reference.length;
        double m = current.length;
        double p = Arrays.stream(reference).filter(v -> v == first).count() / n;
        double q = Arrays.stream(current).filter(v -> v == first).count() / m;
        double pooled = (n * p + m * q) / (n + m);
        double deviation = Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
        return deviation == 0 ? 1 : 2 * NormalDistribution.of(0, 1).survivalProbability(Math.abs(p - q) / deviation);
    }

    private static double goodnessOfFit(double[] reference, double[] current) {
        Distribution[] cells = cells(reference, current);
        for (int i = 0; i < cells[0].size(); i++) {
            if (cells[0].count(i) == 0) {
                return 0;
            }
        }
        double p = ContingencyTests.goodnessOfFit(cells[0], cells[1]).pValue();
        return Double.isNaN(p) ? 1 : p;
    }

    /** Three standard deviations above the mean of the reference's own chunks, by Jensen-Shannon distance in bits. */
    private static Alarm nannyMl(double[] reference, boolean categorical, int windowRows) {
        Bins bins = categorical ? null : doane(reference);
        int chunks = Math.min(MOST_CHUNKS, reference.length / windowRows);
        double[] distances = IntStream.range(0, chunks)
                .mapToObj(i -> Arrays.copyOfRange(reference, i * windowRows, (i + 1) * windowRows))
                .mapToDouble(chunk -> jensenShannon(bins, reference, chunk))
                .toArray();
        double mean = Arrays.stream(distances).average().orElseThrow();
        double variance = Arrays.stream(distances)
                .map(d -> (d - mean) * (d - mean))
                .average()
                .orElseThrow();
        double threshold = mean + 3 * Math.sqrt(variance);
        return current -> jensenShannon(bins, reference, current) > threshold;
    }

    private static double jensenShannon(@Nullable Bins bins, double[] reference, double[] current) {
        Distribution[] cells = bins == null ? cells(reference, current) : binned(bins, reference, current);
        return BinnedDistances.jensenShannonBits(cells[0], cells[1]);
    }

    private static Bins doane(double[] sample) {
        double n = sample.length;
        double mean = Arrays.stream(sample).average().orElseThrow();
        double second = Arrays.stream(sample).map(v -> (v - mean) * (v - mean)).sum() / n;
        double third = Arrays.stream(sample).map(v -> Math.pow(v - mean, 3)).sum() / n;
        double skewness = second == 0 ? 0 : Math.abs(third / Math.pow(second, 1.5));
        double deviation = Math.sqrt(6 * (n - 2) / ((n + 1) * (n + 3)));
        double log2 = Math.log(n) / Math.log(2);
        int size = (int) Math.ceil(1 + log2 + Math.log(1 + skewness / deviation) / Math.log(2));
        double least = Arrays.stream(sample).min().orElseThrow();
        double greatest = Arrays.stream(sample).max().orElseThrow();
        return Bins.equalWidth(least, greatest, size);
    }

    private static Distribution[] binned(Bins bins, double[] reference, double[] current) {
        return new Distribution[] {distribution(counts(bins, reference)), distribution(counts(bins, current))};
    }

    private static double[] counts(Bins bins, double[] sample) {
        double[] counts = new double[bins.size()];
        for (double value : sample) {
            counts[bins.indexOf(value)]++;
        }
        return counts;
    }

    private static Distribution[] cells(double[] reference, double[] current) {
        Map<Double, double[]> counts = new TreeMap<>();
        for (double value : reference) {
            counts.computeIfAbsent(value, unknown -> new double[2])[0]++;
        }
        for (double value : current) {
            counts.computeIfAbsent(value, unknown -> new double[2])[1]++;
        }
        return new Distribution[] {
            distribution(counts.values().stream().mapToDouble(pair -> pair[0]).toArray()),
            distribution(counts.values().stream().mapToDouble(pair -> pair[1]).toArray())
        };
    }

    private static Distribution distribution(double[] counts) {
        return Distribution.of(
                IntStream.range(0, counts.length)
                        .mapToObj(i -> new Distribution.Cell(""))
                        .toList(),
                counts);
    }

    /** The rules for numbers, with the reference sorted once. */
    private static final class Numeric {

        private final EmpiricalDistribution reference;

        Numeric(double[] reference) {
            this.reference = EmpiricalDistribution.of(reference);
        }

        boolean kolmogorovSmirnov(double[] current) {
            EmpiricalDistribution q = EmpiricalDistribution.of(current);
            double distance = EmpiricalDistances.kolmogorovSmirnov(reference, q);
            return KolmogorovSmirnov.stephensPValue(distance, reference.total(), q.total()) < 0.05;
        }

        boolean wasserstein(double[] current) {
            return EmpiricalDistances.wassersteinNormed(reference, EmpiricalDistribution.of(current)) >= 0.1;
        }

        boolean robust(double[] current) {
            return EmpiricalDistances.robust(reference, EmpiricalDistribution.of(current)) > 0.1;
        }
    }
}
