package io.modelmonitor;

import static io.modelmonitor.fairness.Bias.bias;
import static io.modelmonitor.quality.ModelQuality.modelQuality;
import static java.util.stream.Collectors.averagingDouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Schema;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.quality.DataQuality;
import io.modelmonitor.spi.MetricCalculator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Parts that are measured elsewhere: by calculators that were sent there, and merged here. */
class MeasurementsOfPartsTest {

    private static final MetricCalculator<?>[] CALCULATORS = {
        modelQuality().label("defaulted").score("score"), bias("sex", "F").label("defaulted")
    };

    @Test
    void mergingAllPartsIsMergingTwoAtATime() throws IOException {
        List<Measurement> parts = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            parts.add(Measurement.of(people(i, i == 5 ? 0 : 1_500), CALCULATORS));
        }
        List<byte[]> before = new ArrayList<>();
        for (Measurement part : parts) {
            before.add(bytes(part));
        }
        Measurement twoAtATime = parts.stream().reduce(Measurement::merge).orElseThrow();
        Measurement merged = Measurement.merged(parts);
        assertThat(merged.rows()).isEqualTo(11 * 1_500);
        assertThat(bytes(merged)).isEqualTo(bytes(twoAtATime));
        for (int i = 0; i < parts.size(); i++) {
            assertThat(bytes(parts.get(i))).isEqualTo(before.get(i));
        }
    }

    @Test
    void noPartsAndPartsOfOtherCalculatorsAreRefused() {
        assertThatThrownBy(() -> Measurement.merged(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parts is empty; allowed is at least one");
        Measurement one = Measurement.of(people(1, 10), CALCULATORS);
        Measurement other = Measurement.of(people(2, 10));
        assertThatThrownBy(() -> Measurement.merged(List.of(one, other)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("calculator 'model_quality' measured one side only");
    }

    @Test
    void exactlyTheCalculatorsOfAnotherMeasurementMeasure() throws IOException {
        Monitor only = Monitor.against(Baseline.of(people(1, 500), CALCULATORS)).watchingOnly(CALCULATORS[0]);
        Measurement nothing = only.measure(people(1, 0));
        assertThat(nothing.calculators()).containsExactly(CALCULATORS[0]);
        Measurement some = Measurement.of(2, people(2, 500), nothing.calculators());
        assertThat(bytes(some)).isEqualTo(bytes(only.measure(people(2, 500))));
        Measurement read = Measurement.read(new ByteArrayInputStream(bytes(some)), nothing.calculators());
        assertThat(bytes(read)).isEqualTo(bytes(some));
    }

    @Test
    void aBaselineKeepsCalculatorsThatMeasureFromOneState() {
        MetricCalculator<?> mine = DataQuality.drift("drift.mine", (before, now) -> 0.5);
        Measurement measurement = Measurement.of(people(1, 500), mine);
        assertThat(measurement.calculators()).containsExactly(DataQuality.standard());
        assertThat(Baseline.of(measurement, mine).calculators()).containsExactly(DataQuality.standard(), mine);
        assertThat(Baseline.of(measurement, mine).metrics())
                .isEqualTo(Baseline.of(people(1, 500), mine).metrics());
    }

    @Test
    void mapsThatAreMadeAsTheyAreReadAreReadAsAList() throws IOException {
        List<Map<String, Integer>> maps =
                IntStream.range(0, 50).mapToObj(i -> Map.of("a", i)).toList();
        List<String> closed = new ArrayList<>();
        Dataset made = Datasets.rows(() -> maps.stream().onClose(() -> closed.add("closed")));
        assertThat(bytes(Measurement.of(made))).isEqualTo(bytes(Measurement.of(Datasets.rows(maps))));
        assertThat(closed).containsExactly("closed");
    }

    static Stream<MetricCalculator<?>> sent() {
        return Stream.of(
                MetricCalculator.portable(
                        () -> MetricCalculator.of("mean_score", averagingDouble(row -> row.number("score")))),
                MetricCalculator.portable(
                                () -> MetricCalculator.of("mean_score", averagingDouble(row -> row.number("score"))))
                        .named("another")
                        .onOneThread(),
                modelQuality().label("defaulted").score("score").by("sex"),
                bias("sex").label("defaulted"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sent")
    void aCalculatorThatWasSentMeasuresTheSame(MetricCalculator<?> calculator)
            throws IOException, ClassNotFoundException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(sent)) {
            out.writeObject(calculator);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(sent.toByteArray()))) {
            MetricCalculator<?> received = (MetricCalculator<?>) in.readObject();
            assertThat(received).isNotSameAs(calculator).hasToString(calculator.toString());
            assertThat(received.name()).isEqualTo(calculator.name());
            assertThat(received.isOnOneThread()).isEqualTo(calculator.isOnOneThread());
            assertThat(Baseline.of(people(3, 800), received).metrics())
                    .isEqualTo(Baseline.of(people(3, 800), calculator).metrics());
        }
    }

    private static Dataset people(long seed, int rows) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Object[]> people = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            double score = random.nextDouble();
            people.add(new Object[] {random.nextBoolean() ? "F" : "M", score, random.nextDouble() < score ? 1 : 0});
        }
        return Datasets.of(Schema.ofNames("sex", "score", "defaulted"), people);
    }

    private static byte[] bytes(Measurement measurement) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        measurement.write(bytes);
        return bytes.toByteArray();
    }
}
