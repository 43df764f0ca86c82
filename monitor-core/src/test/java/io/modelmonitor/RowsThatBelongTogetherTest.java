package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
import io.modelmonitor.data.Datasets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of the same customers, of which one is read; and windows that differ by season. */
class RowsThatBelongTogetherTest {

    @ParameterizedTest(name = "1 to {0} equal rows each")
    @CsvSource({"5", "20"})
    void customersOfManyRowsAlertRarelyWhereOneRowOfEachIsRead(int most) {
        Dataset reference = mixed(1, 2_000, most, 0);
        Monitor all = Monitor.against(Baseline.of(reference));
        Monitor one = Monitor.against(Baseline.of(reference.per("customer_id")));
        int alerts = 0;
        int alertsOfAll = 0;
        for (int window = 0; window < 30; window++) {
            Dataset later = mixed(100 + window, 200, most, 0);
            alerts += one.check(later).isHealthy() ? 0 : 1;
            alertsOfAll += all.check(later).isHealthy() ? 0 : 1;
        }
        assertThat(alerts).isLessThanOrEqualTo(3);
        assertThat(alertsOfAll).as("what it is for").isGreaterThan(alerts + 3);
        assertThat(Tables.violated(one.check(mixed(99, 600, most, 0.6)))).contains("amount drift");
    }

    @ParameterizedTest(name = "1 to {0} equal rows each")
    @CsvSource({"5", "20"})
    void customersWhoseRowsAreNextToEachOtherAlertRarelyAsTheyAre(int most) {
        Monitor monitor = Monitor.against(Baseline.of(customers(1, 2_000, most, 0)));
        int alerts = 0;
        for (int window = 0; window < 30; window++) {
            alerts += monitor.check(customers(100 + window, 200, most, 0)).isHealthy() ? 0 : 1;
        }
        assertThat(alerts).isLessThanOrEqualTo(3);
        assertThat(Tables.violated(monitor.check(customers(99, 600, most, 0.6))))
                .contains("amount drift");
    }

    @Test
    void oneRowOfEachIsReadTheSameOneEachTimeAndAnyOfThemAlike() {
        Dataset rows = Tables.csv("who,n", 6_000, i -> (i % 10 == 9 ? "" : "c" + i / 10) + "," + i % 10);
        Dataset one = rows.per("who");
        List<String> chosen = one.rows().map(Object::toString).toList();

        assertThat(chosen)
                .hasSize(600 + 600)
                .isEqualTo(one.rows().map(Object::toString).toList());
        Map<Double, Long> places = one.rows()
                .filter(row -> !row.isMissing(0))
                .collect(Collectors.groupingBy(row -> row.number(1), Collectors.counting()));
        // 600 choices among nine: 67 each, with a standard deviation of 7.7.
        assertThat(places).hasSize(9).allSatisfy((place, count) -> assertThat(count)
                .isBetween(36L, 98L));
        assertThat(one.rows().filter(row -> row.isMissing(0))).hasSize(600);
        assertThat(one).hasToString(rows + ", one row per who");
    }

    @Test
    void whatIsSaidOfTheBaselineHoldsForWindowsAndIsSaved() {
        Baseline baseline = Baseline.of(customers(1, 900, 5, 0).per("customer_id"));
        Report report = Monitor.against(Tables.saved(baseline)).check(customers(2, 300, 5, 0));

        assertThat(report.rows()).isEqualTo(300);
        assertThat(report.failures()).isEmpty();
        assertThat(baseline.describe()).contains("One row of each 'customer_id' is read.");
        assertThat(baseline.merge(baseline).measurement().group()).isEqualTo("customer_id");
    }

    @Test
    void aWindowOfAllRowsIsNotComparedInSilence() {
        Baseline baseline = Baseline.of(customers(1, 900, 5, 0).per("customer_id"));
        Measurement all = Measurement.of(customers(2, 300, 5, 0));
        Report report = Monitor.against(baseline).judge(all);

        assertThat(report.failures()).singleElement().satisfies(failure -> assertThat(failure.toString())
                .contains("the baseline has one row of each 'customer_id', the window all rows"));
        assertThatThrownBy(() -> baseline.measurement().merge(all)).hasMessageContaining("group");
    }

