package io.modelmonitor.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {

    @ParameterizedTest
    @CsvSource({
        "138.0,138",
        "0.0,0",
        "-0.0,-0.0",
        "46.5,46.5",
        "-0.25,-0.25",
        "0.001,0.001",
        "-12.05,-12.05",
        "1e-7,1.0E-7",
        "123456.789012,123456.789012",
        "0.1,0.1",
        "999999999999999.0,999999999999999",
        "1e15,1.0E15",
        "1e300,1.0E300",
        "Infinity,Infinity",
        "-Infinity,-Infinity",
        "100.01,100.01",
        "4.9E-324,4.9E-324"
    })
    void isShort(double number, String text) {
        assertThat(text(number, false)).isEqualTo(text);
    }

    @Test
    void aMissingValueIsNoText() {
        assertThat(text(Double.NaN, false)).isEmpty();
        assertThat(text(Double.NaN, true)).isEmpty();
    }

    @Test
    void aWholeNumberOfAFractionalColumnHasAPoint() {
        assertThat(text(138, true)).isEqualTo("138.0");
        assertThat(text(46.5, true)).isEqualTo("46.5");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void readsBackAsTheSameNumberAndHasNoMoreDigitsThanJavasOwn(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 100_000; i++) {
            double number =
                    switch (random.nextInt(4)) {
                        case 0 -> Double.longBitsToDouble(random.nextLong());
                        case 1 -> Math.rint((random.nextDouble() - 0.5) * 1e7) / Math.pow(10, random.nextInt(9));
                        case 2 -> (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(20));
                        default ->
                            BigDecimal.valueOf(random.nextLong() >> 20, random.nextInt(12))
                                    .doubleValue();
                    };
            if (!Double.isNaN(number)) {
                String text = text(number, false);
                assertThat(Double.doubleToRawLongBits(Double.parseDouble(text)))
                        .as(text)
                        .isEqualTo(Double.doubleToRawLongBits(number));
                if (Double.isFinite(number)) {
                    assertThat(digits(text)).as(text).isLessThanOrEqualTo(digits(Double.toString(number)));
                }
            }
        }
    }

    private static int digits(String text) {
        return new BigDecimal(text).stripTrailingZeros().precision();
    }

    private static String text(double number, boolean fractional) {
        StringBuilder out = new StringBuilder();
        NumberText.append(out, number, fractional);
        return out.toString();
    }
}
