package io.modelmonitor.stats.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompoundTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "2d 3h 5m | 183900",
                "1 hr 20 min | 4800",
                "1m20.5s | 80.5",
                "-1h 30m | -5400",
                "1 day, 2 hours and 3 minutes | 93780",
                "2 years 3 months | 71003142",
                "5' 11\" | 71",
                "5 ft 11.5 in | 71.5",
                "6\u2032 2\u2033 | 74",
                "1 m 85 cm | 185",
                "8 lb 3 oz | 131",
                "1 kg 250 g | 1250",
                "48\u00b0 30' 36\" N | 48.51",
                "0\u00b030'S | -0.5"
            })
    void quantitiesAreReadInOneUnit(String text, double value) {
        CompoundText quantity = new CompoundText(new FormatBuffer());

        assertThat(quantity.read(text)).isTrue();
        assertThat(quantity.value()).isCloseTo(value, offset(1e-9));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "12",
                "5m",
                "5m 3h",
                "5m 3m",
                "5h 3",
                "5h 3x",
                "5h 3oz",
                "5h,",
                "5.5h 3m",
                "12A34B",
                "5 lb 3 oz N",
                "12d 1234567890s",
                "1 hundredweight 3 lb",
                "1h 1m 1s and what else there is to be said of it"
            })
    void otherTextsAreNone(String text) {
        assertThat(new CompoundText(new FormatBuffer()).read(text)).isFalse();
    }
}
