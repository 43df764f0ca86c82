package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dates of birth are times that do not go on: who they are of may change. */
class TimesOverDecadesTest {

    private static LocalDate between(SplittableRandom random, int from, int to) {
        return LocalDate.of(from, 1, 1).plusDays(random.nextInt((to - from) * 365));
    }

    private static Dataset table(int seed, int rows, IntFunction<String> cell) {
        SplittableRandom random = new SplittableRandom(seed);
        return Tables.csv("born,amount", rows, i -> cell.apply(i) + "," + random.nextInt(1_000) / 8.0);
    }

    private static Dataset births(int seed, int rows, String pattern, int from, int to) {
        SplittableRandom random = new SplittableRandom(seed);
        DateTimeFormatter format = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
        return table(seed, rows, i -> between(random, from, to).format(format));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yyyy-MM-dd",
                "dd/MM/yyyy",
                "MM/dd/yyyy",
                "dd.MM.yyyy",
                "yyyyMMdd",
                "d MMM yyyy",
                "yyyy-MM-dd'T'00:00:00"
            })
    void youngerPeopleAreSeenAndEqualOnesAreNot(String pattern) {
        for (int rows : new int[] {500, 3_000}) {
            Monitor monitor = Monitor.against(Baseline.of(births(1, rows, pattern, 1945, 2006)));
            for (int seed = 10; seed < 30; seed++) {
                assertThat(Tables.violated(monitor.check(births(seed, 300, pattern, 1945, 2006))))
                        .as("a baseline of %s, seed %s", rows, seed)
                        .doesNotContain("born time_drift");
            }
            Report younger = monitor.check(births(2, 300, pattern, 1965, 2006));
            assertThat(Tables.violated(younger)).containsExactly("born time_drift");
            assertThat(younger.violations()).singleElement().asString().contains("median 19");
        }
    }

    @Test
    void theYearAfterYearsOfSalesInNoOrderAndOneOfThemAreNoDrift() {
        SplittableRandom random = new SplittableRandom(5);
        Monitor monitor = Monitor.against(
                Baseline.of(table(5, 3_000, i -> between(random, 2006, 2021).toString())));
        for (int year : new int[] {2021, 2018, 2006}) {
            Report report = monitor.check(
                    table(year, 300, i -> between(random, year, year + 1).toString()));
            assertThat(Tables.violated(report)).as("%s", year).isEmpty();
            assertThat(report.metric("born", "time_drift").isDefined()).isFalse();
        }
    }

    @Test
    void decadesInTheirOrderGoOn() {
        Monitor monitor = Monitor.against(Baseline.of(
                table(6, 3_000, i -> LocalDate.of(1980, 1, 1).plusDays(4L * i).toString())));
        assertThat(Tables.violated(monitor.check(table(7, 300, i -> LocalDate.of(1980, 1, 1)
                        .plusDays(4L * (i + 3_000))
                        .toString()))))
                .isEmpty();
    }

    @Test
    void partsAreAsTheWhole() {
        Baseline whole = Baseline.of(births(8, 400, "yyyy-MM-dd", 1945, 2006));
        Baseline parts = Baseline.of(births(8, 400, "yyyy-MM-dd", 1945, 2006).limit(150))
                .merge(Baseline.of(births(9, 250, "yyyy-MM-dd", 1945, 2006)));
        assertThat(whole.metric("born", "time_drift"))
                .isEqualTo(parts.metric("born", "time_drift"))
                .isNotNull();
    }
}
