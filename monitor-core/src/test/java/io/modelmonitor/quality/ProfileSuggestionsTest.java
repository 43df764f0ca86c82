package io.modelmonitor.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.ColumnRole;
import io.modelmonitor.api.ColumnType;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Feature;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.stats.sketch.ColumnProfile;
import io.modelmonitor.stats.sketch.ColumnTyping;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Bounds of data quality, by the metrics and the type of a column. */
class ProfileSuggestionsTest {

    private static final Feature NUMBER = new Feature("x", FeatureType.FRACTIONAL);

    /** Returns the typing of a column of which nothing is known but what a user says. */
    private static ColumnTyping typing(String name, ColumnType type) {
        return ColumnTyping.of(name, ColumnProfile.create(), new ColumnRole(name, type, false));
    }

    private static List<Constraint> all(Feature feature, ColumnType type, Metric... metrics) {
        return ProfileSuggestions.of(List.of(feature), name -> typing(name, type), List.of(metrics));
    }

    /** Returns what is suggested of one metric from its value alone. */
    private static Optional<Bound> bound(Feature feature, ColumnType type, String metric, double value) {
        return bound(feature, type, Metric.of("x", metric, value));
    }

    private static Optional<Bound> bound(Feature feature, ColumnType type, Metric metric) {
        return all(feature, type, metric).stream()
                .filter(each -> each.id().equals(metric.id()))
                .map(Constraint::bound)
                .findFirst();
    }

    private static void assertLeast(Optional<Bound> bound, Double least) {
        if (least == null) {
            assertThat(bound).isEmpty();
        } else {
            assertThat(bound).hasValueSatisfying(found -> {
                assertThat(found.lower()).isCloseTo(least, within(1e-9));
                assertThat(found.upper()).isInfinite();
                assertThat(found.isEstimate()).isTrue();
            });
        }
    }

    private static void assertMost(Optional<Bound> bound, Double most) {
        if (most == null) {
            assertThat(bound).isEmpty();
        } else {
            assertThat(bound).hasValueSatisfying(found -> {
                assertThat(found.upper()).isCloseTo(most, within(1e-9));
                assertThat(found.lower()).isInfinite();
                assertThat(found.isEstimate()).isTrue();
            });
        }
    }

    @Test
    void allColumnsAndNoOthersAreToBeThere() {
        assertThat(ProfileSuggestions.of(List.of(), name -> typing(name, ColumnType.EMPTY), List.of()))
                .containsExactly(
                        Constraint.onDataset().metric("missing_columns").atMost(0),
                        Constraint.onDataset().metric("extra_columns").atMost(0));
    }

    @ParameterizedTest
    @CsvSource({"1, 0.99", "0.95437, 0.9443", "0.012345, 0.0023", "0.01, ", "0, "})
    void completenessMayFallByAPoint(double seen, Double least) {
        assertLeast(bound(NUMBER, ColumnType.FRACTION, "completeness", seen), least);
    }

