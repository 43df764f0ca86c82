package io.modelmonitor.stats.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateInTextTest {

    @ParameterizedTest
    @CsvSource({
        "log_2024-01-31.txt, 20240131",
        "dt=2024-02-29/hr=5, 20240229",
        "export-20240131120000.csv, 20240131",
        "B7_2024_12_01, 20241201",
        "s3://a/2024/01/31/x, 20240131",
        "v1.2 of 2023.03.07, 20230307",
        "20240131, 20240131",
        "Nov 30 10:05:04 host, 1130",
        "Nov  3 10:05:04, 1103",
        "04-MAR-24 10.05, 304",
        "on 9 juillet at noon, 709",
        "of 2024-01-31 and May 2, 20240131"
    })
    void datesAreFound(String text, int date) {
        assertThat(DateInText.find(text)).isEqualTo(date);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2024",
                "2024-13-01",
                "2023-02-29",
                "2024-01_31",
                "120240131",
                "2024-01-311",
                "12-31-2024",
                "order-8000",
                "99991231",
                "1234-01-01",
                "2024-01-3",
                "Nov 31",
                "Marked 4",
                "may",
                "4 x may",
                "apr 123"
            })
    void otherTextsHoldNone(String text) {
        assertThat(DateInText.find(text)).isNegative();
    }
}
