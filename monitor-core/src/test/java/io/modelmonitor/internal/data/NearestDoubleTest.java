package io.modelmonitor.internal.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NearestDoubleTest {

    private static final long MOST = 1_000_000_000_000_000_000L;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void anyDecimalIsRoundedAsTheJdkRoundsIt(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 500_000; i++) {
            long digits = 1 + (random.nextLong(MOST - 1) >> random.nextInt(60));
            check(digits, 1 + random.nextInt(18));
        }
    }

    @Test
    void theEndsOfTheRangeAndPowersOfTwoAndTenAreRight() {
        for (int fraction = 1; fraction <= 18; fraction++) {
            for (int power = 0; power < 60; power++) {
                for (long near = -2; near <= 2; near++) {
                    check(Math.min(MOST - 1, Math.max(1, (1L << power) + near)), fraction);
                }
            }
            for (long power = 1; power < MOST; power *= 10) {
                check(power, fraction);
                check(10 * power - 1, fraction);
            }
        }
    }

    /** Half way between two doubles: of 54 bits, the last of them set. */
    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void tiesGoToTheEvenDoubleAndTheirNeighboursToTheNearer(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 200_000; i++) {
            long odd = random.nextLong(1L << 53, 1L << 54) | 1;
            long five = 1;
            for (int fraction = 1; fraction <= 2; fraction++) {
                five *= 5;
                for (long near = -1; near <= 1; near++) {
                    if (odd * five + near < MOST) {
                        check(odd * five + near, fraction);
                    }
                }
            }
        }
    }

    /** As near to half way as 18 digits come. */
    @ParameterizedTest
    @ValueSource(longs = {7, 8})
    void whatIsNearlyATieGoesToTheNearerDouble(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 100_000; i++) {
            double number = random.nextDouble() * Math.pow(10, random.nextInt(-1, 17));
            BigDecimal middle =
                    new BigDecimal(number).add(new BigDecimal(Math.ulp(number)).divide(BigDecimal.valueOf(2)));
            for (RoundingMode mode : new RoundingMode[] {RoundingMode.DOWN, RoundingMode.UP}) {
                BigDecimal decimal = middle.round(new MathContext(18, mode));
                if (decimal.scale() > 18) {
                    decimal = decimal.setScale(18, mode);
                }
                BigInteger digits = decimal.unscaledValue();
                if (decimal.scale() >= 1 && digits.signum() > 0 && digits.compareTo(BigInteger.valueOf(MOST)) < 0) {
                    check(digits.longValueExact(), decimal.scale());
                }
            }
        }
    }

    private static void check(long digits, int fraction) {
        double expected = Double.parseDouble(digits + "E-" + fraction);
        double actual = NearestDouble.of(digits, fraction);
        if (actual != expected) {
            assertThat(actual).as("%d / 10^%d", digits, fraction).isEqualTo(expected);
        }
    }
}
