package io.modelmonitor.stats.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.stats.evidence.PValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BootstrapTest {

    private static final int STRATA = 3;
    private static final int POPULATIONS = 1_000;
    private static final GroupComparison EXAMPLE =
            GroupComparison.of(Outcomes.of(140, 60, 100, 200), Outcomes.of(500, 100, 120, 280));

    /**
     * Over a thousand seeded populations, in a quarter of which the groups are alike, so that distances are near 0, the
     * 95 % interval covers the truth in 93 to 97 % of them, for every measure that has one.
     */
    @Test
    @Tag("simulation")
    void coversTheTruthAsOftenAsItSays() {
        SplittableRandom random = new SplittableRandom(2_024);
        Set<BiasMetric> metrics = EnumSet.allOf(BiasMetric.class);
        metrics.remove(BiasMetric.EQUALIZED_ODDS_DIFFERENCE);
        Map<BiasMetric, int[]> tallies = new EnumMap<>(BiasMetric.class);
        metrics.forEach(metric -> tallies.put(metric, new int[3]));
        for (int i = 0; i < POPULATIONS; i++) {
            double[] population = population(random);
            long people = 400L + random.nextInt(2_000);
            GroupComparison truth = comparison(Arrays.stream(population)
                    .mapToLong(x -> Math.round(x * 1e13))
                    .toArray());
            long[] cells = new long[population.length];
            new Multinomial(population, people, random).draw(cells);
            GroupComparison sample = comparison(cells);
            Map<BiasMetric, Resampled> evidence = Bootstrap.of(500, i).of(sample, metrics);
            for (BiasMetric metric : metrics) {
                Resampled resampled = evidence.get(metric);
                double value = metric.of(sample);
                double expected = metric.of(truth);
                if (!Double.isNaN(value) && resampled.isEnough()) {
                    int[] tally = tallies.get(metric);
                    tally[0]++;
                    tally[1] += resampled.interval(0.95).contains(expected) ? 1 : 0;
                    double p = Math.min(
                            resampled.pValue(value, Bound.atMost(expected)),
                            resampled.pValue(value, Bound.atLeast(expected)));
                    tally[2] += p > 0.025 ? 1 : 0;
                }
            }
        }
        tallies.forEach((metric, tally) -> {
            assertThat(tally[0]).as(metric.metricName()).isGreaterThan(POPULATIONS * 9 / 10);
            assertThat((double) tally[1] / tally[0])
                    .as("coverage of " + metric.metricName())
                    .isBetween(0.93, 0.97);
            assertThat((double) tally[2] / tally[0])
                    .as("coverage of " + metric.metricName() + " by p-value")
                    .isBetween(0.93, 0.97);
        });
    }

    @Test
    void givesTheSameForTheSameCountsAndSeed() {
        Interval once = interval(Bootstrap.of(200, 7), EXAMPLE, BiasMetric.DPPL);

        assertThat(interval(Bootstrap.of(200, 7), EXAMPLE, BiasMetric.DPPL)).isEqualTo(once);
        assertThat(interval(Bootstrap.of(200, 8), EXAMPLE, BiasMetric.DPPL)).isNotEqualTo(once);
    }

    @Test
    void agreesWithTheStandardErrorThatIsKnown() {
        Resampled resampled =
                Bootstrap.standard().of(EXAMPLE, List.of(BiasMetric.DPPL)).get(BiasMetric.DPPL);
        double known = Math.sqrt(0.4 * 0.6 / 500 + 0.6 * 0.4 / 1_000);

        assertThat(resampled.standardError()).isCloseTo(known, within(0.1 * known));
        Interval normal = resampled.normalInterval(0.95);
        assertThat(normal.upper() - normal.lower()).isCloseTo(2 * 1.96 * known, within(0.4 * known));
        assertThat(resampled.percentileInterval(0.95).lower()).isCloseTo(normal.lower(), within(0.3 * known));
    }

    @ParameterizedTest
    @EnumSource(
            value = BiasMetric.class,
            names = {"EQUALIZED_ODDS_DIFFERENCE", "CDDL", "CDDPL"},
            mode = EnumSource.Mode.EXCLUDE)
    void violatesABoundExactlyWhenIntervalAndAllowedRangeAreDisjoint(BiasMetric metric) {
        Resampled resampled = Bootstrap.standard().of(EXAMPLE, List.of(metric)).get(metric);
        double value = metric.of(EXAMPLE);
        Interval interval = resampled.interval(0.95);
        double width = interval.upper() - interval.lower();

        assertThat(interval.contains(value)).isTrue();
        assertThat(resampled.pValue(value, Bound.atLeast(interval.upper() + 0.1 * width)))
                .isLessThan(0.025);
        assertThat(resampled.pValue(value, Bound.atLeast(interval.upper() - 0.1 * width)))
                .isGreaterThan(0.025);
        if (interval.lower() > 0 || !metric.isDistance()) {
            assertThat(resampled.pValue(value, Bound.atMost(interval.lower() - 0.1 * width)))
                    .isLessThan(0.025);
            assertThat(resampled.pValue(value, Bound.atMost(interval.lower() + 0.1 * width)))
                    .isGreaterThan(0.025);
        }
        assertThat(resampled.pValue(value, Bound.between(value - 1, value + 1))).isEqualTo(1);
    }

    @Test
    void getsSurerAndSurerTheFartherAValueIsFromItsBound() {
        Resampled resampled =
                Bootstrap.standard().of(EXAMPLE, List.of(BiasMetric.DPPL)).get(BiasMetric.DPPL);
        double previous = 1;
        for (double limit = 0.19; limit > -0.5; limit -= 0.01) {
            double p = resampled.pValue(0.2, Bound.atMost(limit));
            assertThat(p).isLessThan(previous);
            previous = p;
        }
        assertThat(previous).isLessThan(1e-20);
    }

    @Test
    void doesNotTakeAnEmptyCellForAnImpossibleOne() {
        GroupComparison noneSelected = GroupComparison.of(Outcomes.of(0, 0, 20, 20), Outcomes.of(50, 10, 12, 28));
        Resampled resampled = Bootstrap.standard()
                .of(noneSelected, List.of(BiasMetric.EQUAL_OPPORTUNITY_DIFFERENCE))
                .get(BiasMetric.EQUAL_OPPORTUNITY_DIFFERENCE);

        assertThat(resampled.standardError()).isGreaterThan(0.04);
        assertThat(interval(Bootstrap.standard(), noneSelected, BiasMetric.DISPARATE_IMPACT)
                        .upper())
                .isGreaterThan(0.03);
    }

    @Test
    void saysThatGroupsAreTooSmallToBeResampled() {
        GroupComparison few = GroupComparison.of(Outcomes.of(1, 1, 0, 2), Outcomes.of(50, 10, 12, 28));
        Resampled resampled =
                Bootstrap.standard().of(few, List.of(BiasMetric.RD)).get(BiasMetric.RD);

        assertThat(resampled.isEnough()).isFalse();
        assertThat(resampled.interval(0.95).contains(1e9)).isTrue();
        assertThat(resampled.normalInterval(0.95).contains(1e9)).isTrue();
        assertThat(resampled.standardError()).isNaN();
        assertThat(resampled.pValue(0.9, Bound.atMost(0))).isEqualTo(1);
        assertThat(Bootstrap.standard().evidence(few, List.of(BiasMetric.RD))).isEmpty();
    }

    @Test
    void limitsOfEveryMeasureGiveItsPValues() {
        Map<BiasMetric, Resampled> exact = Bootstrap.standard().of(EXAMPLE, List.of(BiasMetric.values()));
        int compared = 0;
        for (BiasMetric metric : exact.keySet()) {
            Resampled resampled = exact.get(metric);
            double value = metric.of(EXAMPLE);
            if (!resampled.isEnough() || !Double.isFinite(value)) {
                continue;
            }
            Evidence.Limits limits = resampled.evidence();
            double step = resampled.standardError();
            for (double away = 0.25; away < 4 && step > 0; away += 0.25) {
                for (Bound bound : List.of(Bound.atMost(value - away * step), Bound.atLeast(value + away * step))) {
                    boolean isPossible = metric.neutral() == 0 || value - away * step > 0;
                    if (isPossible && (!metric.isDistance() || value - away * step > 0)) {
                        double expected = resampled.pValue(value, bound);
                        assertThat(PValues.of(limits, value, bound))
                                .as("%s, %s standard errors away", metric, away)
                                .isCloseTo(expected, within(0.01 + 0.1 * expected));
                        compared++;
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(300);
    }

    @Test
    void testsTheEqualizedOddsByTheirParts() {
        Evidence odds = Bootstrap.standard()
                .evidence(EXAMPLE, List.of(BiasMetric.EQUALIZED_ODDS_DIFFERENCE))
                .get(BiasMetric.EQUALIZED_ODDS_DIFFERENCE);
        double value = BiasMetric.EQUALIZED_ODDS_DIFFERENCE.of(EXAMPLE);

        assertThat(PValues.of(odds, value, Bound.atMost(0.02))).isLessThan(1e-4);
        assertThat(PValues.of(odds, value, Bound.atMost(value - 0.01))).isGreaterThan(0.2);
        assertThat(PValues.of(odds, value, Bound.atMost(0.5))).isEqualTo(1);
        assertThat(PValues.of(odds, value, Bound.atLeast(0.6))).isLessThan(1e-4);
        assertThat(odds.standardError()).isNaN();
    }

    @Test
    void testsTheEqualizedOddsOfMirroredGroupsAlike() {
        BiasMetric metric = BiasMetric.EQUALIZED_ODDS_DIFFERENCE;
        GroupComparison mirrored = GroupComparison.of(Outcomes.of(500, 100, 120, 280), Outcomes.of(140, 60, 100, 200));
        double value = metric.of(EXAMPLE);
        assertThat(metric.of(mirrored)).isEqualTo(value);
        for (GroupComparison each : List.of(EXAMPLE, mirrored)) {
            Evidence odds = Bootstrap.standard().evidence(each, List.of(metric)).get(metric);
            assertThat(PValues.of(odds, value, Bound.atLeast(value + 0.3))).isLessThan(1e-3);
            assertThat(PValues.of(odds, value, Bound.atLeast(value + 0.005))).isGreaterThan(0.1);
        }
    }

    @Test
    void raisesFewFalseAlarmsOfEqualizedOdds() {
        SplittableRandom random = new SplittableRandom(11);
        int alarms = 0;
        for (int i = 0; i < 400; i++) {
            long[] cells = new long[8];
            new Multinomial(new double[] {20, 10, 8, 22, 50, 25, 20, 55}, 1_000, random).draw(cells);
            GroupComparison alike = GroupComparison.of(
                    Outcomes.of(cells[0], cells[1], cells[2], cells[3]),
                    Outcomes.of(cells[4], cells[5], cells[6], cells[7]));
            BiasMetric odds = BiasMetric.EQUALIZED_ODDS_DIFFERENCE;
            Evidence evidence =
                    Bootstrap.of(300, i).evidence(alike, List.of(odds)).get(odds);
            alarms += PValues.of(evidence, odds.of(alike), Bound.atMost(0)) <= 0.05 ? 1 : 0;
        }
        // Both parts are tested on both sides: the one-sided level counts twice.
        assertThat(alarms).isBetween(10, 56);
    }

    @Test
    void refusesTooFewReplicates() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bootstrap.of(99, 1))
                .withMessageContaining("replicates 99");
    }

    private static Interval interval(Bootstrap bootstrap, GroupComparison comparison, BiasMetric metric) {
        return bootstrap.of(comparison, List.of(metric)).get(metric).interval(0.95);
    }

    /** The shares of group and rest, stratum by stratum, with all four outcomes. */
    private static double[] population(SplittableRandom random) {
        boolean alike = random.nextInt(4) == 0;
        double group = 0.2 + 0.3 * random.nextDouble();
        List<double[]> sides = new ArrayList<>();
        for (int side = 0; side < 2; side++) {
            double[] drawn = {
                0.25 + 0.4 * random.nextDouble(), 0.6 + 0.3 * random.nextDouble(), 0.1 + 0.3 * random.nextDouble()
            };
            sides.add(alike && side == 1 ? sides.get(0) : drawn);
        }
        double[] population = new double[2 * STRATA * 4];
        for (int side = 0; side < 2; side++) {
            for (int stratum = 0; stratum < STRATA; stratum++) {
                double weight = (side == 0 ? group : 1 - group) * (stratum + 1) / 6;
                double base = sides.get(side)[0] + 0.05 * (stratum - 1);
                double recall = sides.get(side)[1];
                double fallout = sides.get(side)[2];
                int at = (side * STRATA + stratum) * 4;
                population[at] = weight * base * recall;
                population[at + 1] = weight * (1 - base) * fallout;
                population[at + 2] = weight * base * (1 - recall);
                population[at + 3] = weight * (1 - base) * (1 - fallout);
            }
        }
        return population;
    }

    private static GroupComparison comparison(long[] cells) {
        Outcomes[] sides = {Outcomes.NONE, Outcomes.NONE};
        long[][] labels = new long[STRATA][4];
        long[][] predictions = new long[STRATA][4];
        for (int side = 0; side < 2; side++) {
            for (int stratum = 0; stratum < STRATA; stratum++) {
                int at = (side * STRATA + stratum) * 4;
                Outcomes outcomes = Outcomes.of(cells[at], cells[at + 1], cells[at + 2], cells[at + 3]);
                sides[side] = sides[side].plus(outcomes);
                labels[stratum][2 * side] = outcomes.positiveLabels();
                labels[stratum][2 * side + 1] = outcomes.negativeLabels();
                predictions[stratum][2 * side] = outcomes.positivePredictions();
                predictions[stratum][2 * side + 1] = outcomes.negativePredictions();
            }
        }
        return GroupComparison.of(sides[0], sides[1], Strata.of(labels), Strata.of(predictions));
    }
}
