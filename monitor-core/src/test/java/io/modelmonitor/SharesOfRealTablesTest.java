package io.modelmonitor;

import static io.modelmonitor.api.Constraint.on;
import static io.modelmonitor.api.Constraint.onDataset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Schema;
import io.modelmonitor.data.Datasets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Shares of missing, mistyped, negative and new values are compared with the baseline's, at every size. */
@Tag("simulation")
class SharesOfRealTablesTest {

    /** The value of a cell by its row and the number of odd cells. */
    private interface Cells extends BiFunction<Integer, Integer, @Nullable Object> {}

    static Stream<Arguments> kindsThatNeverOccurred() {
        return Stream.of(
                kind("missing", "completeness", (row, odd) -> row < odd ? null : 1.5 + row % 40),
                kind("negative", "non_negative_share", (row, odd) -> row < odd ? -2.5 : 2.5 + row % 40),
                kind("fraction", "type_share", (row, odd) -> row < odd ? (Object) 2.5 : (Object) (long) (row % 40)),
                kind("text", "type_share", (row, odd) -> row < odd ? "unknown" : (Object) (2.5 + row % 40)),
                kind("category", "domain_share", (row, odd) -> row < odd ? "partner" : "c" + row % 5),
                kind("boolean", "type_share", (row, odd) -> row < odd ? "maybe" : (Object) (row % 2 == 0)));
    }

    private static Arguments kind(String name, String metric, Cells cells) {
        return Arguments.of(name, metric, cells);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kindsThatNeverOccurred")
    void tenOf320AreSeenWhereNoneOf300Was(String name, String metric, Cells cells) {
        Monitor monitor = Monitor.against(Baseline.of(rows(300, 0, cells)));
        Report report = monitor.check(rows(320, 10, cells));
        // The exact probability is that all of 10 odd rows fall among 320 of 620: 0.0013.
        assertThat(report.violations())
                .filteredOn(violation -> violation.metric().name().equals(metric))
                .singleElement()
                .satisfies(violation -> assertThat(violation.pValue()).isBetween(0.00125, 0.00135));
        assertThat(monitor.check(rows(320, 0, cells)).isHealthy()).isTrue();
    }

    @ParameterizedTest(name = "baseline of {0}, window of {1}, {2} odd values of each kind")
    @CsvSource({
        "50, 50, 0.02",
        "100, 1000, 0.01",
        "300, 320, 0.003",
        "300, 320, 0.03",
        "1000, 100, 0.01",
        "1000, 1000, 0.001"
    })
    void valuesOfRareKindsAlertRarelyInWindowsOfTheSameSource(int baseline, int window, double share) {
        int alerts = 0;
        for (int run = 0; run < 150; run++) {
            SplittableRandom random = new SplittableRandom(17L * run + window);
            Monitor monitor = Monitor.against(Baseline.of(ofAllKinds(random, baseline, share)));
            alerts += monitor.check(ofAllKinds(random, window, share))
                            .violations()
                            .isEmpty()
                    ? 0
                    : 1;
        }
        // Above 15 of 150 is what a source that alerts in 5 % exceeds once in 200 times.
        assertThat(alerts).isLessThanOrEqualTo(15);
    }

    /** Rows with a column for each kind, in which values are odd at random. */
    private static Dataset ofAllKinds(SplittableRandom random, int count, double share) {
        List<Cells> kinds =
                kindsThatNeverOccurred().map(kind -> (Cells) kind.get()[2]).toList();
        String[] names =
                kindsThatNeverOccurred().map(kind -> (String) kind.get()[0]).toArray(String[]::new);
        List<Object[]> rows = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            @Nullable Object[] cells = new @Nullable Object[names.length];
            for (int i = 0; i < names.length; i++) {
                int any = random.nextInt(1_000);
                cells[i] = kinds.get(i).apply(any, random.nextDouble() < share ? any + 1 : 0);
            }
            rows.add(cells);
        }
        return Datasets.of(Schema.ofNames(names), rows);
    }

    @ParameterizedTest(name = "baseline of {0}, window of {1}, {2} missing")
    @CsvSource({
        "5000, 1, 0.03",
        "5000, 20, 0.03",
        "5000, 50, 0.03",
        "200, 20, 0.3",
        "50, 5000, 0.05",
        "100, 100, 0.5",
        "2000, 20, 0.98"
    })
    void optionalColumnsAlertRarelyInWindowsOfTheSameSource(int baseline, int window, double missing) {
        int alerts = 0;
        for (int run = 0; run < 200; run++) {
            SplittableRandom random = new SplittableRandom(31L * run + window);
            Monitor monitor = Monitor.against(Baseline.of(optional(random, baseline, missing)));
            alerts += monitor.check(optional(random, window, missing))
                            .violations()
                            .isEmpty()
                    ? 0
                    : 1;
        }
        // Above 19 of 200 is what a source that alerts in 5 % exceeds once in 200 times.
        assertThat(alerts).isLessThanOrEqualTo(19);
    }

