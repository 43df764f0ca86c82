package io.modelmonitor.stats.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.stats.test.TwoByTwo.Side;
import java.util.function.IntPredicate;
import org.apache.commons.math3.special.Erf;
import org.apache.commons.math3.util.CombinatoricsUtils;
import org.junit.jupiter.api.Test;

class TwoByTwoTest {

    /** Heart attacks on placebo and on aspirin in the Physicians' Health Study: Agresti (2007), table 2.3. */
    private static final TwoByTwo ASPIRIN = new TwoByTwo(189, 10_845, 104, 10_933);

    @Test
    void fisherIsTheShareOfAllDrawsThatGiveSuchATable() {
        for (int n = 1; n <= 7; n++) {
            for (int m = 1; m <= 6; m++) {
                for (int a = 0; a <= n; a++) {
                    for (int c = 0; c <= m; c++) {
                        checkByEnumeration(new TwoByTwo(a, n - a, c, m - c));
                    }
                }
            }
        }
    }

    private static void checkByEnumeration(TwoByTwo table) {
        long own = draws(table, table.a());
        assertThat(table.fisher(Side.REFERENCE_GREATER).pValue())
                .as("%s", table)
                .isEqualTo(share(table, a -> a >= table.a()), within(1e-12));
        assertThat(table.fisher(Side.REFERENCE_LESS).pValue())
                .as("%s", table)
                .isEqualTo(share(table, a -> a <= table.a()), within(1e-12));
        double noLikelier = share(table, a -> draws(table, a) <= own);
        assertThat(table.fisher(Side.BOTH).pValue()).as("%s", table).isEqualTo(noLikelier, within(1e-12));
        boolean onlyTable = share(table, a -> a == table.a()) == 1;
        boolean emptyMargin = table.a() + table.c() == 0 || table.b() + table.d() == 0;
        assertThat(onlyTable).isEqualTo(emptyMargin);
        double half = share(table, a -> a == table.a()) / 2;
        assertThat(table.fisherMidP()).as("%s", table).isEqualTo(emptyMargin ? 1 : noLikelier - half, within(1e-12));
    }

    /** The share of all ways to draw the rows with the property in which the reference has as many as asked for. */
    private static double share(TwoByTwo table, IntPredicate chosen) {
        long all = 0;
        long some = 0;
        for (int a = 0; a <= table.a() + table.b(); a++) {
            long draws = draws(table, a);
            all += draws;
            some += chosen.test(a) ? draws : 0;
        }
        return (double) some / all;
    }

    private static long draws(TwoByTwo table, int a) {
        int c = table.a() + table.c() - a;
        int n = table.a() + table.b();
        int m = table.c() + table.d();
        return c < 0 || c > m
                ? 0
                : CombinatoricsUtils.binomialCoefficient(n, a) * CombinatoricsUtils.binomialCoefficient(m, c);
    }

    @Test
    void fisherFindsTheLadyTastingTeaOftenRightByChance() {
        // Fisher (1935), The design of experiments: 16 + 1 of 70 ways to choose four cups have three or four right.
        TwoByTwo tea = new TwoByTwo(3, 1, 1, 3);
        assertThat(tea.fisher(Side.REFERENCE_GREATER).pValue()).isEqualTo(17.0 / 70, within(1e-15));
        assertThat(tea.fisher(Side.BOTH).pValue()).isEqualTo(34.0 / 70, within(1e-15));
        assertThat(tea.fisherMidP()).isEqualTo(26.0 / 70, within(1e-15));
    }

    @Test
    void fisherDoesNotDependOnWhichSideAndWhichPropertyIsNamedFirst() {
        TwoByTwo table = new TwoByTwo(12, 40, 3, 55);
        TwoByTwo sidesSwapped = new TwoByTwo(3, 55, 12, 40);
        TwoByTwo propertySwapped = new TwoByTwo(40, 12, 55, 3);
        double both = table.fisher(Side.BOTH).pValue();
        double greater = table.fisher(Side.REFERENCE_GREATER).pValue();
        for (TwoByTwo swapped : new TwoByTwo[] {sidesSwapped, propertySwapped}) {
            assertThat(swapped.fisher(Side.BOTH).pValue()).isEqualTo(both, within(1e-14));
            assertThat(swapped.fisher(Side.REFERENCE_LESS).pValue()).isEqualTo(greater, within(1e-14));
            assertThat(swapped.fisherMidP()).isEqualTo(table.fisherMidP(), within(1e-14));
        }
    }

    @Test
    void fisherOfAnEmptyMarginHasTheOddsRatioAndProbabilityOne() {
        for (TwoByTwo table : new TwoByTwo[] {
            new TwoByTwo(0, 0, 3, 4), new TwoByTwo(3, 4, 0, 0), new TwoByTwo(0, 3, 0, 4), new TwoByTwo(3, 0, 4, 0)
        }) {
            TestResult result = table.fisher(Side.REFERENCE_GREATER);
            assertThat(result.pValue()).isEqualTo(1);
            assertThat(result.statistic()).isNaN();
            assertThat(table.fisherMidP()).isEqualTo(1);
        }
    }

