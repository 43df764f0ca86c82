package io.modelmonitor.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelmonitor.stats.sketch.Categories;
import io.modelmonitor.stats.sketch.Category;
import io.modelmonitor.stats.sketch.ColumnProfile;
import io.modelmonitor.stats.sketch.DistinctCount;
import io.modelmonitor.stats.sketch.KllSketch;
import io.modelmonitor.stats.sketch.Moments;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class SketchCasesTest {

    /** The tolerance of the sketch at the ranks and quantiles of a case; elsewhere its own stated error. */
    private static final double RANK_ERROR = 0.002;

    private static final double DISTINCT_ERROR = 0.02;

    @TestFactory
    Stream<DynamicTest> sequences() {
        return GoldenCases.of("sketch", "sequence", SketchCasesTest::checkSequence);
    }

    @TestFactory
    Stream<DynamicTest> distinctKeys() {
        return GoldenCases.of("sketch", "distinct_keys", SketchCasesTest::checkKeys);
    }

    private static void checkSequence(GoldenCase golden) throws Exception {
        double[] values = SketchSequence.of(golden.parameters());
        JsonNode expected = golden.expected();
        checkRebuilt(values, expected.path("fingerprint"));
        ColumnProfile whole = Columns.profile(values, 0, values.length);
        ColumnProfile merged = null;
        for (JsonNode quarter : expected.path("quarters")) {
            ColumnProfile part = Columns.profile(
                    values,
                    quarter.path("from").asInt(),
                    quarter.path("to_exclusive").asInt());
            checkMoments(golden, part.moments(), quarter);
            checkDistinct(part.distinct(), quarter);
            merged = merged == null ? part : merged.merge(part);
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        for (ColumnProfile profile : List.of(whole, merged)) {
            assertThat(profile.present()).isEqualTo(expected.path("n").asLong());
            checkMoments(golden, profile.moments(), expected);
            golden.tolerance().check("mean", profile.moments().mean(), expected.path("mean"));
            golden.tolerance("variance_population")
                    .check("variance", profile.moments().variancePopulation(), expected.path("variance_population"));
            golden.tolerance("variance_population")
                    .check(
                            "standard deviation",
                            profile.moments().standardDeviationPopulation(),
                            expected.path("std_dev_population"));
            checkDistinct(profile.distinct(), expected);
            checkDistinct(profile.distinctNumbers(), expected);
            checkRanks(profile.quantiles(), sorted, expected);
            checkCategories(profile.categories(), expected, true);
        }
    }

    private static void checkRebuilt(double[] values, JsonNode fingerprint) throws Exception {
        DriftInputs.checkRebuilt(values, fingerprint);
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static void checkMoments(GoldenCase golden, Moments moments, JsonNode expected) {
        Tolerance.EXACT.check("min", moments.min(), expected.path("min"));
        Tolerance.EXACT.check("max", moments.max(), expected.path("max"));
        golden.tolerance().check("sum", moments.sum(), expected.path("sum"));
    }

    private static void checkDistinct(DistinctCount distinct, JsonNode expected) {
        double count = expected.path("distinct_count").asDouble();
        assertThat(distinct.estimate()).isCloseTo(count, within(distinct.isExact() ? 0 : DISTINCT_ERROR * count));
        assertThat(distinct.isExact()).isEqualTo(count <= DistinctCount.EXACT_LIMIT);
    }

    /** Ranks of the case, of its quantiles, and of every thousandth of the data. */
    private static void checkRanks(KllSketch sketch, double[] sorted, JsonNode expected) {
        double n = sorted.length;
        double allowed = sketch.isExact() ? 0 : RANK_ERROR;
        assertThat(sketch.count()).isEqualTo(sorted.length);
        assertThat(sketch.rankError()).isLessThanOrEqualTo(sketch.isExact() ? 0 : 0.003);
        for (JsonNode rank : expected.path("ranks")) {
            double x = Tolerance.number(rank.path("value"));
            assertThat(sketch.rankBelow(x))
                    .as("rank below %s", x)
                    .isCloseTo(rank.path("count_less_than").asLong() / n, within(allowed));
            assertThat(sketch.rank(x))
                    .as("rank of %s", x)
                    .isCloseTo(rank.path("count_less_or_equal").asLong() / n, within(allowed));
        }
        for (JsonNode quantile : expected.path("quantiles_inverted_cdf")) {
            double p = quantile.path("p").asDouble();
            double exact = Tolerance.number(quantile.path("value"));
            checkQuantile(sketch, sorted, p, allowed);
            assertThat(sketch.rankBelow(exact))
                    .as("rank below the %s-quantile", p)
                    .isLessThanOrEqualTo(p + allowed);
            assertThat(sketch.rank(exact)).as("rank of the %s-quantile", p).isGreaterThanOrEqualTo(p - allowed - 1e-12);
        }
        for (int i = 0; i < sorted.length; i += Math.max(1, sorted.length / 1000)) {
            assertThat(sketch.rank(sorted[i]))
                    .as("rank of %s", sorted[i])
                    .isCloseTo(countAtMost(sorted, sorted[i]) / n, within(sketch.rankError()));
        }
        Tolerance.EXACT.check("minimum", sketch.quantile(0), expected.path("min"));
        Tolerance.EXACT.check("maximum", sketch.quantile(1), expected.path("max"));
    }

    /** The ranks that a quantile covers have to come near its share. */
    private static void checkQuantile(KllSketch sketch, double[] sorted, double p, double allowed) {
        double quantile = sketch.quantile(p);
        double n = sorted.length;
        double below = Arrays.stream(sorted).filter(x -> x < quantile).count() / n;
        double atMost = countAtMost(sorted, quantile) / n;
        assertThat(Math.max(0, Math.max(below - p, p - atMost)))
                .as("rank error of the %s-quantile %s", p, quantile)
                .isLessThanOrEqualTo(allowed);
    }

    private static long countAtMost(double[] sorted, double x) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] <= x) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static void checkCategories(Categories categories, JsonNode expected, boolean numbers) {
        long n = expected.path("n").asLong();
        assertThat(categories.total()).isEqualTo(n);
        for (JsonNode frequent : expected.path("most_frequent")) {
            String value = numbers
                    ? Double.toString(frequent.path("value").asDouble())
                    : frequent.path("value").asText();
            long count = frequent.path("count").asLong();
            if (categories.isComplete()) {
                assertThat(categories.count(value)).as(value).isEqualTo(count);
            } else if (!numbers) {
                assertThat(categories.count(value)).isBetween(count - categories.countError(), count);
            }
        }
        if (categories.isComplete() && expected.has("singleton_count")) {
            assertThat(categories.values().stream().filter(c -> c.count() == 1).count())
                    .isEqualTo(expected.path("singleton_count").asLong());
        }
        if (categories.isComplete() && expected.has("entropy_nats")) {
            double entropy = -categories.values().stream()
                    .mapToDouble(Category::count)
                    .map(count -> count / n * Math.log(count / n))
                    .sum();
            assertThat(entropy).isCloseTo(expected.path("entropy_nats").asDouble(), within(1e-9));
        }
    }

    private static void checkKeys(GoldenCase golden) throws Exception {
        String[] keys = SketchSequence.keys(golden.parameters());
        JsonNode expected = golden.expected();
        for (int i = 0; i < expected.path("fingerprint").path("first_5").size(); i++) {
            assertThat(keys[i])
                    .isEqualTo(
                            expected.path("fingerprint").path("first_5").get(i).asText());
        }
        assertThat(keys[keys.length - 1])
                .isEqualTo(expected.path("fingerprint").path("last").asText());
        String lines = String.join("\n", keys) + "\n";
        assertThat(sha256(lines.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(expected.path("fingerprint").path("sha256_of_lines").asText());
        ColumnProfile whole = Columns.profile(keys, 0, keys.length);
        List<ColumnProfile> quarters = IntStream.range(
                        0, expected.path("quarters").size())
                .mapToObj(i -> expected.path("quarters").get(i))
                .map(quarter -> Columns.profile(
                        keys,
                        quarter.path("from").asInt(),
                        quarter.path("to_exclusive").asInt()))
                .toList();
        for (int i = 0; i < quarters.size(); i++) {
            checkDistinct(quarters.get(i).distinct(), expected.path("quarters").get(i));
        }
        ColumnProfile merged = quarters.stream().reduce(ColumnProfile::merge).orElseThrow();
        for (ColumnProfile profile : List.of(whole, merged)) {
            checkDistinct(profile.distinct(), expected);
            checkCategories(profile.categories(), expected, false);
        }
    }
}