    @Test
    void aColumnWithoutAValueIsJudgedByItsCompletenessAlone() {
        Monitor monitor =
                Monitor.against(Baseline.of(rows(5_000, 0, (row, odd) -> row % 33 == 0 ? "coupon " + row % 2 : null)));
        Report few = monitor.check(rows(20, 0, (row, odd) -> null));
        assertThat(few.isHealthy()).as("0.97^20 is 0.54: %s", few).isTrue();
        Report many = monitor.check(rows(2_000, 0, (row, odd) -> null));
        assertThat(many.violations())
                .extracting(violation -> violation.metric().name())
                .containsExactly("completeness");
    }

    static Stream<Cells> valuesOfSeveralKinds() {
        return Stream.of(
                (row, odd) -> row < odd ? 1.5 * row : null,
                (row, odd) -> row < odd ? row : null,
                (row, odd) -> row < odd ? "word" : null,
                (row, odd) -> row < odd ? row % 2 == 0 : null,
                (row, odd) -> row < odd ? "2026-03-04" : null);
    }

    @ParameterizedTest
    @MethodSource("valuesOfSeveralKinds")
    void valuesOfAColumnThatWasEmptyAreToldUnlessTheyAreFew(Cells cells) {
        Monitor monitor = Monitor.against(Baseline.of(rows(2_000, 0, cells)));
        assertThat(monitor.check(rows(1_000, 5, cells)).isHealthy())
                .as("half a percent is tolerated")
                .isTrue();
        assertThat(monitor.check(rows(1_000, 50, cells)).violations())
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.metric().name()).isEqualTo("completeness");
                    assertThat(violation.metric().note()).contains("missing 100.0 % -> 95.0 %");
                });
    }

    @Test
    void ofAMissingColumnOnlyThatItIsMissingIsTold() {
        Monitor monitor = Monitor.against(Baseline.of(Datasets.of(
                Schema.ofNames("a", "b"),
                List.of(new Object[] {1.5, "x"}, new Object[] {2.5, "y"}, new Object[] {3.5, "x"}))));
        Report report = monitor.check(Datasets.of(Schema.ofNames("a"), List.<Object[]>of(new Object[] {1.5})));
        assertThat(report.violations())
                .extracting(violation -> violation.metric().name())
                .containsExactly("missing_columns");
        assertThat(report.violations().get(0).metric().note()).isEqualTo("b");
        assertThat(report.failures()).isEmpty();
    }

    @Test
    void whereColumnsMayBeMissingTheCompletenessRequiredOfOneIsJudged() {
        Monitor monitor = Monitor.against(Baseline.of(Datasets.of(
                        Schema.ofNames("a", "b"), List.of(new Object[] {1.5, "x"}, new Object[] {2.5, "y"}))))
                .requiring(onDataset().metric("missing_columns").atMost(5))
                .requiring(on("b").completeness().atLeast(0.5));
        Report report = monitor.check(Datasets.of(Schema.ofNames("a"), List.<Object[]>of(new Object[] {1.5})));
        assertThat(report.violations())
                .extracting(violation -> violation.metric().name())
                .containsExactly("completeness");
    }

    @Test
    void aRequirementIsJudgedByTheWindowAloneHoweverSmallTheBaseline() {
        Cells cells = (row, odd) -> row < odd ? null : (Object) 1.5;
        Monitor monitor = Monitor.against(Baseline.of(rows(50, 0, cells)))
                .requiring(on("x").completeness().atLeast(0.95));
        assertThat(monitor.check(rows(10_000, 600, cells)).violations())
                .extracting(violation -> violation.metric().name())
                .contains("completeness");
    }

    @Test
    void aMisspeltColumnIsToldWhenItIsRequired() {
        Monitor monitor = Monitor.against(Baseline.of(rows(50, 0, (row, odd) -> row * 1.5)));
        assertThatThrownBy(() -> monitor.requiring(on("X ").completeness()))
                .hasMessage("column 'X ' is none of the baseline's 1; the nearest is 'x'");
    }

    private static Dataset optional(SplittableRandom random, int count, double missing) {
        return rows(
                count,
                0,
                (row, odd) -> random.nextDouble() < missing ? null : "coupon " + (int) (4 * random.nextDouble()));
    }

    private static Dataset rows(int count, int odd, Cells cells) {
        List<Object[]> rows = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            rows.add(new @Nullable Object[] {cells.apply(row, odd)});
        }
        return Datasets.of(Schema.ofNames("x"), rows);
    }
}
