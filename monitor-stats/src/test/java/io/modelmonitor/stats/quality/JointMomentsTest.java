package io.modelmonitor.stats.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.stats.Saved;
import io.modelmonitor.stats.internal.Packed;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Moments of pairs, beside their definitions over the pairs. */
class JointMomentsTest {

    private static final double[][] PAIRS = pairs();

    /** Returns skewed pairs that hang together, far from their origin, whose mean wanders. */
    private static double[][] pairs() {
        SplittableRandom random = new SplittableRandom(3);
        double[][] pairs = new double[90][];
        for (int i = 0; i < pairs.length; i++) {
            double x = Math.exp(random.nextGaussian()) + i / 20.0;
            pairs[i] = new double[] {5 + x, 0.5 * x + Math.pow(random.nextGaussian(), 2) - 3};
        }
        return pairs;
    }

    private static JointMoments of(int from, int to) {
        JointMoments moments = new JointMoments();
        for (int i = from; i < to; i++) {
            moments.add(PAIRS[i][0], PAIRS[i][1]);
        }
        return moments;
    }

    private static double mean(int count, ToDoubleFunction<double[]> of) {
        return Arrays.stream(PAIRS).limit(count).mapToDouble(of).sum() / count;
    }

    private static double covariance(int count, ToDoubleFunction<double[]> one, ToDoubleFunction<double[]> other) {
        double meanOne = mean(count, one);
        double meanOther = mean(count, other);
        return mean(count, pair -> (one.applyAsDouble(pair) - meanOne) * (other.applyAsDouble(pair) - meanOther));
    }

    private static void assertMomentsOf(int count, JointMoments moments) {
        double meanX = mean(count, pair -> pair[0]);
        double meanY = mean(count, pair -> pair[1]);
        ToDoubleFunction<double[]> squareY = pair -> Math.pow(pair[1] - meanY, 2);
        assertThat(moments.count()).isEqualTo(count);
        assertThat(moments.meanX()).isCloseTo(meanX, within(1e-12));
        assertThat(moments.varianceX()).isCloseTo(covariance(count, pair -> pair[0], pair -> pair[0]), within(1e-11));
        assertThat(moments.varianceY()).isCloseTo(covariance(count, pair -> pair[1], pair -> pair[1]), within(1e-11));
        assertThat(moments.meanSquareX()).isCloseTo(mean(count, pair -> pair[0] * pair[0]), within(1e-10));
        assertThat(moments.varianceOfSquareY()).isCloseTo(covariance(count, squareY, squareY), within(1e-9));
        for (double offset : new double[] {0, 1.5, -2}) {
            ToDoubleFunction<double[]> squareX = pair -> Math.pow(pair[0] - (meanX - offset), 2);
            assertThat(moments.varianceOfSquareX(offset)).isCloseTo(covariance(count, squareX, squareX), within(1e-8));
            assertThat(moments.covarianceOfSquares(offset))
                    .isCloseTo(covariance(count, squareX, squareY), within(1e-9));
        }
    }

    @Test
    void theyAreThoseOfTheirDefinitions() {
        for (int count : new int[] {1, 2, 3, 90}) {
            assertMomentsOf(count, of(0, count));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 85", "1, 2", "30, 60", "30, 30", "85, 85"})
    void theyAreTheSameHoweverThePairsWereCut(int first, int second) {
        JointMoments merged = of(0, first);
        merged.merge(of(first, second));
        merged.merge(of(second, 90));
        assertMomentsOf(90, merged);

        JointMoments behind = of(first, second);
        behind.merge(of(second, 85));
        JointMoments before = of(0, first);
        before.merge(behind);
        for (int i = 85; i < 90; i++) {
            before.add(PAIRS[i][0], PAIRS[i][1]);
        }
        assertMomentsOf(90, before);
    }

    @Test
    void theyAreReadAsTheyWereWrittenAndGoOn() {
        for (int count : new int[] {0, 40}) {
            byte[] bytes = Saved.bytes(of(0, count)::write);
            JointMoments read = read(bytes);
            assertThat(Saved.bytes(read::write)).isEqualTo(bytes);
            read.merge(of(count, 90));
            assertMomentsOf(90, read);
        }
    }

    @Test
    void negativeSumsOfSquaresAreRefused() {
        for (int place : new int[] {4, 6}) {
            for (double sum : new double[] {0, -1e-9}) {
                byte[] bytes = Saved.bytes(out -> {
                    Packed.writeCount(out, 5);
                    for (int i = 0; i < 14; i++) {
                        out.writeDouble(i == place ? sum : 1);
                    }
                });
                if (sum < 0) {
                    assertThatThrownBy(() -> read(bytes)).hasMessageContaining("sums of squares of ");
                } else {
                    assertThat(read(bytes).count()).isEqualTo(5);
                }
            }
        }
    }

    private static JointMoments read(byte[] bytes) {
        return Saved.read(
                in -> {
                    JointMoments moments = new JointMoments();
                    moments.read(in);
                    return moments;
                },
                bytes);
    }
}
