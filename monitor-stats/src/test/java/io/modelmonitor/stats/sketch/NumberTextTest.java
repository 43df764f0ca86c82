package io.modelmonitor.stats.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        "2.2250738585072014E-308, 2.2250738585072014E-308, 2.2250738585072014E-308"
    })
    void writesTheShortestForm(double number, String fractional, String whole) {
        assertThat(NumberText.of(number, true)).isEqualTo(fractional);
        assertThat(NumberText.of(number, false)).isEqualTo(whole);
    }

    @Test
    void whatIsWrittenReadsBackAndIsNoLongerThanTheJdksForm() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            double number = i % 2 == 0 ? Double.longBitsToDouble(random.nextLong()) : random.nextGaussian();
            String text = NumberText.of(number, true);
            assertThat(Double.parseDouble(text)).isEqualTo(Double.valueOf(number));
            assertThat(text.length())
                    .isLessThanOrEqualTo(Double.toString(number).length());
        }
    }
}
