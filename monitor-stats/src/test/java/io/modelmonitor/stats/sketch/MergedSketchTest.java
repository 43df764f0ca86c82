package io.modelmonitor.stats.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.stats.Saved;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stated error of merged sketches beside the worst there is. */
class MergedSketchTest {

    private enum Parts {
        EQUAL {
            @Override
            double[] all(int parts, int size) {
                double[] part = new Random(size).doubles(size).toArray();
                return IntStream.range(0, parts * size)
                        .mapToDouble(i -> part[i % size])
                        .toArray();
            }
        },
        EQUAL_AND_SORTED {
            @Override
            double[] all(int parts, int size) {
                return IntStream.range(0, parts * size)
                        .mapToDouble(i -> i % size)
                        .toArray();
            }
        },
        SORTED {
            @Override
            double[] all(int parts, int size) {
                return IntStream.range(0, parts * size).asDoubleStream().toArray();
            }
        },
        RANDOM {
            @Override
            double[] all(int parts, int size) {
                return new Random(parts).doubles((long) parts * size).toArray();
            }
        };

        abstract double[] all(int parts, int size);
    }

    @ParameterizedTest
    @CsvSource({
        "2, 2500",
        "2, 20000",
        "3, 5000",
        "3, 20000",
        "7, 2500",
        "16, 1500",
        "16, 5000",
        "100, 100",
        "100, 2500",
        "1000, 100",
        "1000, 700"
    })
    void noRankIsFurtherOffThanStated(int parts, int size) {
        for (Parts kind : Parts.values()) {
            double[] all = kind.all(parts, size);
            List<KllSketch> sketches = IntStream.range(0, parts)
                    .mapToObj(i -> sketchOf(Arrays.copyOfRange(all, i * size, (i + 1) * size)))
                    .toList();
            double[] sorted = all.clone();
            Arrays.sort(sorted);
            List<KllSketch> merged =
                    List.of(fromTheFirst(sketches), fromTheLast(sketches), inPairs(sketches), atRandom(sketches));
            for (KllSketch sketch : merged) {
                assertThat(sketch.count()).isEqualTo(all.length);
                assertThat(worst(sketch, sorted)).as(kind + ", " + sketch).isLessThanOrEqualTo(sketch.rankError());
                assertThat(sketch.rankError()).isLessThan(0.004);
            }
            assertThat(Saved.bytes(fromTheFirst(sketches)::write)).isEqualTo(Saved.bytes(merged.get(0)::write));
        }
    }

    private static KllSketch sketchOf(double[] values) {
        KllSketch sketch = KllSketch.create();
        sketch.update(values, 0, values.length);
        return sketch;
    }

    private static KllSketch fromTheFirst(List<KllSketch> parts) {
        return parts.stream().reduce(KllSketch::merge).orElseThrow();
    }

    private static KllSketch fromTheLast(List<KllSketch> parts) {
        KllSketch merged = parts.get(parts.size() - 1);
        for (int i = parts.size() - 2; i >= 0; i--) {
            merged = parts.get(i).merge(merged);
        }
        return merged;
    }

    private static KllSketch inPairs(List<KllSketch> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        int half = parts.size() / 2;
        return inPairs(parts.subList(0, half)).merge(inPairs(parts.subList(half, parts.size())));
    }

    private static KllSketch atRandom(List<KllSketch> parts) {
        Random random = new Random(parts.size());
        List<KllSketch> left = new ArrayList<>(parts);
        while (left.size() > 1) {
            KllSketch one = left.remove(random.nextInt(left.size()));
            int other = random.nextInt(left.size());
            left.set(other, left.get(other).merge(one));
        }
        return left.get(0);
    }

    private static double worst(KllSketch sketch, double[] sorted) {
        WeightedValues values = sketch.values();
        double worst = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == sorted.length - 1 || sorted[i] < sorted[i + 1]) {
                worst = Math.max(worst, Math.abs(values.countAtMost(sorted[i]) - (i + 1.0)) / sorted.length);
            }
        }
        return worst;
    }
}
