package io.modelmonitor.stats.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0.0, 0",
        "-0.0, -0.0, 0",
        "3, 3.0, 3",
        "-17.25, -17.25, -17.25",
        "0.001, 0.001, 0.001",
        "0.00012345678901234, 1.2345678901234E-4, 1.2345678901234E-4",
        "123456789012345, 1.23456789012345E14, 123456789012345",
        "0.30000000000000004, 0.30000000000000004, 0.30000000000000004",
        "1e300, 1.0E300, 1.0E300",
        "NaN, NaN, NaN",
        "-Infinity, -Infinity, -Infinity",
        "2.0e-3, 0.002, 0.002",
        "1234567.1234567, 1234567.1234567, 1234567.1234567",
        // Seventeen digits on JDK 17, sixteen since JDK 19.
        "5.684341886080802E-14, 5.684341886080802E-14, 5.684341886080802E-14",
        "2.2250738585072014E-308, 2.2250738585072014E-308, 2.2250738585072014E-308",
        "-2.2250738585072014E-308, -2.2250738585072014E-308, -2.2250738585072014E-308",
        "1.7976931348623157E308, 1.7976931348623157E308, 1.7976931348623157E308",
        // Two digits at least, where one would do.
        "4.9E-324, 4.9E-324, 4.9E-324",
        "1e-323, 9.9E-324, 9.9E-324",
        "2e23, 2.0E23, 2.0E23",
        "9999999.5, 9999999.5, 9999999.5",
        "1.0E7, 1.0E7, 10000000"
    })
    void writesTheShortestForm(double number, String fractional, String whole) {
        assertThat(NumberText.of(number, true)).isEqualTo(fractional);
        assertThat(NumberText.of(number, false)).isEqualTo(whole);
    }

    @ParameterizedTest
    @CsvSource({
        "138.0,138",
        "0.0,0",
        "-0.0,-0.0",
        "46.5,46.5",
        "-0.25,-0.25",
        "0.001,0.001",
        "-12.05,-12.05",
        "0.000001,0.000001",
        "1e-7,1.0E-7",
        "123456.789012,123456.789012",
        "0.1,0.1",
        "999999999999999.0,999999999999999",
        "-12345678.25,-12345678.25",
        "1e15,1.0E15",
        "1e300,1.0E300",
        "NaN,NaN",
        "Infinity,Infinity",
        "-Infinity,-Infinity",
        "100.01,100.01",
        "4.9E-324,4.9E-324"
    })
    void writesFewDecimalsPlainly(double number, String text) {
        assertThat(written(number, false)).isEqualTo(text);
    }

    @Test
    void aWholeNumberOfAFractionalColumnHasAPoint() {
        assertThat(written(138, true)).isEqualTo("138.0");
        assertThat(written(46.5, true)).isEqualTo("46.5");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aNumberThatTimesAPowerOfTenIsWholeIsWrittenPlainly(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int plain = 0;
        for (int i = 0; i < 200_000; i++) {
            long most = BigDecimal.TEN.pow(1 + random.nextInt(14)).longValueExact();
            BigDecimal decimal = BigDecimal.valueOf(random.nextLong(1, most), random.nextInt(7));
            double number = decimal.doubleValue();
            double scaled = number * Math.pow(10, decimal.stripTrailingZeros().scale());
            if (decimal.stripTrailingZeros().scale() >= 0 && scaled == Math.rint(scaled)) {
                String text = decimal.stripTrailingZeros().toPlainString();
                assertThat(written(number, false)).isEqualTo(text);
                assertThat(written(-number, false)).isEqualTo("-" + text);
                plain++;
            }
        }
        assertThat(plain).isGreaterThan(100_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noShorterTextReadsBackAsTheNumberAndNoneOfItsLengthIsNearer(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 30_000; i++) {
            double number = number(random);
            if (Double.isFinite(number)) {
                BigDecimal text = new BigDecimal(NumberText.of(number, true));
                assertThat(text).as("%s", number).isEqualByComparingTo(shortest(number));
                assertThat(new BigDecimal(written(number, false))).isEqualByComparingTo(text);
            }
        }
    }

    @Test
    void everyPowerOfTwoAndItsNeighboursAreRight() {
        for (int exponent = 0; exponent < 2047; exponent++) {
            for (long fraction : new long[] {0, 1, (1L << 52) - 1}) {
                double number = Double.longBitsToDouble(((long) exponent << 52) | fraction);
                assertThat(new BigDecimal(NumberText.of(number, true)))
                        .as("%s", number)
                        .isEqualByComparingTo(shortest(number));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void readsBackAsTheSameBits(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 200_000; i++) {
            double number = number(random);
            if (!Double.isNaN(number)) {
                assertThat(bits(Double.parseDouble(written(number, false)))).isEqualTo(bits(number));
                assertThat(bits(Double.parseDouble(written(number, true)))).isEqualTo(bits(number));
            }
        }
    }

    private static double number(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> Math.rint((random.nextDouble() - 0.5) * 1e7) / Math.pow(10, random.nextInt(9));
            case 2 -> (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(20));
            case 3 -> (double) (float) random.nextDouble();
            case 4 -> random.nextLong() >> random.nextInt(64);
            default ->
                BigDecimal.valueOf(random.nextLong() >> 20, random.nextInt(12)).doubleValue();
        };
    }

    /** Returns the nearest of the shortest decimals of two digits or more that read back, by trying lengths in turn. */
    private static BigDecimal shortest(double number) {
        BigDecimal exact = new BigDecimal(number);
        for (int digits = 2; ; digits++) {
            BigDecimal down = exact.round(new MathContext(digits, RoundingMode.DOWN));
            BigDecimal up = exact.round(new MathContext(digits, RoundingMode.UP));
            boolean downReads = down.doubleValue() == number;
            boolean upReads = up.doubleValue() == number;
            if (downReads && upReads) {
                int nearer =
                        exact.subtract(down).abs().compareTo(up.subtract(exact).abs());
                boolean even = !down.unscaledValue().testBit(0);
                return nearer < 0 || (nearer == 0 && even) ? down : up;
            }
            if (downReads || upReads) {
                return downReads ? down : up;
            }
        }
    }

    private static long bits(double number) {
        return Double.doubleToRawLongBits(number);
    }

    private static String written(double number, boolean fractional) {
        byte[] text = new byte[1 + NumberText.MOST_CHARACTERS];
        int end = NumberText.write(text, 1, number, fractional);
        return new String(text, 1, end - 1, StandardCharsets.US_ASCII);
    }
}
