package io.modelmonitor;

import static io.modelmonitor.api.Constraint.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.Assessment;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.quality.DataQuality;
import io.modelmonitor.spi.MetricCalculator;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows that differ by nature: of batches with an effect of their own, of weekdays, of hours. */
@Tag("simulation")
class OwnWindowsTest {

    private static final int WINDOWS = 28;
    private static final int ROWS = 500;
    private static final List<MetricCalculator<?>> CALCULATORS = List.of(DataQuality.standard());
    private static final Instant MONDAY = Instant.parse("2024-01-01T00:00:00Z");

    @ParameterizedTest(name = "batch effects of {0} sd")
    @ValueSource(doubles = {0, 0.05, 0.1, 0.2})
    void atMostOneReportInTwentyAlertsWhereWindowsDifferAsThoseOfTheBaselineDo(double effect) {
        int alerts = 0;
        int reports = 0;
        for (int table = 0; table < 10; table++) {
            SplittableRandom random = new SplittableRandom(100 + table);
            Monitor monitor = everywhere(Baseline.of(days(random, effect, 0)));
            for (int i = 0; i < 20; i++) {
                Report report = monitor.check(rows(random, effect, 0, 0));
                reports++;
                alerts += report.isHealthy() ? 0 : 1;
            }
        }
        assertThat(alerts).as("of %d reports", reports).isLessThanOrEqualTo(reports / 20);
    }

    @ParameterizedTest(name = "serial correlation {0}")
    @ValueSource(doubles = {0.2, 0.5, 0.9})
    void atMostOneReportInTwentyAlertsWhereEachRowFollowsTheOneBefore(double correlation) {
        int alerts = 0;
        int reports = 0;
        for (int table = 0; table < 10; table++) {
            SplittableRandom random = new SplittableRandom(300 + table);
            double[] last = random.doubles(8).map(u -> random.nextGaussian()).toArray();
            List<Measurement> days = new ArrayList<>();
            for (int day = 0; day < WINDOWS; day++) {
                days.add(Measurement.of(1, following(last, correlation, random), CALCULATORS)
                        .asWindow());
            }
            Monitor monitor = everywhere(Baseline.of(Measurement.merged(days)));
            for (int i = 0; i < 20; i++) {
                reports++;
                alerts += monitor.check(following(last, correlation, random)).isHealthy() ? 0 : 1;
            }
        }
        assertThat(alerts).as("of %d reports", reports).isLessThanOrEqualTo(reports / 20);
    }

    @Test
    void withoutItsWindowsABaselineTakesBatchesForChanges() {
        SplittableRandom random = new SplittableRandom(7);
        Measurement days = days(random, 0.2, 0);
        Monitor monitor = everywhere(Baseline.of(Measurement.merged(
                List.of(days.windows().get(0), Measurement.merged(days.windows().subList(1, WINDOWS))))));
        assertThat(monitor.check(rows(random, 0.2, 0, 0)).isHealthy()).isFalse();
    }

    @ParameterizedTest(name = "of {0} sd in batches of {1} sd")
    @CsvSource({"0.3, 0", "1, 0.1"})
    void aChangeBeyondWhatWindowsDifferByIsFound(double change, double effect) {
        int found = 0;
        int reports = 60;
        SplittableRandom random = new SplittableRandom(3);
        Monitor monitor = everywhere(Baseline.of(days(random, effect, 0)));
        for (int i = 0; i < reports; i++) {
            found += monitor.check(rows(2_000, random, effect, 0, change)).isHealthy() ? 0 : 1;
        }
        assertThat(found).isGreaterThanOrEqualTo(57);
    }

    @Test
    void weekendsAreComparedWithWeekends() {
        SplittableRandom random = new SplittableRandom(5);
        Monitor plain =
                everywhere(Baseline.of(Measurement.merged(days(random, 0, 0.3).windows())));
        int wrong = 0;
        int alerts = 0;
        int found = 0;
        int reports = 0;
        for (int table = 0; table < 8; table++) {
            Monitor seasonal = everywhere(Baseline.of(days(random, 0, 0.3))).seasonal(Season.DAY_OF_WEEK);
            for (int day = WINDOWS; day < WINDOWS + 7; day++) {
                Measurement same = window(seasonal, rows(random, 0, weekend(day, 0.3), 0), day);
                wrong += plain.judge(same).isHealthy() ? 0 : 1;
                alerts += seasonal.judge(same).isHealthy() ? 0 : 1;
                Measurement other = window(seasonal, rows(random, 0, weekend(day, 0.3), 0.5), day);
                found += seasonal.judge(other).isHealthy() ? 0 : 1;
                reports++;
            }
        }
        assertThat(wrong).isGreaterThan(reports / 5);
        assertThat(alerts).isLessThanOrEqualTo(reports / 20);
        assertThat(found).isGreaterThanOrEqualTo(reports * 95 / 100);
    }

