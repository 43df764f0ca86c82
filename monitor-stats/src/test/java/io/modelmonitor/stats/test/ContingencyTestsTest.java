package io.modelmonitor.stats.test;

import static io.modelmonitor.stats.internal.drift.Samplers.counts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Distribution;
import io.modelmonitor.stats.internal.drift.Samplers;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.api.Test;

class ContingencyTestsTest {

    @Test
    void takesTheReferenceAsASampleToo() {
        SplittableRandom random = new SplittableRandom(1);
        Distribution p = counts(Samplers.uniformCounts(random, 100_000, 1_000));
        Distribution q = counts(Samplers.uniformCounts(random, 100_000, 1_000));
        assertThat(ContingencyTests.chiSquare(p, q).pValue()).isGreaterThan(0.01);
        assertThat(ContingencyTests.g(p, q).pValue()).isGreaterThan(0.01);
        assertThat(ContingencyTests.goodnessOfFit(p, q).pValue()).isLessThan(1e-50);
    }

    @Test
    void sizesMayDifferAndIdenticalSharesAreNoDrift() {
        double[] shares = new double[1_000];
        Arrays.fill(shares, 1_000);
        double[] fewer = new double[1_000];
        Arrays.fill(fewer, 10);
        assertThat(ContingencyTests.g(counts(shares), counts(fewer)).pValue()).isEqualTo(1);
    }

    @Test
    void oneUnseenCategoryInManyRowsIsNoProof() {
        TestResult result = ContingencyTests.chiSquare(counts(150, 150, 0), counts(150, 149, 1));
        assertThat(result.pValue()).isGreaterThan(0.3);
    }

    @Test
    void aConstantColumnIsUndefinedWithAReason() {
        assertThat(ContingencyTests.chiSquare(counts(10, 0), counts(20, 0)).reason())
                .isEqualTo("all rows are in one cell");
        assertThat(ContingencyTests.g(counts(10, 0), counts(0, 0)).reason()).isEqualTo("one side has no rows");
        assertThat(ContingencyTests.goodnessOfFit(counts(10, 0), counts(5, 0)).isDefined())
                .isFalse();
        assertThat(ContingencyTests.goodnessOfFit(counts(10, 0, 3), counts(5, 1, 3))
                        .reason())
                .contains("no reference rows");
        assertThat(ContingencyTests.chiSquareYates(counts(1, 2, 3), counts(1, 2, 3))
                        .isDefined())
                .isFalse();
        assertThat(ContingencyTests.cramersV(counts(10, 0), counts(20, 0))).isNaN();
    }