    @Test
    void aColumnThatWasEmptyIsToStayNearlyEmpty() {
        Feature empty = new Feature("x", FeatureType.UNKNOWN);
        assertMost(bound(empty, ColumnType.EMPTY, "completeness", 0), 0.01);
        assertThat(all(empty, ColumnType.EMPTY)).extracting(Constraint::metric).doesNotContain("drift");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "0.97123, 0.9612", "0.01, "})
    void valuesAreToStayOfTheTypeOfTheirColumnUnlessThatIsText(double seen, Double least) {
        assertLeast(bound(NUMBER, ColumnType.FRACTION, "type_share", seen), least);
        assertLeast(bound(new Feature("x", FeatureType.STRING), ColumnType.TEXT, "type_share", seen), null);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "0.999, "})
    void numbersAreToStayWithoutNegativeOnesOnlyIfNoneWas(double seen, Double least) {
        assertLeast(bound(NUMBER, ColumnType.FRACTION, "non_negative_share", seen), least);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0.20005, 0.7899", "0.49, 0.5", "0.5, "})
    void newValuesMayComeAsOftenAsValuesCameOnce(double once, Double least) {
        Feature text = new Feature("x", FeatureType.STRING);
        Metric uniqueness = Metric.of("x", "uniqueness", once);
        for (boolean isOfDomain : new boolean[] {true, false}) {
            Optional<Bound> domain =
                    all(isOfDomain ? text.withDomain(Set.of("a", "b")) : text, ColumnType.CATEGORY, uniqueness).stream()
                            .filter(each -> each.metric().equals("domain_share"))
                            .map(Constraint::bound)
                            .findFirst();
            assertLeast(domain, isOfDomain ? least : null);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "0.99, 0.98", "0.9899, "})
    void idsAreToStayDifferentIfNearlyAllWere(double seen, Double least) {
        Metric distinct =
                Metric.of("x", "distinct_share", seen, new Evidence.Proportion(Math.round(10_000 * seen), 10_000));
        assertLeast(bound(NUMBER, ColumnType.ID, distinct), least);
        assertLeast(bound(NUMBER, ColumnType.WHOLE_NUMBER, distinct), least == null ? null : 0.95);
        assertLeast(bound(NUMBER, ColumnType.FRACTION, distinct), null);
    }

    @ParameterizedTest
    @CsvSource({"1, 0.5", "0.99, 0.5", "0.9899, 0.05", "0.5, 0.05", "0.4999, "})
    void timesAreNotToStandStill(double seen, Double least) {
        assertLeast(bound(NUMBER, ColumnType.TIME, "distinct_share", seen), least);
    }

    @ParameterizedTest
    @EnumSource(ColumnType.class)
    void aShareMayGrowByItsToleranceInColumnsOfItsTypes(ColumnType type) {
        Set<ColumnType> numbers = Set.of(ColumnType.FRACTION, ColumnType.WHOLE_NUMBER, ColumnType.CONSTANT);
        boolean isNumber = numbers.contains(type);
        double ofNumbers = type == ColumnType.CONSTANT ? 0 : 0.005;
        Double outside = isNumber ? Double.valueOf(ofNumbers) : null;
        boolean isOfFrequent = isNumber || type == ColumnType.TEXT || type == ColumnType.ID;
        assertMost(bound(NUMBER, type, "most_frequent_share", 0.30003), isOfFrequent ? 0.3201 : null);
        assertMost(bound(NUMBER, type, "out_of_range_share", 0), outside);
        assertMost(bound(NUMBER, type, "rounded_share", 0.30003), isNumber ? 0.4001 : null);
        Feature ofDomain = NUMBER.withDomain(Set.of("1"));
        assertMost(bound(ofDomain, type, "most_frequent_share", 0.30003), type == ColumnType.ID ? 0.3201 : null);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.05", "0.10003, 0.1501", "0.95, ", "0.96, "})
    void equalRowsMayGrowByFivePointsUnlessTheyAreNearlyAll(double seen, Double most) {
        assertMost(
                all(NUMBER, ColumnType.FRACTION, Metric.of(MetricId.DATASET, "duplicate_row_share", seen)).stream()
                        .filter(each -> each.metric().equals("duplicate_row_share"))
                        .map(Constraint::bound)
                        .findFirst(),
                most);
    }

    @Test
    void missingTimesMayGrowByAPoint() {
        assertMost(bound(NUMBER, ColumnType.TIME, "missing_time_share", 0), 0.01);
    }

    @Test
    void rowsOutOfTheOrderOfTimeAndRoundedTimesMayGrowByTenPoints() {
        assertMost(bound(NUMBER, ColumnType.TIME, "rounded_time_share", 0), 0.1);
        assertMost(bound(NUMBER, ColumnType.TIME, "out_of_order_share", 0.02003), 0.1201);
    }

    @ParameterizedTest
    @CsvSource({"format_share, 1, 1", "format_share, 0.97123, 0.9612"})
    void valuesAreToStayOfTheirFormat(String metric, double seen, Double least) {
        assertLeast(bound(NUMBER, ColumnType.ID, metric, seen), least);
    }

    @ParameterizedTest
    @CsvSource({"stale_share, 0, 0", "stale_share, 0.02003, 0.0301", "future_share, 0, 0", "future_share, 0.5, 0.51"})
    void staleAndFutureTimesMayGrowByAPointIfThereWereAny(String metric, double seen, Double most) {
        assertMost(bound(NUMBER, ColumnType.TIME, metric, seen), most);
    }

    @Test
    void nothingIsSuggestedOfWhatIsUndefined() {
        Metric[] undefined = List.of(
                        "completeness",
                        "type_share",
                        "non_negative_share",
                        "distinct_share",
                        "missing_time_share",
                        "out_of_order_share",
                        "rounded_time_share",
                        "most_frequent_share",
                        "hour_drift",
                        "weekday_drift",
                        "calendar_part_drift",
                        "stale_share",
                        "future_share")
                .stream()
                .map(name -> Metric.undefined("x", name, "no values"))
                .toArray(Metric[]::new);
        for (ColumnType type : List.of(ColumnType.TIME, ColumnType.ID)) {
            assertThat(all(NUMBER, type, undefined))
                    .extracting(Constraint::metric)
                    .containsExactly("missing_columns", "extra_columns");
        }
    }

    @ParameterizedTest
    @EnumSource(ColumnType.class)
    void distributionsAreNotToDriftButThoseOfTimesAndIdsWhichMoveOn(ColumnType type) {
        boolean isMoving = type == ColumnType.TIME || type == ColumnType.ID;
        assertThat(all(NUMBER, type))
                .filteredOn(each -> each.metric().equals("drift"))
                .extracting(Constraint::bound)
                .isEqualTo(isMoving ? List.of() : List.of(Bound.atMost(0.1)));
    }

    @ParameterizedTest
    @CsvSource({"hour_drift", "weekday_drift", "calendar_part_drift"})
    void theHoursAndDaysOfTimesAreNotToDriftWhereTheyAreKnown(String metric) {
        assertThat(bound(NUMBER, ColumnType.TIME, metric, 0.02)).hasValue(Bound.atMost(0.1));
        assertThat(bound(NUMBER, ColumnType.TIME, metric, Double.NaN)).isEmpty();
    }
}
