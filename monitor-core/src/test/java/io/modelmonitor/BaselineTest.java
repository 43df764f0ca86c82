package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Feature;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Schema;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.spi.MetricCalculator;
import io.modelmonitor.stats.evidence.StandardError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaselineTest {

    @TempDir
    private Path folder;

    @Test
    void aBaselineKnowsItsFeatures() {
        Baseline baseline = Baseline.of(table(1, 2_000));
        assertThat(baseline.schema().features())
                .extracting(Feature::type)
                .containsExactly(FeatureType.INTEGRAL, FeatureType.FRACTIONAL, FeatureType.STRING, FeatureType.BOOLEAN);
        assertThat(baseline.schema().feature("colour").domain()).isEqualTo(Set.of("red", "green", "blue"));
        assertThat(baseline.metric("completeness", "size").value()).isBetween(0.85, 0.95);
        assertThat(baseline.metric("nothing", "size")).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void anyNumberOfThreadsGivesTheSameBytes(int threads) throws IOException {
        Dataset table = table(1, 20_000);
        Baseline.of(1, table).save(folder.resolve("one.json"));
        Baseline.of(threads, table).save(folder.resolve("many.json"));
        assertThat(Files.mismatch(folder.resolve("one.json"), folder.resolve("many.json")))
                .isEqualTo(-1);
    }

    @Test
    void savingAndLoadingIsTheIdentity() throws IOException {
        MetricCalculator counting = reference -> Collectors.collectingAndThen(
                Collectors.counting(),
                count -> List.of(
                        new Metric("count", Metric.DATASET, count, new StandardError(3)).noting("of rows"),
                        Metric.undefined("recall", "class=1", "there is no label")));
        Baseline baseline = Baseline.of(table(1, 10_000), counting);
        Path file = folder.resolve("baseline.json");
        baseline.save(file);
        Baseline loaded = Baseline.load(file);
        loaded.save(folder.resolve("again.json"));
        assertThat(Files.mismatch(file, folder.resolve("again.json"))).isEqualTo(-1);
        assertThat(loaded.schema()).isEqualTo(baseline.schema());
        assertThat(loaded.metrics()).isEqualTo(baseline.metrics());
    }

    @Test
    void mergingCountsAsOnePassOverBoth() {
        Baseline merged = Baseline.of(table(1, 3_000)).merge(Baseline.of(table(2, 4_000)));
        Baseline whole = Baseline.of(Datasets.concat(table(1, 3_000), table(2, 4_000)));
        assertThat(merged.profile().rows()).isEqualTo(7_000);
        assertThat(merged.schema()).isEqualTo(whole.schema());
        for (Metric expected : whole.metrics()) {
            double value = merged.metric(expected.name(), expected.subject()).value();
            assertThat(value)
                    .as(expected.name())
                    .isCloseTo(
                            expected.value(),
                            org.assertj.core.api.Assertions.offset(1e-12 * Math.max(1, Math.abs(expected.value()))));
        }
    }

    @Test
    void aLoadedBaselineCanBeMerged() {
        Path file = folder.resolve("baseline.json");
        Baseline.of(table(1, 3_000)).save(file);
        assertThat(Baseline.load(file)
                        .merge(Baseline.of(table(2, 10)))
                        .profile()
                        .rows())
                .isEqualTo(3_010);
    }

    @Test
    void metricsOfCalculatorsDoNotMerge() {
        MetricCalculator one = reference ->
                Collectors.collectingAndThen(Collectors.counting(), n -> List.of(new Metric("count", "", n)));
        Baseline baseline = Baseline.of(table(1, 10), one);
        assertThatThrownBy(() -> baseline.merge(Baseline.of(table(2, 10))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'count'");
    }

    @Test
    void aDatasetWithoutRowsIsNoBaseline() {
        assertThatThrownBy(() -> Baseline.of(Datasets.of(Schema.ofNames("a"), List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no rows");
    }

    @Test
    void aCalculatorThatThrowsMakesNoBaseline() {
        MetricCalculator broken = reference -> {
            throw new IllegalStateException("no");
        };
        assertThatThrownBy(() -> Baseline.of(table(1, 10), broken)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aFileThatIsNoBaselineIsRefusedInOneLine() throws IOException {
        Path foreign = Files.writeString(folder.resolve("foreign.json"), "{\"version\":0.0}");
        Path later = Files.writeString(
                folder.resolve("later.json"), "{\"format\":\"modelmonitor.baseline\",\"version\":99,\"metrics\":[]}");
        Path torn = Files.writeString(folder.resolve("torn.json"), "{\"format\":\"modelmonitor.baseline\",\"vers");
        for (Path file : List.of(foreign, later, torn)) {
            assertThatThrownBy(() -> Baseline.load(file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(file.getFileName().toString())
                    .message()
                    .doesNotContain("\n");
        }
        assertThatThrownBy(() -> Baseline.load(folder.resolve("absent.json"))).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void threadsAreAtLeastOne() {
        assertThatThrownBy(() -> Baseline.of(0, table(1, 10))).hasMessageContaining("threads is 0");
    }

    private static Dataset table(long seed, int rows) {
        Random random = new Random(seed);
        String[] colours = {"red", "green", "blue"};
        List<@Nullable Object[]> values = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            values.add(new @Nullable Object[] {
                i,
                random.nextInt(10) == 0 ? null : random.nextGaussian(),
                colours[random.nextInt(3)],
                random.nextBoolean()
            });
        }
        return Datasets.of(Schema.ofNames("id", "size", "colour", "flag"), values);
    }
}
