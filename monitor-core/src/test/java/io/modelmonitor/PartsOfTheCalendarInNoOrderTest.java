package io.modelmonitor;

import static io.modelmonitor.Tables.violated;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Dataset;
import java.time.DayOfWeek;
import java.time.Month;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weekdays and months of rows that come in no order. */
class PartsOfTheCalendarInNoOrderTest {

    @ParameterizedTest
    @CsvSource({
        "day, names of weekdays, 7",
        "x, names of weekdays, 2",
        "weekday, numbers, 7",
        "day_of_week, numbers, 1",
        "x, names of months, 5",
        "month, numbers, 12",
        "month, two digits, 3",
    })
    void anotherShareOfAPartIsSeen(String name, String kind, int more) {
        IntFunction<String> written = written(kind);
        int parts = name.equals("month") || kind.endsWith("months") ? 12 : 7;
        Monitor monitor = Monitor.against(Baseline.of(any(name, written, parts, 0, more, 1, 3_000)));

        assertThat(violated(monitor.check(any(name, written, parts, 0.25, more, 2, 1_500))))
                .containsExactly(name + " drift");
        for (int seed = 3; seed < 6; seed++) {
            assertThat(violated(monitor.check(any(name, written, parts, 0, more, seed, 1_500))))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"day, names of weekdays, 7", "weekday, numbers, 7", "x, names of months, 12", "month, numbers, 12"})
    void windowsOfAFewPartsAreNotCompared(String name, String kind, int parts) {
        IntFunction<String> written = written(kind);
        Monitor monitor = Monitor.against(Baseline.of(any(name, written, parts, 0, 1, 1, 3_000)));

        assertThat(violated(monitor.check(any(name, written, parts / 2, 0, 1, 2, 600))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"day, names of weekdays, 7, 40", "weekday, numbers, 7, 1", "x, names of months, 12, 200"})
    void partsThatFollowEachOtherAreNotCompared(String name, String kind, int parts, int rows) {
        IntFunction<String> written = written(kind);
        Monitor monitor = Monitor.against(Baseline.of(following(name, written, parts, rows, 0, 3_000, false)));

        for (boolean isShuffled : new boolean[] {false, true}) {
            assertThat(violated(monitor.check(following(name, written, parts, rows, 3_000, 1_000, isShuffled))))
                    .isEmpty();
        }
    }

    private static IntFunction<String> written(String kind) {
        return switch (kind) {
            case "names of weekdays" -> part -> DayOfWeek.of(part).toString();
            case "names of months" -> part -> Month.of(part).toString();
            case "two digits" -> part -> String.format(Locale.ROOT, "%02d", part);
            default -> Integer::toString;
        };
    }

    private static Dataset any(
            String name, IntFunction<String> written, int parts, double share, int more, int seed, int rows) {
        SplittableRandom random = new SplittableRandom(seed);
        return Tables.csv(
                "y," + name,
                rows,
                row -> random.nextInt(1_000_000)
                        + ","
                        + written.apply(random.nextDouble() < share ? more : 1 + random.nextInt(parts)));
    }

    private static Dataset following(
            String name, IntFunction<String> written, int parts, int each, int from, int rows, boolean isShuffled) {
        List<Integer> all =
                new ArrayList<>(IntStream.range(from, from + rows).boxed().toList());
        if (isShuffled) {
            Collections.shuffle(all, new Random(1));
        }
        SplittableRandom random = new SplittableRandom(from);
        return Tables.csv(
                "y," + name,
                rows,
                row -> random.nextInt(1_000_000) + "," + written.apply(1 + all.get(row) / each % parts));
    }
}