    @Test
    void windowsAreKeptByFilesAndMerges() {
        SplittableRandom random = new SplittableRandom(11);
        Measurement days = days(random, 0.2, 0.3);
        Baseline baseline = Baseline.of(days);
        Baseline merged = Baseline.of(Measurement.merged(days.windows().subList(0, 14).stream()
                        .map(Measurement::asWindow)
                        .toList()))
                .merge(Baseline.of(Measurement.merged(days.windows().subList(14, WINDOWS).stream()
                        .map(Measurement::asWindow)
                        .toList())));
        Measurement window = window(Monitor.against(baseline), rows(random, 0.2, 0, 0), 30);
        Report expected = everywhere(baseline).seasonal(Season.DAY_OF_WEEK).judge(window);
        assertThat(everywhere(Tables.saved(baseline))
                        .seasonal(Season.DAY_OF_WEEK)
                        .judge(window))
                .isEqualTo(expected);
        assertThat(everywhere(Tables.saved(baseline)).judge(window))
                .isEqualTo(everywhere(baseline).judge(window));
        assertThat(Tables.saved(merged).measurement().windows()).hasSize(WINDOWS);
        assertThat(pValues(everywhere(merged).seasonal(Season.DAY_OF_WEEK).judge(window)))
                .isEqualTo(pValues(expected));
    }

    private static List<Double> pValues(Report report) {
        return report.assessments().stream().map(Assessment::pValue).toList();
    }

    @Test
    void aSeasonNeedsWindowsOfKnownTimes() {
        SplittableRandom random = new SplittableRandom(13);
        Monitor monitor = Monitor.against(Baseline.of(rows(random, 0, 0, 0)));
        assertThatThrownBy(() -> monitor.seasonal(Season.HOUR_OF_DAY)).hasMessageContaining("asWindow()");
        Monitor seasonal = Monitor.against(Baseline.of(days(random, 0, 0))).seasonal(Season.DAY_OF_WEEK);
        Report report = seasonal.check(rows(random, 0, 0, 0));
        assertThat(report.status()).isEqualTo(Report.Status.INCOMPLETE);
        assertThat(report.failures().toString()).contains("day of the week");
    }

    @Test
    void thePhaseOfATimeIsThatOfTheClockOfTheZone() {
        Instant late = Instant.parse("2024-01-07T23:30:00Z");
        assertThat(Season.DAY_OF_WEEK.phase(late, ZoneId.of("UTC"))).isEqualTo(7);
        assertThat(Season.DAY_OF_WEEK.phase(late, ZoneId.of("Europe/Berlin"))).isEqualTo(1);
        assertThat(Season.HOUR_OF_DAY.phase(late, ZoneId.of("Asia/Kolkata"))).isEqualTo(5);
        assertThat(Season.HOUR_OF_WEEK.phase(late, ZoneId.of("UTC"))).isEqualTo(167);
    }

    /** Requires of each column that it does not drift, however little. */
    private static Monitor everywhere(Baseline baseline) {
        Monitor monitor = Monitor.against(baseline);
        for (String column : baseline.profile().names()) {
            monitor = monitor.requiring(on(column).drift());
        }
        return monitor;
    }

    private static double weekend(int day, double effect) {
        return day % 7 >= 5 ? effect : 0;
    }

    private static Measurement days(SplittableRandom random, double effect, double weekend) {
        List<Measurement> days = new ArrayList<>();
        for (int day = 0; day < WINDOWS; day++) {
            Measurement of = Measurement.of(1, rows(random, effect, weekend(day, weekend), 0), CALCULATORS);
            days.add(during(of, day).asWindow());
        }
        return Measurement.merged(days);
    }

    private static Measurement window(Monitor monitor, Dataset rows, int day) {
        return during(monitor.measure(rows), day);
    }

    private static Measurement during(Measurement measurement, int day) {
        Instant start = MONDAY.plus(Duration.ofDays(day));
        return measurement.during(start, start.plus(Duration.ofDays(1)));
    }

    private static Dataset rows(SplittableRandom random, double effect, double shift, double change) {
        return rows(ROWS, random, effect, shift, change);
    }

    /** Returns rows of numbers that go on from the last ones, which are changed. */
    private static Dataset following(double[] last, double correlation, SplittableRandom random) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            Map<String, Object> row = new HashMap<>();
            for (int j = 0; j < last.length; j++) {
                last[j] =
                        correlation * last[j] + StrictMath.sqrt(1 - correlation * correlation) * random.nextGaussian();
                row.put("x" + j, last[j]);
            }
            rows.add(row);
        }
        return Datasets.rows(rows);
    }

    /**
     * Returns independent rows of eight numbers and two categories, where each number has an effect of the batch.
     *
     * @param effect the standard deviation of the effect of the batch
     * @param shift what all numbers are moved by
     * @param change what the first number is moved by besides
     */
    private static Dataset rows(int count, SplittableRandom random, double effect, double shift, double change) {
        double[] moved = new double[8];
        for (int j = 0; j < moved.length; j++) {
            moved[j] = effect * random.nextGaussian() + shift + (j == 0 ? change : 0);
        }
        double share = StrictMath.min(0.9, StrictMath.max(0.1, 0.5 + 0.4 * effect * random.nextGaussian()));
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, Object> row = new HashMap<>();
            for (int j = 0; j < moved.length; j++) {
                row.put("x" + j, random.nextGaussian() + moved[j]);
            }
            row.put("colour", random.nextDouble() < share ? "red" : "blue");
            row.put("size", "S" + random.nextInt(6));
            rows.add(row);
        }
        return Datasets.rows(rows);
    }
}