    @Test
    void chiSquareIsTheSumOfSquaredCrossDifferences() {
        double[] p = {31, 0, 7, 12};
        double[] q = {18, 0, 3, 79};
        double n = 50;
        double m = 100;
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            double cross = m * p[i] - n * q[i];
            sum += p[i] + q[i] > 0 ? cross * cross / (n * m * (p[i] + q[i])) : 0;
        }
        TestResult result = ContingencyTests.chiSquare(counts(p), counts(q));
        assertThat(result.statistic()).isEqualTo(sum, within(1e-12));
        assertThat(result.degreesOfFreedom()).isEqualTo(2);
        // With two degrees of freedom, chi-square is exponential.
        assertThat(result.pValue()).isEqualTo(Math.exp(-sum / 2), within(1e-15));
        assertThat(ContingencyTests.chiSquare(counts(q), counts(p)).statistic()).isEqualTo(sum, within(1e-12));
    }

    @Test
    void gIsTwiceTheEntropyThatTheMarginsLose() {
        double[] p = {31, 0, 7, 0, 12};
        double[] q = {18, 0, 3, 5, 74};
        double g = entropyTerm(150) - entropyTerm(50) - entropyTerm(100);
        for (int i = 0; i < p.length; i++) {
            g += entropyTerm(p[i]) + entropyTerm(q[i]) - entropyTerm(p[i] + q[i]);
        }
        TestResult result = ContingencyTests.g(counts(p), counts(q));
        assertThat(result.statistic()).isEqualTo(2 * g, within(1e-11));
        assertThat(result.degreesOfFreedom()).isEqualTo(3);
        assertThat(ContingencyTests.g(counts(q), counts(p)).statistic()).isEqualTo(2 * g, within(1e-11));
    }

    private static double entropyTerm(double count) {
        return count == 0 ? 0 : count * Math.log(count);
    }

    @Test
    void twoCellsHaveOneDegreeOfFreedom() {
        // 60 (10 10 - 20 20)^2 / 30^4 = 20 / 3, whose share of the rows is a ninth.
        TestResult result = ContingencyTests.chiSquare(counts(10, 20), counts(20, 10));
        assertThat(result.statistic()).isEqualTo(20.0 / 3, within(1e-12));
        assertThat(result.degreesOfFreedom()).isEqualTo(1);
        assertThat(result.pValue()).isEqualTo(Erf.erfc(Math.sqrt(10.0 / 3)), within(1e-14));
        assertThat(ContingencyTests.cramersV(counts(10, 20), counts(20, 10))).isEqualTo(1.0 / 3, within(1e-14));
        assertThat(ContingencyTests.cramersV(counts(7, 0), counts(0, 90))).isEqualTo(1, within(1e-14));
        assertThat(ContingencyTests.cramersV(counts(7, 14), counts(100, 200))).isEqualTo(0, within(1e-15));
    }

    @Test
    void yatesTakesHalfTheRowsFromTheCrossDifference() {
        // 150 (|31 60 - 19 40| - 75)^2 / (50 100 71 79), with a cell that has no rows.
        TestResult result = ContingencyTests.chiSquareYates(counts(31, 0, 19), counts(40, 0, 60));
        double statistic = 150.0 * 1_025 * 1_025 / (50.0 * 100 * 71 * 79);
        assertThat(result.statistic()).isEqualTo(statistic, within(1e-12));
        assertThat(result.degreesOfFreedom()).isEqualTo(1);
        assertThat(result.pValue()).isEqualTo(Erf.erfc(Math.sqrt(statistic / 2)), within(1e-14));
    }

    @Test
    void yatesTakesNoMoreThanTheDifference() {
        // A third of a row off everywhere.
        assertThat(ContingencyTests.chiSquareYates(counts(1, 1), counts(1, 3)).statistic())
                .isZero();
        assertThat(ContingencyTests.chiSquareYates(counts(1, 1), counts(1, 3)).pValue())
                .isEqualTo(1);
        assertThat(ContingencyTests.chiSquareYates(counts(2, 0), counts(0, 2)).statistic())
                .isEqualTo(1, within(1e-15));
        assertThat(ContingencyTests.chiSquareYates(counts(1, 2, 3), counts(1, 2, 3))
                        .reason())
                .isEqualTo("Yates' correction is for exactly two cells with rows");
        assertThat(ContingencyTests.chiSquareYates(counts(2, 0), counts(3, 0)).isDefined())
                .isFalse();
        assertThat(ContingencyTests.chiSquareYates(counts(1, 2), counts(0, 0)).reason())
                .isEqualTo("one side has no rows");
    }

    @Test
    void goodnessOfFitFindsMendelsPeasAsExpected() {
        // Mendel (1866): 315 round yellow, 108 round green, 101 wrinkled yellow, 32 wrinkled green, as 9 : 3 : 3 : 1.
        TestResult result = ContingencyTests.goodnessOfFit(counts(9, 3, 0, 3, 1), counts(315, 108, 0, 101, 32));
        double statistic = (2.25 * 2.25 / 312.75) + (3.75 * 3.75 + 3.25 * 3.25) / 104.25 + 2.75 * 2.75 / 34.75;
        assertThat(result.statistic()).isEqualTo(statistic, within(1e-12));
        assertThat(result.degreesOfFreedom()).isEqualTo(3);
        double root = Math.sqrt(statistic);
        assertThat(result.pValue())
                .isEqualTo(
                        Erf.erfc(root / Math.sqrt(2)) + Math.sqrt(2 / Math.PI) * root * Math.exp(-statistic / 2),
                        within(1e-12));
    }

    @Test
    void goodnessOfFitNamesTheCellWithoutReferenceRows() {
        assertThat(ContingencyTests.goodnessOfFit(counts(10, 0, 3), counts(5, 1, 3))
                        .reason())
                .isEqualTo("cell 'c1' has no reference rows");
        assertThat(ContingencyTests.goodnessOfFit(counts(10, 0), counts(0, 0)).reason())
                .isEqualTo("one side has no rows");
        assertThat(ContingencyTests.goodnessOfFit(counts(0, 0), counts(10, 0)).reason())
                .isEqualTo("one side has no rows");
        assertThat(ContingencyTests.goodnessOfFit(counts(10, 0), counts(5, 0)).reason())
                .isEqualTo("all rows are in one cell");
    }

    @Test
    void theLeastExpectedCountIsOfTheRarestCellOnTheSmallerSide() {
        // The rarest cell has 6 of 30 rows; the smaller side has 10.
        assertThat(ContingencyTests.leastExpected(counts(4, 0, 6), counts(2, 0, 18)))
                .isEqualTo(2, within(1e-14));
        assertThat(ContingencyTests.leastExpected(counts(2, 0, 18), counts(4, 0, 6)))
                .isEqualTo(2, within(1e-14));
        assertThat(ContingencyTests.leastExpected(counts(0, 0), counts(4, 6))).isZero();
        assertThat(ContingencyTests.leastExpected(counts(0, 0), counts(0, 0))).isNaN();
    }

    @Test
    void fisherAddsUpTablesThatAreEquallyLikelyButForRounding() {
        // Of 21 ways to choose 2 of 7, 10 have none of the first two and 10 have one.
        assertThat(new TwoByTwo(0, 2, 2, 3).fisher(TwoByTwo.Side.BOTH).pValue()).isEqualTo(1, within(1e-12));
        for (int n = 1; n <= 40; n++) {
            for (int a = 0; a <= n; a++) {
                TwoByTwo table = new TwoByTwo(a, n - a, n - a, a);
                double less = table.fisher(TwoByTwo.Side.REFERENCE_LESS).pValue();
                double greater = table.fisher(TwoByTwo.Side.REFERENCE_GREATER).pValue();
                assertThat(table.fisher(TwoByTwo.Side.BOTH).pValue())
                        .as(table.toString())
                        .isEqualTo(Math.min(1, 2 * Math.min(less, greater)), within(1e-12));
            }
        }
    }

    @Test
    void fisherTakesMillionsOfRowsAsItTakesAFew() {
        // The normal approximation, which is as good as exact here.
        TwoByTwo large = new TwoByTwo(500_000_000, 500_000_000, 500_020_000, 499_980_000);
        double normal = large.pooledZ().pValue();
        assertThat(large.fisher(TwoByTwo.Side.BOTH).pValue()).isEqualTo(normal, within(1e-3 * normal));
        TwoByTwo rare = new TwoByTwo(3, 1_000_000_000, 9, 1_000_000_000);
        // Twelve fair coins: 2 (1 + 12 + 66 + 220) / 4096.
        assertThat(rare.fisher(TwoByTwo.Side.BOTH).pValue()).isEqualTo(598.0 / 4096, within(1e-6));
    }

    @Test
    void fisherKnowsTablesTooUnlikelyForADouble() {
        assertThat(new TwoByTwo(11, 765, 900, 152).fisher(TwoByTwo.Side.BOTH).pValue())
                .isZero();
        assertThat(new TwoByTwo(765, 11, 152, 900).fisher(TwoByTwo.Side.BOTH).pValue())
                .isZero();
    }

    @Test
    void fisherTakesSamplesOfDifferentSizesAndNoPropertyAtAll() {
        assertThat(new TwoByTwo(3, 1, 10, 300).fisher(TwoByTwo.Side.BOTH).pValue())
                .isLessThan(0.01);
        assertThat(new TwoByTwo(0, 5, 0, 7).fisher(TwoByTwo.Side.BOTH).pValue()).isEqualTo(1);
        assertThat(new TwoByTwo(Integer.MAX_VALUE, 1, 1, 1)
                        .fisher(TwoByTwo.Side.BOTH)
                        .reason())
                .contains("at most");
        assertThat(new TwoByTwo(0, 0, 1, 7).pooledZ().isDefined()).isFalse();
        assertThat(new TwoByTwo(0, 5, 0, 7).pooledZ().reason()).contains("no variance");
    }

    @Test
    void refusesNegativeCounts() {
        assertThatThrownBy(() -> new TwoByTwo(-1, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aResultHasAPValueOrAReason() {
        assertThatThrownBy(() -> new TestResult(1, 1, 0.5, "why")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TestResult(1, 1, Double.NaN, "")).isInstanceOf(IllegalArgumentException.class);
        assertThat(TestResult.undefined("why").asMetric("p", "x").note()).isEqualTo("why");
        assertThat(TestResult.of(3, 1.0000000000000018).asMetric("p", "x").value())
                .isEqualTo(1, within(0.0));
    }
}
