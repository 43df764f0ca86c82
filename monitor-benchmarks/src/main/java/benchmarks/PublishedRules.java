package benchmarks;

import io.modelmonitor.api.Distribution;
import io.modelmonitor.stats.internal.drift.BinnedDistances;
import io.modelmonitor.stats.internal.drift.EmpiricalDistances;
import io.modelmonitor.stats.internal.drift.EmpiricalDistribution;
import io.modelmonitor.stats.sketch.WeightedValues;
import io.modelmonitor.stats.test.ContingencyTests;
import io.modelmonitor.stats.test.KolmogorovSmirnov;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;

/**
 * The default alarms of others against one reference, as they are documented, for comparison only. Columns without missing
 * values; categories are numbers.
 *
 * <ul>
 *   <li>KS 0.05: the Kolmogorov-Smirnov test, for numbers.
 *   <li>Evidently: up to 1,000 reference rows a test at 0.05 (Kolmogorov-Smirnov, for categories and numbers of up to five
 *       values chi-square against the reference's shares, or for two values the z test), beyond a distance of at least 0.1
 *       (Wasserstein in the reference's standard deviations, or Jensen-Shannon in nats).
 *   <li>NannyML: a Jensen-Shannon distance in bits above the mean and three standard deviations of those of the reference's
 *       own chunks, for numbers over Doane's bins unless there are few values. Defined from six chunks.
 *   <li>Robust: Deequ's distance less what chance explains, above 0.1.
 * </ul>
 */
final class PublishedRules {

    /** Evidently changes its methods above so many reference rows. */
    private static final int EVIDENTLY_SMALL = 1_000;

    /** Up to so many different values Evidently takes numbers for categories. */
    private static final int EVIDENTLY_FEW = 5;

    private static final double LEVEL = 0.05;
    private static final double DISTANCE = 0.1;
    private static final int MOST_CHUNKS = 50;
    private static final int LEAST_CHUNKS = 6;
    private static final Distribution.Cell CELL = new Distribution.Cell("");
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private final EmpiricalDistribution reference;
    private final boolean categorical;
    private final double deviation;
    private final @Nullable Chunks chunks;

    /**
     * Fits the rules.
     *
     * @param rows the reference
     * @param categorical whether the numbers are names of categories
     * @param windowRows how many rows will be judged at a time
     */
    PublishedRules(double[] rows, boolean categorical, int windowRows) {
        this.categorical = categorical;
        reference = EmpiricalDistribution.of(rows);
        deviation = Math.max(reference.standardDeviation(), 0.001);
        chunks = rows.length / windowRows < LEAST_CHUNKS ? null : new Chunks(rows, reference, categorical, windowRows);
    }

    /** Returns which of the rules that are defined alarm, by name. */
    Map<String, Boolean> judge(double[] rows) {
        EmpiricalDistribution current = EmpiricalDistribution.of(rows);
        Map<String, Boolean> alarms = new LinkedHashMap<>();
        double distance = categorical ? greatestShare(current) : greatestDifference(current);
        double n = reference.total();
        double m = current.total();
        boolean kolmogorovSmirnov = KolmogorovSmirnov.stephensPValue(distance, n, m) < LEVEL;
        if (!categorical) {
            alarms.put("KS 0.05", kolmogorovSmirnov);
        }
        alarms.put("Evidently", evidently(current, kolmogorovSmirnov));
        if (chunks != null) {
            alarms.put("NannyML", chunks.alarm(current));
        }
        alarms.put("Robust", distance - 1.8 * Math.sqrt((n + m) / (n * m)) > DISTANCE);
        return alarms;
    }

    /** Returns the Kolmogorov-Smirnov distance from the window's values alone, which are usually far fewer. */
    private double greatestDifference(EmpiricalDistribution current) {
        WeightedValues x = reference.values();
        WeightedValues y = current.values();
        double greatest = 0;
        for (int i = 0; i < y.size(); i++) {
            double value = y.value(i);
            double before = i == 0 ? 0 : y.cumulativeWeight(i - 1) / current.total();
            double upTo = y.cumulativeWeight(i) / current.total();
            greatest = Math.max(greatest, Math.abs(x.countBelow(value) / reference.total() - before));
            greatest = Math.max(greatest, Math.abs(x.countAtMost(value) / reference.total() - upTo));
        }
        return greatest;
    }

    private double greatestShare(EmpiricalDistribution current) {
        Distribution[] cells = cells(reference, current);
        return BinnedDistances.infinity(cells[0], cells[1]);
    }

    private boolean evidently(EmpiricalDistribution current, boolean kolmogorovSmirnov) {
        boolean small = reference.total() <= EVIDENTLY_SMALL;
        if (!categorical && Math.max(reference.values().size(), current.values().size()) > EVIDENTLY_FEW) {
            return small ? kolmogorovSmirnov : wasserstein(current);
        }
        Distribution[] cells = cells(reference, current);
        if (!categorical && cells[0].size() > EVIDENTLY_FEW) {
            return small ? kolmogorovSmirnov : wasserstein(current);
        }
        if (!small) {
            return BinnedDistances.jensenShannon(cells[0], cells[1]) >= DISTANCE;
        }
        return (cells[0].size() <= 2 ? z(cells) : goodnessOfFit(cells)) < LEVEL;
    }

