package io.modelmonitor.stats.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ChangeDetectorsTest {

    private static final int CHANGE = 2_000;
    private static final Map<String, Supplier<ChangeDetector>> ALL = Map.of(
            "Page-Hinkley", () -> ChangeDetectors.pageHinkley(0.005, 50, 0.9999, 30),
            "CUSUM", () -> ChangeDetectors.cusum(0.05, 20, 30),
            "DDM", () -> ChangeDetectors.ddm(3, 30),
            "EDDM", () -> ChangeDetectors.eddm(0.7, 30),
            "ADWIN", () -> ChangeDetectors.adwin(0.002),
            "KSWIN", () -> ChangeDetectors.kswin(1e-6, 300, 80, 1));

    private static double[] errors(long seed, double before, double after, int length) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] errors = new double[length];
        for (int i = 0; i < length; i++) {
            errors[i] = random.nextDouble() < (i < CHANGE ? before : after) ? 1 : 0;
        }
        return errors;
    }

    @Test
    void everyDetectorFindsErrorsThatBecomeMany() {
        ALL.forEach((name, detector) -> {
            int found = 0;
            for (int seed = 1; seed <= 20; seed++) {
                boolean isFound = detector.get().changes(errors(seed, 0.1, 0.6, 3_000)).stream()
                        .anyMatch(index -> index >= CHANGE && index < CHANGE + 800);
                found += isFound ? 1 : 0;
            }
            assertThat(found).as(name).isGreaterThanOrEqualTo(19);
        });
    }

    @Test
    void noDetectorFindsAChangeOfAConstant() {
        ALL.forEach((name, detector) -> {
            assertThat(detector.get().changes(new double[5_000])).as(name).isEmpty();
        });
    }

    @Test
    void adwinSeldomFindsAChangeWhereThereIsNone() {
        int found = 0;
        for (int seed = 1; seed <= 100; seed++) {
            found += ChangeDetectors.adwin(0.002)
                            .changes(errors(seed, 0.3, 0.3, 5_000))
                            .isEmpty()
                    ? 0
                    : 1;
        }
        assertThat(found).isLessThanOrEqualTo(1);
    }

    @Test
    void adwinFindsAFallAndOneSidedDetectorsDoNot() {
        double[] fall = errors(3, 0.6, 0.1, 4_000);
        assertThat(ChangeDetectors.adwin(0.002).changes(fall)).isNotEmpty().allMatch(index -> index >= CHANGE);
        assertThat(ChangeDetectors.cusum(0.05, 20, 30).changes(fall)).isEmpty();
    }

    @Test
    void adwinLooksAtEveryCutOfThePaper() {
        for (int seed = 1; seed <= 10; seed++) {
            double[] series = errors(seed, 0.2, 0.35, 4_000);
            List<Integer> changes = ChangeDetectors.adwin(0.05).changes(series);
            assertThat(changes).isNotEmpty().isEqualTo(new PlainWindow(0.05).changes(series));
        }
    }

    /** ADWIN by its definition: the values themselves, and how many of them each bucket has, the oldest first. */
    private static final class PlainWindow implements ChangeDetector {
        private final double level;
        private final List<Double> values = new ArrayList<>();
        private final List<Integer> buckets = new ArrayList<>();
        private int time;

        PlainWindow(double level) {
            this.level = level;
        }

        @Override
        public boolean add(double value) {
            values.add(value);
            buckets.add(1);
            for (int size = 1; Collections.frequency(buckets, size) > 5; size *= 2) {
                int oldest = buckets.indexOf(size);
                buckets.remove(oldest);
                buckets.set(oldest, 2 * size);
            }
            boolean isChange = false;
            for (time++; time % 32 == 0 && values.size() > 10 && differs(); isChange = true) {
                values.subList(0, buckets.remove(0)).clear();
            }
            return isChange;
        }

        private static double mean(List<Double> part) {
            return part.stream().mapToDouble(value -> value).sum() / part.size();
        }

        private boolean differs() {
            int n = values.size();
            double mean = mean(values);
            double variance = values.stream()
                            .mapToDouble(value -> (value - mean) * (value - mean))
                            .sum()
                    / n;
            double log = Math.log(2 * Math.log(n) / level);
            int cut = 0;
            boolean differs = false;
            for (int size : buckets) {
                cut += size;
                if (cut >= 5 && n - cut >= 5) {
                    double m = 1.0 / (cut - 4) + 1.0 / (n - cut - 4);
                    double bound = Math.sqrt(2 * m * variance * log) + 2.0 / 3 * log * m;
                    differs |= Math.abs(mean(values.subList(0, cut)) - mean(values.subList(cut, n))) > bound;
                }
            }
            return differs;
        }
    }

    @Test
    void kswinFindsAChangeOfTheSpreadAndDrawsTheSameBySeed() {
        SplittableRandom random = new SplittableRandom(5);
        double[] series = new double[4_000];
        for (int i = 0; i < series.length; i++) {
            series[i] = random.nextGaussian() * (i < CHANGE ? 1 : 100);
        }
        assertThat(ChangeDetectors.kswin(1e-6, 400, 100, 1).changes(series))
                .isNotEmpty()
                .allMatch(index -> index >= CHANGE && index < CHANGE + 450)
                .isEqualTo(ChangeDetectors.kswin(1e-6, 400, 100, 1).changes(series));
    }

    @Test
    void whatIsNotAllowedIsNamed() {
        assertThatThrownBy(() -> ChangeDetectors.adwin(1))
                .hasMessage("level is 1; allowed is between 0 and 1, such as 0.002");
        assertThatThrownBy(() -> ChangeDetectors.kswin(0.01, 50, 30, 1))
                .hasMessage("window is 50; allowed is at least 60");
        assertThatThrownBy(() -> ChangeDetectors.ddm(3, 30).add(0.5)).hasMessage("value is 0.5; allowed is 0 or 1");
        assertThatThrownBy(() -> ChangeDetectors.cusum(0, 5, 30).add(Double.NaN))
                .hasMessage("value is NaN; allowed is any finite number");
    }
}
