package io.modelmonitor;

import static io.modelmonitor.Cells.REPORTS;
import static io.modelmonitor.Cells.alerts;
import static io.modelmonitor.Cells.monitor;
import static io.modelmonitor.Cells.normal;
import static io.modelmonitor.Cells.table;
import static io.modelmonitor.Cells.typeOf;
import static io.modelmonitor.Tables.violated;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.Cells.Cell;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums and measured values to which the letters of a currency or a unit are glued, codes that look like them, and ledgers. */
@Tag("simulation")
class GluedNumbersTest {

    private static final int ROWS = 1_500;

    /** Returns sums about a median, moved by so many of their standard deviations on a scale of logarithms. */
    private static Cell sums(String format, double median, double shift) {
        return (random, row) -> {
            double sum = median * StrictMath.exp(normal(random) + shift);
            String spelled = String.format(Locale.ROOT, format.replace("de", ""), sum);
            return format.contains("de")
                    ? spelled.replace(',', ' ')
                            .replace('.', ',')
                            .replace(' ', '.')
                            .replace("_", " ")
                    : spelled;
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "RM%,.2f; 3000",
                "R%.2f; 20",
                "AED%,.2f; 3000",
                "GHS%,.2f; 50",
                "Rs.%,.0f; 3000",
                "KSh%,.0f; 3000",
                "S/%,.2f; 50",
                "Rs. %,.0f; 3000",
                "deIDR_%,.0f; 400000",
                "deRp%,.0f; 400000",
                "deC%.2f; 50",
                "lat:%.4f; 40",
                "%.2fV; 3",
                "%.1fC; 20",
                "%.4fN; 40"
            })
    void sumsWithGluedLettersAreNumbers(String format, double median) {
        Cell cell = sums(format, median, 0);
        Monitor monitor = monitor(cell, ROWS);

        assertThat(typeOf(cell)).matches("(?s)(fraction|whole number), numbers with .*");
        assertThat(violated(monitor.check(table(2, ROWS, ROWS, sums(format, median, 0.5)))))
                .containsExactly("x drift");
        assertThat(alerts(monitor, cell, ROWS, 100)).isLessThanOrEqualTo(REPORTS / 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"C%02d.%d", "v%d.%d", "E%02d.%d", "ver%d.%d", "Build%d.%d"})
    void diagnosesAndVersionsAreNoNumbers(String format) {
        assertThat(typeOf((random, row) ->
                        String.format(Locale.ROOT, format, 10 + random.nextInt(60), random.nextInt(10))))
                .doesNotStartWith("fraction")
                .doesNotStartWith("whole number");
    }

    @ParameterizedTest
    @CsvSource({"' Cr',' Dr'", "Cr,Dr", "' cr',' dr'", "' Cr',' Cr'", "' CR',' DR'"})
    void ledgersHaveNoCrores(String credit, String debit) {
        Cell ledger = ledger(credit, debit, 400);

        assertThat(typeOf(ledger)).startsWith("fraction, numbers with ");
        assertThat(Baseline.of(table(1, 0, ROWS, ledger)).metric("x", "maximum").value())
                .isLessThan(1e6);
        assertThat(violated(monitor(ledger, ROWS).check(table(2, ROWS, ROWS, ledger(credit, debit, 700)))))
                .containsExactly("x drift");
    }

    private static Cell ledger(String credit, String debit, double median) {
        return (random, row) -> String.format(Locale.ROOT, "%,.2f", median * StrictMath.exp(normal(random)))
                + (random.nextInt(3) == 0 ? credit : debit);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "₹%.2f Cr;₹%.2f Lac",
                "%.2f Cr;%.2f lakh",
                "%.1f Cr;%.1f Lac",
                "%.2fcr;%.2flac",
                "%.2f crore;%.2f lakhs"
            })
    void croresBesideLakhsAreMultiples(String formats) {
        String[] format = formats.split(";", -1);
        Cell prices = (random, row) -> {
            double price = 1e7 * StrictMath.exp(normal(random));
            return String.format(Locale.ROOT, price < 1e7 ? format[1] : format[0], price / (price < 1e7 ? 1e5 : 1e7));
        };

        Baseline baseline = Baseline.of(table(1, 0, ROWS, prices));
        assertThat(baseline.metric("x", "minimum").value()).isBetween(1e5, 2e6);
        assertThat(baseline.metric("x", "maximum").value()).isBetween(5e7, 1e9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SKU%d", "A%d", "%dB", "INV.%d", "KSh%d"})
    void digitsGluedToLettersAreCodes(String format) {
        SplittableRandom ofCodes = new SplittableRandom(7);
        int[] codes = ofCodes.ints(400, 1, 999).toArray();

        assertThat(typeOf((random, row) -> String.format(Locale.ROOT, format, codes[random.nextInt(codes.length)])))
                .startsWith("text");
    }
}
