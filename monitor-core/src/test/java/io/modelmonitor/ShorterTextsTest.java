package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.data.Datasets;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys of one length that are cut, and those that grow by a digit. */
@Tag("simulation")
class ShorterTextsTest {

    private static final int ROWS = 5_000;
    private static final String METRIC = "t format_share";

    /** Makes a text. */
    private interface Texts extends Function<SplittableRandom, String> {}

    static Stream<Arguments> keys() {
        return Stream.of(
                key("telephone numbers", random -> "+49 170 " + digits(7, random)),
                key("hexadecimal digits", random -> String.format("x%08x", random.nextInt())),
                key("articles", random -> "SKU-" + digits(7, random)),
                key("number plates", random -> letters(2, random) + "-" + digits(4, random) + "-" + letters(2, random)),
                key("cards", random -> digits(4, random) + " " + digits(4, random) + " " + digits(4, random)),
                key("bookings", random -> letters(6, random)),
                key("orders that go on", counted("order-", 1_000_000)),
                key("invoices that go on", counted("2024/", 10_000_000)));
    }

    private static Texts counted(String start, int first) {
        AtomicInteger last = new AtomicInteger(first);
        return random -> start + last.addAndGet(1 + random.nextInt(3));
    }

    private static Arguments key(String name, Texts texts) {
        return Arguments.of(name, texts);
    }

    private static String digits(int length, SplittableRandom random) {
        StringBuilder text = new StringBuilder().append(1 + random.nextInt(9));
        while (text.length() < length) {
            text.append(random.nextInt(10));
        }
        return text.toString();
    }

    private static String letters(int length, SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append((char) ('A' + random.nextInt(26)));
        }
        return text.toString();
    }

    private static Dataset table(int rows, Texts texts, double cut, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Object[] values = Stream.generate(() -> texts.apply(random))
                .limit(rows)
                .map(text -> random.nextDouble() < cut ? text.substring(0, text.length() - 1) : text)
                .toArray();
        return Datasets.columns()
                .add("t", values)
                .add("x", random.doubles(rows).toArray())
                .build();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("keys")
    void keysThatLoseACharacterAreSeenAndNewOnesAreNoChange(String name, Texts texts) {
        Monitor monitor = Monitor.against(Baseline.of(table(ROWS, texts, 0, 1)));
        for (double cut : new double[] {0.05, 0.3, 1}) {
            int seen = 0;
            for (int run = 0; run < 20; run++) {
                seen += Tables.violated(monitor.check(table(2_000, texts, cut, 100 + run)))
                                .contains(METRIC)
                        ? 1
                        : 0;
            }
            assertThat(seen).as("of 20 where %s are cut", cut).isGreaterThanOrEqualTo(19);
        }
        int alerts = 0;
        for (int rows : new int[] {1, 10, 100, 2_000}) {
            for (int run = 0; run < 10; run++) {
                alerts += monitor.check(table(rows, texts, 0, 10_000L * rows + run))
                                .isHealthy()
                        ? 0
                        : 1;
            }
        }
        assertThat(alerts).as("of 40 windows of new keys").isLessThanOrEqualTo(1);
    }

    @Test
    void numbersOfCustomersMayHaveADigitMore() {
        Texts customers = random -> "c-" + (1_000 + random.nextInt(9_000));
        Monitor monitor = Monitor.against(Baseline.of(table(ROWS, customers, 0, 1)));
        for (int most : new int[] {11_000, 20_000, 900_000}) {
            Texts later = random -> "c-" + (1_000 + random.nextInt(most));
            assertThat(Tables.violated(monitor.check(table(2_000, later, 0, most))))
                    .doesNotContain(METRIC);
        }
    }
}
