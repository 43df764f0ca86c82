package io.modelmonitor.stats.test;

import static io.modelmonitor.stats.drift.Samplers.counts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Distribution;
import io.modelmonitor.stats.drift.Samplers;
import java.util.Arrays;
import java.util.SplittableRandom;
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
