package io.modelmonitor.stats.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({
        "PT8H6M12.5S, 29172.5",
        "P1DT2H, 93600",
        "P2W, 1209600",
        "P1Y, 31556952",
        "P12M, 31556952",
        "PT12M, 720",
        "PT-10M-20.25S, -620.25",
        "-PT30S, -30",
        "P-1DT1H, -82800",
        "PT0S, 0"
    })
    void durationsAreReadInSeconds(String text, double seconds) {
        DurationText duration = new DurationText(new FormatBuffer());

        assertThat(duration.read(text)).isTrue();
        assertThat(duration.seconds()).isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "P",
                "PT",
                "P1DT",
                "P12",
                "PT5",
                "PT5X",
                "PT3S5M",
                "P1H",
                "PT1D",
                "P5T",
                "5M",
                "P1D ",
                "PT1234567890S"
            })
    void otherTextsAreNone(String text) {
        assertThat(new DurationText(new FormatBuffer()).read(text)).isFalse();
    }
}
