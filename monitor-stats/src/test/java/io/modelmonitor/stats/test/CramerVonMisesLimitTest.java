package io.modelmonitor.stats.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CramerVonMisesLimitTest {

    @Test
    void hasThePublishedQuantiles() {
        // Csorgo and Faraway (1996), The exact and asymptotic distributions of Cramer-von Mises statistics, table 1.
        double[][] quantiles = {
            {0.01, 0.02480}, {0.025, 0.03035}, {0.05, 0.03656}, {0.1, 0.04601}, {0.15, 0.05426}, {0.2, 0.06222},
            {0.25, 0.07026}, {0.5, 0.11888}, {0.75, 0.20939}, {0.8, 0.24124}, {0.85, 0.28406}, {0.9, 0.34730},
            {0.95, 0.46136}, {0.975, 0.58061}, {0.99, 0.74346}, {0.999, 1.16786}
        };
        for (double[] quantile : quantiles) {
            double x = quantile[1];
            // The table has five places, and the density is below 7.
            assertThat(CramerVonMisesLimit.tail(x)).as("%s", x).isEqualTo(1 - quantile[0], within(4e-5));
            assertThat(CramerVonMisesLimit.cutTail(x, 0)).as("%s", x).isEqualTo(1 - quantile[0], within(4e-5));
            assertThat(CramerVonMisesLimit.tail(x)).isEqualTo(CramerVonMisesLimit.cutTail(x, 0), within(1e-12));
        }
    }

    @Test
    void isPreciseRelativeToItselfFarOut() {
        // Later arches are less by exp(-4 pi^2 x) at least.
        for (double x : new double[] {2, 5, 20, 100}) {
            double first = firstArch(x);
            assertThat(CramerVonMisesLimit.tail(x)).as("%s", x).isEqualTo(first, within(1e-6 * first));
        }
    }

    /** Smirnov's integral from pi, by the midpoint rule over the root of the distance from pi. */
    private static double firstArch(double x) {
        double step = 1e-4;
        double sum = 0;
        for (double s = step / 2; s < 1.5; s += step) {
            double y = Math.PI + s * s;
            sum += 2 * s * Math.exp(-x * y * y / 2) / Math.sqrt(y * Math.sin(s * s));
        }
        return 2 / Math.PI * sum * step;
    }

    @Test
    void isOneWhereNothingIsLess() {
        assertThat(CramerVonMisesLimit.tail(0.002)).isEqualTo(1);
        assertThat(CramerVonMisesLimit.tail(-1)).isEqualTo(1);
        assertThat(CramerVonMisesLimit.cutTail(0.002, 0)).isEqualTo(1);
        assertThat(CramerVonMisesLimit.cutTail(-1, 1e-7)).isEqualTo(1);
        assertThat(CramerVonMisesLimit.tail(0.004)).isEqualTo(1, within(1e-10));
    }

    @Test
    void leavesOffTermsAfterTheFirstBelowTheSize() {
        double x = 0.4;
        double full = CramerVonMisesLimit.cutTail(x, 0);
        double before = 1;
        for (double least : new double[] {0.5, 1e-2, 1e-4, 1e-6}) {
            double cut = CramerVonMisesLimit.cutTail(x, least);
            assertThat(cut).isBetween(full, before);
            assertThat(cut - full).isLessThan(least);
            before = cut;
        }
        // The first term alone: K(1/4) at 1 / (16 x) times exp(-1 / (16 x)) over pi sqrt(x).
        double q = 1 / (16 * x);
        double bessel = 0;
        for (double t = 5e-4; t < 12; t += 1e-3) {
            bessel += Math.exp(-q * (1 + Math.cosh(t))) * Math.cosh(t / 4) * 1e-3;
        }
        assertThat(CramerVonMisesLimit.cutTail(x, 1)).isEqualTo(1 - bessel / Math.PI / Math.sqrt(x), within(1e-10));
    }
}
