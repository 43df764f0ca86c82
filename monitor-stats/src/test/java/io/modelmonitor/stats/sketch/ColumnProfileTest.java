package io.modelmonitor.stats.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.stats.Saved;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ColumnProfileTest {

    @Test
    void countsKinds() {
        ColumnProfile profile =
                Columns.profile(Columns.spelled("1", "1.5", ".5", null, "true", "TRUE", "+ 7", "x", "1", null));

        assertThat(profile.rows()).isEqualTo(10);
        assertThat(profile.missing()).isEqualTo(2);
        assertThat(profile.present()).isEqualTo(8);
        assertThat(profile.completeness()).isEqualTo(0.8);
        assertThat(IntStream.range(0, ValueKind.COUNT).mapToLong(profile::count).toArray())
                .containsExactly(2, 2, 2, 2, 2);
        assertThat(profile.type()).isEqualTo(FeatureType.STRING);
    }

    @Test
    void numbersAmongTextsAreMeasuredToo() {
        ColumnProfile profile = Columns.profile(Columns.spelled("10", "n/a", "20.0", "-0", "n/a"));

        assertThat(profile.moments().count()).isEqualTo(3);
        assertThat(profile.moments().mean()).isEqualTo(10);
        assertThat(profile.quantiles().count()).isEqualTo(3);
        assertThat(profile.distribution().values()).containsExactly(0, 10, 20);
        assertThat(profile.categories().count("n/a")).isEqualTo(2);
        assertThat(profile.distinct().estimate()).isEqualTo(4);
        assertThat(profile.distinctNumbers().estimate()).isEqualTo(3);
    }

    @Test
    void lengthsCoverEveryPresentValueAsItIsWritten() {
        ColumnProfile profile = Columns.profile(Columns.spelled("12.50", null, "\uD83D\uDE00x", "", "7"));

        assertThat(profile.lengths().count()).isEqualTo(4);
        assertThat(profile.lengths().minUnits()).isZero();
        assertThat(profile.lengths().maxUnits()).isEqualTo(5);
        assertThat(profile.lengths().meanUnits()).isEqualTo(9 / 4.0);
        assertThat(profile.lengths().meanCodePoints()).isEqualTo(8 / 4.0);
        assertThat(Columns.profile(Columns.fractional(1.5, 2)).lengths().count())
                .isZero();
    }

    @Test
    void aColumnOfMissingValuesIsUnknown() {
        ColumnProfile profile = Columns.profile(Columns.spelled(null, null, null));
        profile.addMissing(2);

        assertThat(profile.rows()).isEqualTo(5);
        assertThat(profile.present()).isZero();
        assertThat(profile.completeness()).isZero();
        assertThat(profile.type()).isEqualTo(FeatureType.UNKNOWN);
        assertThat(profile.moments().mean()).isNaN();
        assertThat(profile.distribution().total()).isZero();
        assertThat(ColumnProfile.create().completeness()).isNaN();
        assertThatThrownBy(() -> profile.addMissing(-1)).hasMessage("rows: -1; a number from 0 is expected");
    }

    @Test
    void aConstantIsOneValueAtAnyLength() {
        ColumnProfile profile = Columns.profile(Columns.fractional(new double[50_000]));

        assertThat(profile.distinct().estimate()).isEqualTo(1);
        assertThat(profile.categories().values()).containsExactly(new Category("0.0", 50_000));
        assertThat(profile.distribution().total()).isEqualTo(50_000);
        assertThat(profile.moments().variancePopulation()).isZero();
    }

    @Test
    void aColumnOfFewNumbersHasAnExactDistributionAtAnyLength() {
        double[] values =
                IntStream.range(0, 100_000).mapToDouble(i -> i * 7919 % 1000).toArray();
        ColumnProfile profile = Columns.profile(Columns.fractional(values));

        assertThat(profile.quantiles().isExact()).isFalse();
        assertThat(profile.distribution().quantile(0.5)).isEqualTo(499);
        assertThat(profile.distribution().weight(17)).isEqualTo(100);
    }

    @Test
    void whatIsNotFiniteIsAValueButHasNoRank() {
        ColumnProfile profile = Columns.profile(
                Columns.fractional(1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, 3));

        assertThat(profile.present()).isEqualTo(6);
        assertThat(profile.moments().nonFiniteCount()).isEqualTo(4);
        assertThat(profile.quantiles().count()).isEqualTo(2);
        assertThat(profile.distribution().total()).isEqualTo(2);
        assertThat(profile.categories().count("NaN")).isEqualTo(2);
        assertThat(profile.distinct().estimate()).isEqualTo(5);
    }

    @Test
    void aNumberTooLargeForADoubleIsNotFinite() {
        ColumnProfile profile = Columns.profile(Columns.spelled("1e999", "5"));

        assertThat(profile.moments().positiveInfinityCount()).isEqualTo(1);
        assertThat(profile.type()).isEqualTo(FeatureType.FRACTIONAL);
        assertThat(profile.quantiles().count()).isEqualTo(1);
    }

    @Test
    void hugeIdentifiersOfATypedSourceAreToldApart() {
        long[] identifiers =
                LongStream.range(0, 10_000).map(i -> (1L << 60) + i).toArray();
        ColumnProfile profile = Columns.profile(Columns.integral(identifiers));
        ColumnProfile few = Columns.profile(Columns.integral(1L << 60, (1L << 60) + 1, 5));

        assertThat(profile.distinct().estimate()).isCloseTo(10_000, withinPercentage(2));
        assertThat(few.distinct().estimate()).isEqualTo(3);
        assertThat(few.categories().count("1152921504606846977")).isEqualTo(1);
        assertThat(few.categories().count("5")).isEqualTo(1);
    }

    @Test
    void zerosOfBothSignsAreOneNumber() {
        ColumnProfile typed = Columns.profile(Columns.fractional(0.0, -0.0));
        ColumnProfile spelled = Columns.profile(Columns.spelled("0.0", "-0.0"));

        assertThat(typed.distinct().estimate()).isEqualTo(1);
        assertThat(spelled.distinct().estimate()).isEqualTo(2);
        assertThat(spelled.distinctNumbers().estimate()).isEqualTo(1);
        assertThat(typed.moments().zeroCount()).isEqualTo(2);
    }

    @Test
    void texts10MillionLongTakeNoMemory() {
        String text = "\u00e4".repeat(10_000_000);
        ColumnProfile profile = Columns.profile(Columns.spelled(text, text, "short"));

        assertThat(profile.lengths().maxUnits()).isEqualTo(10_000_000);
        assertThat(profile.categories().count(text)).isEqualTo(2);
        assertThat(Saved.bytes(profile::write)).hasSizeLessThan(2_000);
    }

    @Test
    void spelledNumbersBeyondTheTableAreCountedByTheirValue() {
        String[] texts = IntStream.range(0, 20_000)
                .mapToObj(i -> i % 2 == 0 ? Integer.toString(i / 2) : i / 2 + ".0")
                .toArray(String[]::new);
        ColumnProfile profile = Columns.profile(Columns.spelled(texts), Columns.spelled(texts));

        assertThat(profile.distinct().estimate()).isCloseTo(10_000, withinPercentage(2));
        assertThat(profile.lengths().count()).isEqualTo(40_000);
        assertThat(profile.categories().size()).isZero();
        assertThat(profile.distribution().total()).isEqualTo(40_000);
    }

    static List<List<String>> columns() {
        Random random = new Random(1);
        return List.of(
                List.of("1", "2", "2", "x", "true"),
                Collections.nCopies(30, "same"),
                IntStream.range(0, 3_000)
                        .mapToObj(i -> i % 7 == 0 ? null : "" + i % 90)
                        .toList(),
                IntStream.range(0, 9_000)
                        .mapToObj(i -> "" + random.nextGaussian())
                        .toList(),
                IntStream.range(0, 9_000)
                        .mapToObj(i -> "word" + random.nextInt(6_000))
                        .toList(),
                IntStream.range(0, 9_000)
                        .mapToObj(i -> i % 3 == 0 ? "w" + i : "" + random.nextInt())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("columns")
    void mergingEqualsOnePassInAllExactParts(List<String> values) {
        int cut = values.size() / 3;
        ColumnProfile whole = spelled(values);
        ColumnProfile a = spelled(values.subList(0, cut));
        ColumnProfile b = spelled(values.subList(cut, values.size()));

        for (ColumnProfile merged :
                List.of(a.merge(b), b.merge(a), a.merge(ColumnProfile.create()).merge(b))) {
            assertThat(merged.rows()).isEqualTo(whole.rows());
            assertThat(merged.missing()).isEqualTo(whole.missing());
            assertThat(merged.type()).isEqualTo(whole.type());
            assertThat(Saved.bytes(merged.lengths()::write)).isEqualTo(Saved.bytes(whole.lengths()::write));
            assertThat(merged.moments().min())
                    .isEqualTo(Double.valueOf(whole.moments().min()));
            assertThat(merged.moments().count()).isEqualTo(whole.moments().count());
            assertThat(Saved.bytes(merged.distinct()::write)).isEqualTo(Saved.bytes(whole.distinct()::write));
            assertThat(merged.quantiles().count()).isEqualTo(whole.quantiles().count());
            assertThat(merged.categories().isComplete())
                    .isEqualTo(whole.categories().isComplete());
            if (whole.categories().isComplete()) {
                assertThat(merged.categories().values())
                        .isEqualTo(whole.categories().values());
                assertThat(merged.distribution().values())
                        .containsExactly(whole.distribution().values());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("columns")
    void theOrderOfRowsMattersToNoExactPart(List<String> values) {
        String[] shuffled = values.toArray(String[]::new);
        Collections.shuffle(Arrays.asList(shuffled), new Random(7));
        ColumnProfile one = spelled(values);
        ColumnProfile other = Columns.profile(Columns.spelled(shuffled));

        assertThat(other.type()).isEqualTo(one.type());
        assertThat(Saved.bytes(other.distinct()::write)).isEqualTo(Saved.bytes(one.distinct()::write));
        assertThat(Saved.bytes(other.lengths()::write)).isEqualTo(Saved.bytes(one.lengths()::write));
        assertThat(other.moments().max()).isEqualTo(Double.valueOf(one.moments().max()));
        if (one.categories().isComplete()) {
            assertThat(Saved.bytes(other.categories()::write)).isEqualTo(Saved.bytes(one.categories()::write));
        }
    }

    @ParameterizedTest
    @MethodSource("columns")
    void savingAndLoadingIsIdentityAndCarriesOn(List<String> values) {
        ColumnProfile profile = spelled(values);
        ColumnProfile loaded = Saved.copy(profile::write, ColumnProfile::read);

        assertThat(Saved.bytes(loaded::write)).isEqualTo(Saved.bytes(profile::write));
        for (ColumnProfile each : List.of(profile, loaded)) {
            each.add(Columns.spelled(values.toArray(String[]::new)), values.size());
        }
        assertThat(Saved.bytes(loaded::write)).isEqualTo(Saved.bytes(profile::write));
    }

    @Test
    void partsOfAFileMakeAProfile() {
        KllSketch quantiles = KllSketch.ofLevels(List.of(new double[] {1, 2, 3}), 1, 3);
        ColumnProfile profile = ColumnProfile.of(
                FeatureType.INTEGRAL,
                3,
                1,
                Moments.of(3, 2, 6, Math.sqrt(2 / 3.0), 1, 3, 0, 0),
                quantiles,
                Categories.of(Map.of(), 3, DistinctCount.stated(3)),
                TextLengths.create());

        assertThat(profile.type()).isEqualTo(FeatureType.INTEGRAL);
        assertThat(profile.rows()).isEqualTo(4);
        assertThat(profile.distribution().quantile(0.5)).isEqualTo(2);
        assertThat(profile.distinct().estimate()).isEqualTo(3);
        for (FeatureType type : FeatureType.values()) {
            ColumnProfile empty = ColumnProfile.of(
                    type, 0, 2, Moments.create(), KllSketch.create(), Categories.create(), TextLengths.create());
            assertThat(empty.missing()).isEqualTo(2);
        }
        assertThatThrownBy(() -> ColumnProfile.of(
                        FeatureType.UNKNOWN,
                        3,
                        0,
                        Moments.create(),
                        KllSketch.create(),
                        Categories.create(),
                        TextLengths.create()))
                .hasMessageContaining("UNKNOWN, 3, 0");
    }

    private static ColumnProfile spelled(List<String> values) {
        return Columns.profile(Columns.spelled(values.toArray(String[]::new)));
    }
}
