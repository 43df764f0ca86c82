package io.modelmonitor;

import static java.util.stream.Collectors.averagingDouble;
import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.summingDouble;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Feature;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Row;
import io.modelmonitor.api.Schema;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.spi.MetricCalculator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
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
        assertThat(baseline.metric("size", "completeness").value()).isBetween(0.85, 0.95);
        assertThat(baseline.metric("size", "nothing")).isNull();
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
        MetricCalculator<?> mean = MetricCalculator.of("mean_size", averagingDouble(row -> row.number("size")));
        Baseline baseline = Baseline.of(table(1, 10_000), mean);
        Path file = folder.resolve("baseline");
        baseline.save(file);
        Baseline loaded = Baseline.load(file, mean);
        loaded.save(folder.resolve("again"));
        assertThat(Files.mismatch(file, folder.resolve("again"))).isEqualTo(-1);
        assertThat(loaded.schema()).isEqualTo(baseline.schema());
        assertThat(loaded.metrics()).isEqualTo(baseline.metrics());
        assertThat(loaded.id()).isEqualTo(baseline.id());
        assertThat(ConstraintSuggester.standard().suggest(loaded))
                .isEqualTo(ConstraintSuggester.standard().suggest(baseline));
    }

    @Test
    void aCalculatorWhoseStateCannotBeSavedIsNamedAndNoFileIsWritten() {
        MetricCalculator<?> words = MetricCalculator.of(
                "colours", collectingAndThen(mapping((Row row) -> row.text("colour"), toSet()), Set::size));
        Path file = folder.resolve("baseline");
        assertThatThrownBy(() -> Baseline.of(table(1, 10), words).save(file))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageStartingWith("calculator 'colours' cannot be saved: its collector has a state of HashSet");
        assertThat(file).doesNotExist();
    }

    @Test
    void aFileOfOtherCalculatorsIsRefusedByName() {
        MetricCalculator<?> mean = MetricCalculator.of("mean_size", averagingDouble(row -> row.number("size")));
        Path with = folder.resolve("with");
        Path without = folder.resolve("without");
        Baseline.of(table(1, 10), mean).save(with);
        Baseline.of(table(1, 10)).save(without);
        assertThatThrownBy(() -> Baseline.load(with))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it has a state of calculator 'mean_size', which is not among [profile]");
        assertThatThrownBy(() -> Baseline.load(without, mean))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it has no state of calculator 'mean_size'; there are [profile]");
    }

    @Test
    void twoCalculatorsOfOneNameOrTwoMetricsOfOneIdentityAreRefusedWithBothNamed() {
        MetricCalculator<?> one = MetricCalculator.of("mean", averagingDouble(row -> row.number("size")));
        MetricCalculator<?> other = MetricCalculator.of("mean", averagingDouble(row -> row.number("id")));
        assertThatThrownBy(() -> Baseline.of(table(1, 10), one, other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("calculators mean and mean are both named 'mean'; give one another name");
        MetricCalculator<?> same = MetricCalculator.ofMetrics(
                "same", collectingAndThen(counting(), n -> List.of(Metric.of("size", "mean", (double) n))));
        assertThatThrownBy(() -> Baseline.of(table(1, 10), same))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("calculator same: measures 'size mean', which calculator 'data_quality' measures too");
    }

    @Test
    void everySingleDamageOfAFileIsNoticed() throws IOException {
        Path file = folder.resolve("baseline");
        Baseline.of(table(1, 50)).save(file);
        byte[] bytes = Files.readAllBytes(file);
        int header = "modelmonitor-measurement 14 ".length();
        Random random = new Random(5);
        for (int i = 0; i < 500; i++) {
            byte[] damaged = bytes.clone();
            int place = header + random.nextInt(bytes.length - header);
            damaged[place] ^= (byte) (1 << random.nextInt(8));
            Path other = Files.write(folder.resolve("damaged"), damaged);
            assertThatThrownBy(() -> Baseline.load(other))
                    .as("byte %s", place)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("damaged")
                    .message()
                    .doesNotContain("\n");
        }
        for (int length = 0; length < bytes.length; length += 7) {
            Path other = Files.write(folder.resolve("torn"), Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> Baseline.load(other)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void mergingCountsAsOnePassOverBoth() {
        Baseline merged = Baseline.of(table(1, 3_000)).merge(Baseline.of(table(2, 4_000)));
        Baseline whole = Baseline.of(Datasets.concat(table(1, 3_000), table(2, 4_000)));
        assertThat(merged.profile().rows()).isEqualTo(7_000);
        assertThat(merged.schema()).isEqualTo(whole.schema());
        for (Metric expected : whole.metrics()) {
            double value = merged.metric(expected.subject(), expected.name()).value();
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
    void calculatorsMergeWithTheBaseline() {
        MetricCalculator<?> mean = MetricCalculator.of("mean_size", averagingDouble(row -> row.number("size")));
        Baseline merged = Baseline.of(table(1, 3_000), mean).merge(Baseline.of(table(2, 4_000), mean));
        Baseline whole = Baseline.of(Datasets.concat(table(1, 3_000), table(2, 4_000)), mean);
        assertThat(merged.metric("", "mean_size").value())
                .isCloseTo(whole.metric("", "mean_size").value(), within(1e-12));
        assertThat(merged.metric("", "mean_size").note())
                .isEqualTo(whole.metric("", "mean_size").note())
                .endsWith("of 7000 rows lack a value it needs");
        assertThatThrownBy(() -> merged.merge(Baseline.of(table(2, 10))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("calculator 'mean_size' measured one side only");
    }

    @Test
    void mergingLeavesBothSidesAsTheyWere() {
        MetricCalculator<?> mean = MetricCalculator.of("mean_size", averagingDouble(row -> row.number("size")));
        Baseline one = Baseline.of(table(1, 3_000), mean);
        Baseline other = Baseline.of(table(2, 4_000), mean);
        List<Metric> before = Baseline.of(one.measurement()).metrics();
        one.merge(other).merge(one);
        assertThat(Baseline.of(one.measurement()).metrics()).isEqualTo(before);
    }

    @Test
    void aDatasetWithoutRowsIsNoBaseline() {
        assertThatThrownBy(() -> Baseline.of(Datasets.of(Schema.ofNames("a"), List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no rows");
    }

    @Test
    void aCalculatorThatThrowsMakesNoBaseline() {
        MetricCalculator<?> broken = MetricCalculator.of("broken", summingDouble(row -> {
            throw new IllegalStateException("no");
        }));
        assertThatThrownBy(() -> Baseline.of(table(1, 10), broken))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("calculator broken: at row 1: IllegalStateException: no");
    }

    @Test
    void aFileThatIsNoBaselineIsRefusedInOneLine() throws IOException {
        Path foreign = Files.writeString(folder.resolve("foreign.json"), "{\"version\":0.0}");
        Path later = Files.writeString(folder.resolve("later"), "modelmonitor-measurement 99\n");
        Path torn = Files.writeString(folder.resolve("torn"), "modelmonitor-measurement 14 00000000\nxyz");
        for (Path file : List.of(foreign, later, torn)) {
            assertThatThrownBy(() -> Baseline.load(file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(file.getFileName().toString())
                    .message()
                    .doesNotContain("\n");
        }
        assertThatThrownBy(() -> Baseline.load(later))
                .hasMessageContaining("it is of version '99'; allowed is version 14");
        assertThatThrownBy(() -> Baseline.load(folder.resolve("absent"))).isInstanceOf(UncheckedIOException.class);
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
