package io.modelmonitor.sagemaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.Baseline;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.internal.json.Json;
import io.modelmonitor.stats.sketch.ColumnProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatisticsReaderTest {

    @TempDir
    private Path folder;

    @Test
    void aStatisticsFileIsABaselineThatCarriesOn() {
        Baseline first = Baseline.of(Datasets.csv(table("first.csv", 1, 3000)));
        Path file = folder.resolve("statistics.json");
        ServiceFiles.writeStatistics(first, file);
        Baseline second = Baseline.of(Datasets.csv(table("second.csv", 2, 3000)));
        Baseline merged = ServiceFiles.readStatistics(file).merge(second);
        Baseline both = first.merge(second);
        assertThat(merged.profile().rows()).isEqualTo(6000);
        ColumnProfile expected = both.profile().column("number");
        ColumnProfile found = merged.profile().column("number");
        assertThat(found.missing()).isEqualTo(expected.missing());
        assertThat(found.moments().mean()).isCloseTo(expected.moments().mean(), within(1e-12));
        assertThat(found.moments().variancePopulation())
                .isCloseTo(expected.moments().variancePopulation(), within(1e-9));
        assertThat(found.quantiles().quantile(0.5))
                .isCloseTo(expected.quantiles().quantile(0.5), within(0.2));
        assertThat(merged.profile().column("text").categories().values())
                .isEqualTo(both.profile().column("text").categories().values());
    }

    @Test
    void signsComeFromTheSketchWhereTheExtremesDoNotSettleThem() {
        Baseline first = Baseline.of(Datasets.csv(table("first.csv", 1, 1000)));
        Path file = folder.resolve("statistics.json");
        ServiceFiles.writeStatistics(first, file);
        ColumnProfile column = ServiceFiles.readStatistics(file).profile().column("number");
        assertThat(column.moments().negativeCount())
                .isPositive()
                .isEqualTo(first.profile().column("number").moments().negativeCount());
    }

    @Test
    void keysOfLaterYearsAreIgnored() {
        Baseline baseline = read("{'version':0.0,'dataset':{'item_count':3,'evaluation_time':'x'},'features':[{"
                + "'name':'x','inferred_type':'Fractional','later':[{}],'numerical_statistics':{'common':{'num_present':2,"
                + "'num_missing':1},'completeness':0.67,'approximate_num_distinct_values':2,'mean':1.5,'sum':3.0,"
                + "'std_dev':0.5,'min':1.0,'max':2.0}}]}");
        ColumnProfile column = baseline.profile().column("x");
        assertThat(baseline.profile().rows()).isEqualTo(3);
        assertThat(column.missing()).isEqualTo(1);
        assertThat(column.moments().mean()).isEqualTo(1.5);
        assertThat(column.distinct().estimate()).isEqualTo(2);
        assertThat(column.quantiles().count()).isZero();
    }

    @Test
    void missingValuesAreNoCategory() {
        Baseline baseline = read("{'features':[{'name':'s','inferred_type':'String','string_statistics':{"
                + "'common':{'num_present':5,'num_missing':2},'distinct_count':2.0,'distribution':{'categorical':{"
                + "'buckets':[{'value':'a','count':3},{'value':'NullValue','count':2},{'value':'b','count':2}]}}}}]}");
        assertThat(baseline.profile().column("s").categories().size()).isEqualTo(2);
        assertThat(baseline.profile().rows()).isEqualTo(7);
    }

    @Test
    void aColumnWithoutValuesIsUnknown() {
        Baseline baseline = read(
                "{'dataset':{'item_count':4},'features':[{'name':'u','inferred_type':'Unknown'},"
                        + "{'name':'t','inferred_type':'Unknown','string_statistics':{'common':{'num_present':0,'num_missing':4}}}]}");
        for (String name : List.of("u", "t")) {
            assertThat(baseline.profile().column(name).type()).isEqualTo(FeatureType.UNKNOWN);
            assertThat(baseline.profile().column(name).missing()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'version':'1.0','features':[]}",
                "{'version':2,'features':[]}",
                "{'features':{}}",
                "{'version':0.0,'dataset':{'item_count':1},'regression_metrics':{}}",
                "{'features':[{'name':'x'}]}",
                "{'features':[{'name':'x','inferred_type':'Complex'}]}",
                "{'features':[{'name':'x','inferred_type':'Integral','numerical_statistics':{}}]}",
                "{'features':[{'name':'x','inferred_type':'Unknown','numerical_statistics':{'common':{'num_present':1,'num_missing':0}}}]}",
                "{'features':[{'name':'s','inferred_type':'String','string_statistics':{'common':{'num_present':1,'num_missing':0},"
                        + "'distribution':{'categorical':{'buckets':[{'value':'a','count':9}]}}}}]}"
            })
    void whatIsNoStatisticsFileIsRefusedInOneLineThatNamesIt(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("statistics.json: ")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void aWrongValueIsNamedByItsPlace() {
        assertThatThrownBy(
                        () -> read(
                                "{'features':[{'name':'x','inferred_type':'Integral','numerical_statistics':{'common':{"
                                        + "'num_present':1,'num_missing':0},'distribution':{'kll':{'sketch':{'data':[[1.0,'two']]}}}}}]}"))
                .hasMessageEndingWith(
                        "features[0].numerical_statistics.distribution.kll.sketch.data[0][1] is 'two'; a finite number is expected");
    }

    @Test
    void deepAndHugeFilesAreRefused() {
        assertThatThrownBy(() -> read("[".repeat(100_000))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> read("{'version':" + "9".repeat(5000) + "}"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> read("{'features':[{'name':'x','inferred_type':'Integral','numerical_statistics':{"
                        + "'common':{'num_present':1e300,'num_missing':0}}}]}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("num_present is 1.0E300");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void anyDamageIsAClearErrorOrADefinedResult(long seed) {
        Path file = folder.resolve("statistics.json");
        ServiceFiles.writeStatistics(Baseline.of(Datasets.csv(table("table.csv", seed, 20))), file);
        SplittableRandom random = new SplittableRandom(seed);
        Object tree = Json.read(file);
        for (int i = 0; i < 60; i++) {
            String damaged = Json.write(damaged(tree, random, random.nextInt(2, 9)));
            assertThatCode(() -> {
                        try {
                            read(damaged);
                        } catch (IllegalArgumentException e) {
                            assertThat(e.getMessage())
                                    .contains("statistics.json")
                                    .doesNotContain("\n");
                        }
                    })
                    .doesNotThrowAnyException();
        }
    }

    private static @Nullable Object damaged(@Nullable Object tree, SplittableRandom random, int depth) {
        if (depth == 0 || !(tree instanceof Map || tree instanceof List) || isEmpty(tree)) {
            Object[] hostile = {
                null,
                "text",
                -1L,
                1e308,
                true,
                List.of(),
                Map.of(),
                "NaN",
                "Infinity",
                Long.MAX_VALUE,
                List.of(List.of(1L))
            };
            return hostile[random.nextInt(hostile.length)];
        }
        if (tree instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>(list);
            int place = random.nextInt(copy.size());
            copy.set(place, damaged(copy.get(place), random, depth - 1));
            return copy;
        }
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(Json.object(tree));
        String key = new ArrayList<>(copy.keySet()).get(random.nextInt(copy.size()));
        copy.put(key, damaged(copy.get(key), random, depth - 1));
        return copy;
    }

    private static boolean isEmpty(Object tree) {
        return tree instanceof List<?> list ? list.isEmpty() : tree instanceof Map<?, ?> map && map.isEmpty();
    }

    private Baseline read(String text) {
        Path file = folder.resolve("statistics.json");
        try {
            Files.writeString(file, text.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ServiceFiles.readStatistics(file);
    }

    private Path table(String name, long seed, int rows) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder csv = new StringBuilder("number,whole,text\n");
        for (int i = 0; i < rows; i++) {
            csv.append(random.nextInt(50) == 0 ? "" : random.nextDouble(-1, 9))
                    .append(',')
                    .append(random.nextInt(1000))
                    .append(',')
                    .append("abcdefg".charAt(random.nextInt(7)))
                    .append('\n');
        }
        Path file = folder.resolve(name);
        try {
            Files.writeString(file, csv);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }
}