    @Test
    void liveWindowsAreRefusedAtOnceAsTheirRowsAreNotReadTwice() {
        Monitor monitor = Monitor.against(Baseline.of(customers(1, 90, 5, 0).per("customer_id")));
        assertThatThrownBy(() -> monitor.everyRows(100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one row of each 'customer_id'");
        assertThatThrownBy(() -> monitor.every(Duration.ofHours(1))).hasMessageContaining("'customer_id'");
    }

    @Test
    void aGroupThatIsNoColumnIsToldAtOnce() {
        assertThatThrownBy(() -> Baseline.of(customers(1, 90, 5, 0).per("customer-id")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("customer-id")
                .hasMessageContaining("'customer_id'");
    }

    @Test
    void idsThatRepeatAreFoundAndTold() {
        Baseline baseline = Baseline.of(customers(1, 900, 9, 0));

        assertThat(baseline.describe())
                .containsPattern(
                        "customer_id: id, .*, repeats, [45]\\.[0-9] rows each, so that rows may not be independent; "
                                + "per\\(\"customer_id\"\\) reads one of each")
                .contains("No column tells the time, so rows are taken to be independent.");
    }

    @Test
    void rowsNextToEachOtherThatAreAlikeAreToldUnlessWindowsTellWhatTheyDifferBy() {
        SplittableRandom random = new SplittableRandom(2);
        double[] level = {0};
        Dataset going = Tables.csv("level,n", 600, i -> {
            level[0] = 0.9 * level[0] + random.nextGaussian();
            return level[0] + "," + random.nextGaussian();
        });
        Dataset independent = Tables.csv("level,n", 600, i -> random.nextGaussian() + "," + random.nextGaussian());
        Baseline baseline = Baseline.of(going);
        Measurement window = Measurement.of(going).asWindow();
        Baseline ofWindows = Baseline.of(Measurement.merged(List.of(window, window)));

        assertThat(baseline.describe())
                .containsPattern(
                        "Rows next to each other are alike in level \\(serial correlation 0\\.[89][0-9]\\), so that"
                                + " they are not independent: ")
                .contains("asWindow()");
        assertThat(Monitor.against(baseline).check(going).toString())
                .contains("600 rows, not independent, as describe() tells; ");
        assertThat(Baseline.of(independent).describe()).doesNotContain("next to each other");
        assertThat(ofWindows.describe()).doesNotContain("next to each other");
        assertThat(Monitor.against(ofWindows).check(going).toString())
                .contains("600 rows, ")
                .doesNotContain("not independent");
    }

    @Test
    void aReportSaysInAWordWhatItAssumesOfItsRows() {
        Dataset rows = customers(1, 1_000, 5, 0);
        Dataset timed = Tables.csv("at,n", 500, i -> "2024-01-01T00:00:" + (10 + i % 50) + "," + i);
        Dataset independent = Tables.csv("n", 500, i -> Integer.toString(i * i % 4_001));

        assertThat(Monitor.against(Baseline.of(independent)).check(independent).toString())
                .containsPattern("\n500 rows, taken to be independent; [0-9]+ metrics; ");
        assertThat(Monitor.against(Baseline.of(rows)).check(rows).toString())
                .containsPattern("\n[0-9,]+ rows, not independent, as describe\\(\\) tells; [0-9]+ metrics; ");
        assertThat(Monitor.against(Baseline.of(rows.per("customer_id")))
                        .check(rows)
                        .toString())
                .contains("1,000 rows, one of each 'customer_id'; ");
        assertThat(Monitor.against(Baseline.of(timed)).check(timed).toString())
                .containsPattern("\n500 rows, [0-9]+ metrics; ");
    }

    @Test
    void aBaselineOfUnderTenTimesTheWindowIsTold() {
        Dataset before = Tables.csv("n", 4_000, i -> Integer.toString(i * i % 4_001));
        Monitor monitor = Monitor.against(Baseline.of(before));
        Dataset many = Tables.csv("n", 401, i -> Integer.toString(9 * i * i % 4_001));
        Dataset few = Tables.csv("n", 400, i -> Integer.toString(9 * i * i % 4_001));

        assertThat(monitor.check(many).toString())
                .contains("401 rows could show, against 4,000 (under 10 times) in the baseline, a change of ");
        assertThat(monitor.check(few).toString())
                .contains("400 rows could show, against many in the baseline, a change of ");
    }

    @Test
    void aSeasonOfTheBaselinesOwnWindowsIsSuggested() {
        assertThat(Baseline.of(days(0.8)).describe())
                .contains(
                        "Windows differ by the day of the week in x; seasonal(Season.DAY_OF_WEEK) compares like with like.");
        assertThat(Baseline.of(days(0)).describe()).doesNotContain("Windows differ");
    }

    private static Measurement days(double weekend) {
        List<Measurement> days = new ArrayList<>();
        for (int day = 0; day < 28; day++) {
            Instant start = Instant.parse("2024-01-01T00:00:00Z").plus(Duration.ofDays(day));
            SplittableRandom random = new SplittableRandom(day);
            double[] x = new double[300];
            double[] y = new double[300];
            for (int i = 0; i < x.length; i++) {
                x[i] = random.nextGaussian() + (day % 7 >= 5 ? weekend : 0);
                y[i] = random.nextGaussian();
            }
            days.add(Measurement.of(Datasets.columns().add("x", x).add("y", y).build())
                    .during(start, start.plus(Duration.ofDays(1)))
                    .asWindow());
        }
        return Measurement.merged(days);
    }

    /** Rows of customers, each of which has 1 to so many equal ones. */
    private static Dataset customers(int seed, int count, int most, double moved) {
        List<String> lines = lines(seed, count, most, moved);
        return Tables.csv("customer_id,amount,visits,segment", lines.size(), lines::get);
    }

    /** Returns the rows of customers in any order. */
    private static Dataset mixed(int seed, int count, int most, double moved) {
        List<String> lines = lines(seed, count, most, moved);
        Collections.shuffle(lines, new Random(seed));
        return Tables.csv("customer_id,amount,visits,segment", lines.size(), lines::get);
    }

    private static List<String> lines(int seed, int count, int most, double moved) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> lines = new ArrayList<>();
        for (int customer = 0; customer < count; customer++) {
            String line = (seed * 100_000 + customer) + "," + (random.nextGaussian() + moved) + ","
                    + (int) (-20 * Math.log(1 - random.nextDouble())) + "," + "abcd".charAt(random.nextInt(4));
            for (int row = random.nextInt(most); row >= 0; row--) {
                lines.add(line);
            }
        }
        return lines;
    }
}