    private boolean wasserstein(EmpiricalDistribution current) {
        return EmpiricalDistances.wasserstein(reference, current) / deviation >= DISTANCE;
    }

    private static double z(Distribution[] cells) {
        double n = cells[0].total();
        double m = cells[1].total();
        double pooled = (cells[0].count(0) + cells[1].count(0)) / (n + m);
        double deviation = Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
        double difference = Math.abs(cells[0].share(0) - cells[1].share(0));
        return deviation == 0 ? 1 : 2 * NORMAL.survivalProbability(difference / deviation);
    }

    private static double goodnessOfFit(Distribution[] cells) {
        for (int i = 0; i < cells[0].size(); i++) {
            if (cells[0].count(i) == 0) {
                return 0;
            }
        }
        double p = ContingencyTests.goodnessOfFit(cells[0], cells[1]).pValue();
        return Double.isNaN(p) ? 1 : p;
    }

    /** Returns both sides' counts of every value that one of them has. */
    private static Distribution[] cells(EmpiricalDistribution reference, EmpiricalDistribution current) {
        WeightedValues x = reference.values();
        WeightedValues y = current.values();
        double[] p = new double[x.size() + y.size()];
        double[] q = new double[p.length];
        int size = 0;
        int i = 0;
        int j = 0;
        while (i < x.size() || j < y.size()) {
            double next = i == x.size() ? y.value(j) : j == y.size() ? x.value(i) : Math.min(x.value(i), y.value(j));
            if (i < x.size() && x.value(i) == next) {
                p[size] = x.weight(i++);
            }
            if (j < y.size() && y.value(j) == next) {
                q[size] = y.weight(j++);
            }
            size++;
        }
        return distributions(Arrays.copyOf(p, size), Arrays.copyOf(q, size));
    }

    private static Distribution[] distributions(double[] p, double[] q) {
        Distribution first = Distribution.of(Collections.nCopies(p.length, CELL), p);
        return new Distribution[] {first, first.withCounts(q)};
    }

    /** Judges a window's distance by those of the chunks of the reference, which are a part of what they are compared with. */
    private static final class Chunks {

        private final EmpiricalDistribution reference;
        private final boolean valueByValue;
        private final double least;
        private final double greatest;
        private final double width;
        private final double[] binned;
        private final double threshold;

        Chunks(double[] rows, EmpiricalDistribution reference, boolean categorical, int windowRows) {
            this.reference = reference;
            WeightedValues values = reference.values();
            valueByValue = categorical || (values.size() <= 50 && values.size() <= 0.1 * rows.length);
            least = values.value(0);
            greatest = values.value(values.size() - 1);
            int bins = valueByValue ? 1 : doane(reference);
            width = (greatest - least) / bins;
            // The last is for what lies outside the reference.
            binned = new double[bins + 1];
            count(reference, binned);
            double[] distances = IntStream.range(0, Math.min(MOST_CHUNKS, rows.length / windowRows))
                    .mapToObj(i -> Arrays.copyOfRange(rows, i * windowRows, (i + 1) * windowRows))
                    .mapToDouble(chunk -> distance(EmpiricalDistribution.of(chunk)))
                    .toArray();
            double mean = Arrays.stream(distances).average().orElseThrow();
            double variance = Arrays.stream(distances)
                    .map(d -> (d - mean) * (d - mean))
                    .average()
                    .orElseThrow();
            threshold = mean + 3 * Math.sqrt(variance);
        }

        boolean alarm(EmpiricalDistribution current) {
            return distance(current) > threshold;
        }

        private double distance(EmpiricalDistribution current) {
            if (valueByValue) {
                Distribution[] cells = cells(reference, current);
                return BinnedDistances.jensenShannonBits(cells[0], cells[1]);
            }
            double[] counts = new double[binned.length];
            count(current, counts);
            Distribution[] bins = distributions(binned, counts);
            return BinnedDistances.jensenShannonBits(bins[0], bins[1]);
        }

        private void count(EmpiricalDistribution sample, double[] counts) {
            WeightedValues values = sample.values();
            int bins = counts.length - 1;
            for (int i = 0; i < values.size(); i++) {
                double value = values.value(i);
                boolean outside = value < least || value > greatest;
                int bin = outside ? bins : (int) Math.min(bins - 1, Math.floor((value - least) / width));
                counts[bin] += values.weight(i);
            }
        }

        /** Returns Doane's number of bins, which grows with the skewness. */
        private static int doane(EmpiricalDistribution sample) {
            WeightedValues values = sample.values();
            double n = sample.total();
            double mean = sample.mean();
            double deviation = sample.standardDeviation();
            double skewness = 0;
            for (int i = 0; i < values.size(); i++) {
                double z = (values.value(i) - mean) / deviation;
                skewness += z * z * z * values.weight(i) / n;
            }
            double chance = Math.sqrt(6 * (n - 2) / ((n + 1) * (n + 3)));
            return (int) Math.ceil(1 + (Math.log(n) + Math.log1p(Math.abs(skewness) / chance)) / Math.log(2));
        }
    }
}
