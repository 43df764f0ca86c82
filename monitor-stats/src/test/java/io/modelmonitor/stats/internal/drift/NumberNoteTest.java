package io.modelmonitor.stats.internal.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class NumberNoteTest {

    private static double[] normal(DoubleUnaryOperator change) {
        SplittableRandom random = new SplittableRandom(7);
        double[] numbers = new double[2_000];
        for (int i = 0; i < numbers.length; i++) {
            double sum = 0;
            for (int k = 0; k < 12; k++) {
                sum += random.nextDouble();
            }
            numbers[i] = change.applyAsDouble(sum - 6);
        }
        return numbers;
    }

    private static double[] ones(int of100) {
        double[] numbers = new double[100];
        Arrays.fill(numbers, 0, of100, 1);
        return numbers;
    }

    private static String note(double[] before, double[] after) {
        return new NumberDistances(EmpiricalDistribution.of(before), EmpiricalDistribution.of(after)).note();
    }

    @Test
    void aChangeOfOneValueIsSaidOfThatValue() {
        assertThat(note(ones(20), ones(35))).isIn("1.000: 20.0 % -> 35.0 %", "0: 80.0 % -> 65.0 %");
    }

    @Test
    void aValueThatIsStuckIsSaid() {
        assertThat(note(new double[] {1, 2, 3, 4}, new double[] {3, 3, 3})).isEqualTo("3.000: 25.0 % -> 100.0 %");
    }

    @Test
    void aShiftIsSaidByTheMediansAndNeverByEqualOnes() {
        assertThat(note(normal(x -> 10 + x), normal(x -> 12 + x)))
                .matches("median (9.9|10.0)[0-9]+ -> (11.9|12.0)[0-9]+|median .*");
        assertThat(note(normal(x -> x * 1e-9 + 1), normal(x -> x * 2e-9 + 1))).doesNotContain("median");
    }

    @Test
    void aWiderSpreadIsSaidByItsRatio() {
        assertThat(note(normal(x -> x), normal(x -> 1.3 * x))).isEqualTo("spread x 1.300");
    }

    @Test
    void anyOtherChangeIsSaidWhereItIsGreatest() {
        // The lower tail goes further down: neither the median nor the quartiles tell.
        assertThat(note(normal(x -> x), normal(x -> x < -1 ? x - 3 : x)))
                .matches("at most -[0-9.]+: [0-9.]+ % -> [0-9.]+ %");
    }

    @Test
    void equalNumbersHaveNoNote() {
        assertThat(note(ones(20), ones(20))).isEmpty();
    }
}