    @Test
    void fisherTakesAsManyRowsAsAnIntegerCountsAndNoMore() {
        int most = Integer.MAX_VALUE;
        // Of two rows without the property among 2^31, one is among the two current rows: about 4 in 2^31.
        assertThat(new TwoByTwo(most - 3, 1, 1, 1).fisher(Side.BOTH).pValue()).isEqualTo(0x1p-29, within(1e-15));
        for (TwoByTwo tooMany : new TwoByTwo[] {new TwoByTwo(most - 1, 1, 1, 0), new TwoByTwo(most - 1, 1, 0, 1)}) {
            assertThat(tooMany.fisher(Side.BOTH).reason())
                    .isEqualTo("the table has 2147483648 rows; adding up tables is for at most 2147483647");
        }
        assertThat(new TwoByTwo(most, 20, 300, 4_000).fisher(Side.BOTH).reason())
                .startsWith("the table has 2147487967 rows;");
        assertThat(new TwoByTwo(most, most, most, most).fisher(Side.BOTH).isDefined())
                .isFalse();
    }

    @Test
    void theOddsRatioIsInfiniteOverZeroAndNaNWhenBothProductsAreZero() {
        assertThat(new TwoByTwo(3, 5, 2, 7).oddsRatio()).isEqualTo(2.1);
        assertThat(ASPIRIN.oddsRatio()).isEqualTo(1.832, within(5e-4));
        assertThat(ASPIRIN.fisher(Side.BOTH).statistic()).isEqualTo(ASPIRIN.oddsRatio());
        assertThat(new TwoByTwo(3, 0, 2, 7).oddsRatio()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(new TwoByTwo(0, 5, 2, 7).oddsRatio()).isZero();
        assertThat(new TwoByTwo(0, 5, 0, 7).oddsRatio()).isNaN();
        int most = Integer.MAX_VALUE;
        assertThat(new TwoByTwo(most, most, most, most).oddsRatio()).isEqualTo(1);
    }

    @Test
    void pooledZSquaredIsPearsonsChiSquare() {
        for (TwoByTwo table : new TwoByTwo[] {ASPIRIN, new TwoByTwo(3, 5, 9, 2), new TwoByTwo(0, 8, 3, 20)}) {
            double n = table.a() + table.b();
            double m = table.c() + table.d();
            double with = table.a() + table.c();
            double without = table.b() + table.d();
            double cross = (double) table.a() * table.d() - (double) table.b() * table.c();
            double chiSquare = (n + m) * cross * cross / (n * m * with * without);
            TestResult result = table.pooledZ();
            assertThat(result.statistic()).isEqualTo(Math.signum(cross) * Math.sqrt(chiSquare), within(1e-12));
            assertThat(result.pValue()).isEqualTo(Erf.erfc(Math.sqrt(chiSquare / 2)), within(1e-12));
        }
        // Agresti (2007), section 2.4: X^2 = 25.01.
        assertThat(Math.pow(ASPIRIN.pooledZ().statistic(), 2)).isEqualTo(25.01, within(0.005));
    }

    @Test
    void unpooledZHasTheStandardErrorOfEachShare() {
        // Shares 0.5 of 100 and 0.2 of 50: variances 0.0025 and 0.0032.
        TestResult result = new TwoByTwo(50, 50, 10, 40).unpooledZ();
        double z = 0.3 / Math.sqrt(0.0057);
        assertThat(result.statistic()).isEqualTo(z, within(1e-12));
        assertThat(result.pValue()).isEqualTo(Erf.erfc(z / Math.sqrt(2)), within(1e-12));
        assertThat(new TwoByTwo(10, 40, 50, 50).unpooledZ().statistic()).isEqualTo(-z, within(1e-12));
        // Agresti (2007), section 2.2.1: a difference of 0.0077 with standard error 0.0015.
        assertThat(ASPIRIN.unpooledZ().statistic()).isEqualTo(0.0077 / 0.00154, within(0.03));
    }

    @Test
    void zTestsAreUndefinedWithoutRowsOrVariance() {
        assertThat(new TwoByTwo(5, 0, 0, 7).unpooledZ().reason()).contains("no variance");
        assertThat(new TwoByTwo(5, 0, 0, 7).pooledZ().statistic()).isEqualTo(Math.sqrt(12), within(1e-12));
        assertThat(new TwoByTwo(5, 0, 7, 0).pooledZ().reason()).contains("no variance");
        assertThat(new TwoByTwo(5, 0, 6, 1).unpooledZ().isDefined()).isTrue();
        for (TwoByTwo table : new TwoByTwo[] {new TwoByTwo(0, 0, 2, 3), new TwoByTwo(2, 3, 0, 0)}) {
            assertThat(table.pooledZ().reason()).isEqualTo("one side has no rows");
            assertThat(table.unpooledZ().reason()).isEqualTo("one side has no rows");
        }
    }

    @Test
    void refusesAnyNegativeCount() {
        int[][] tables = {{-1, 2, 3, 4}, {1, -2, 3, 4}, {1, 2, -3, 4}, {1, 2, 3, -4}};
        for (int[] t : tables) {
            assertThatThrownBy(() -> new TwoByTwo(t[0], t[1], t[2], t[3]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("table " + t[0] + ", " + t[1] + ", " + t[2] + ", " + t[3]
                            + " has a negative count; allowed is at least 0");
        }
        assertThat(new TwoByTwo(0, 0, 0, 0).fisher(Side.BOTH).pValue()).isEqualTo(1);
    }
}
