package io.modelmonitor.stats.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortestFloatTest {

    @ParameterizedTest
    @CsvSource({
        "0.1",
        "0.3",
        "1.1",
        "-0.7",
        "123.456",
        "16777216",
        "33554430",
        "1.0E10",
        "1.0E-5",
        "3.4028235E38",
        "1.0E-45",
        "0",
        "NaN",
        "Infinity",
        "-Infinity"
    })
    void aFloatIsTheNumberThatItIsWrittenAs(String text) {
        assertThat(ShortestFloat.toDouble(Float.parseFloat(text))).isEqualTo(Double.valueOf(text));
    }

    @Test
    void everyFloatIsReadBackFromAtMostNineDigits() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 200_000; i++) {
            float number = i % 2 == 0 ? Float.intBitsToFloat(random.nextInt()) : (float) (random.nextDouble() * 1e4);
            if (Float.isNaN(number)) {
                continue;
            }
            double decimal = ShortestFloat.toDouble(number);
            assertThat((float) decimal).isEqualTo(number);
            String digits =
                    NumberText.of(decimal, true).replaceAll("E.*|[-.]", "").replaceAll("^0+|0+$", "");
            assertThat(digits.length()).as(digits).isLessThanOrEqualTo(9);
        }
        assertThat(ShortestFloat.toDouble(-0f)).isEqualTo(-0.0);
    }
}
