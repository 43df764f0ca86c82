package io.modelmonitor.stats.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeCountsTest {

    private static final int GROUPS = 7;
    private static final int STRATA = 30;
    private static final int CATEGORIES = 5;

    @Test
    void comparesAGroupWithAllOthersTogether() {
        OutcomeCounts counts = OutcomeCounts.create();
        counts.add(0, 0, Outcomes.POSITIVE, Outcomes.POSITIVE);
        counts.add(1, 0, Outcomes.NEGATIVE, Outcomes.POSITIVE);
        counts.add(2, 1, Outcomes.POSITIVE, Outcomes.NEGATIVE);
        counts.add(2, OutcomeCounts.NO_STRATUM, Outcomes.UNKNOWN, Outcomes.NEGATIVE);

        GroupComparison comparison = counts.comparison(2);

        assertThat(counts.groups()).isEqualTo(3);
        assertThat(comparison.group()).isEqualTo(new Outcomes(0, 0, 1, 0, 0, 0, 0, 1, 0));
        assertThat(comparison.rest()).isEqualTo(Outcomes.of(1, 1, 0, 0));
        assertThat(comparison.labelStrata().counts()).containsExactly(0, 0, 1, 1, 1, 0, 0, 0);
        assertThat(comparison.predictionStrata().counts()).containsExactly(0, 0, 2, 0, 0, 1, 0, 0);
        assertThat(counts.outcomes(2)).isEqualTo(comparison.group());
    }

    @Test
    void findsNobodyInAGroupThatWasNotMet() {
        OutcomeCounts counts = counts(1, 0, 50, code -> code);

        assertThat(counts.comparison(99).group()).isEqualTo(Outcomes.NONE);
        assertThat(counts.comparison(99).rest().size()).isEqualTo(50);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void mergesToWhatOnePassCounts(long seed) {
        OutcomeCounts whole = counts(seed, 0, 1_000, code -> code);
        OutcomeCounts first = counts(seed, 0, 300, code -> code);
        // The second part has met everything in another order.
        OutcomeCounts second = counts(seed, 300, 1_000, code -> 1_000 - code);
        int[] codes = IntStream.rangeClosed(0, 1_000).map(code -> 1_000 - code).toArray();

        first.merge(second, codes, codes, codes);

        for (int group = 0; group < GROUPS; group++) {
            assertThat(first.comparison(group))
                    .hasToString(whole.comparison(group).toString());
            assertThat(first.comparison(group).labelStrata().counts())
                    .containsExactly(whole.comparison(group).labelStrata().counts());
        }
    }

    @Test
    void countsTheSameWhateverTheOrder() {
        OutcomeCounts forwards = OutcomeCounts.create();
        OutcomeCounts backwards = OutcomeCounts.create();
        for (int i = 0; i < 500; i++) {
            forwards.add(i % 3, i % 100, i % 2, i % 3);
            int j = 499 - i;
            backwards.add(j % 3, j % 100, j % 2, j % 3);
        }

        assertThat(forwards.comparison(1).predictionStrata().counts())
                .containsExactly(backwards.comparison(1).predictionStrata().counts());
    }

    @Test
    void refusesStrataThatAreNotFourCounts() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Strata.of(new long[][] {{1, 2, 3}}))
                .withMessageContaining("counts[0]");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> GroupComparison.of(Outcomes.NONE, Outcomes.NONE).withLabels(new long[2], new long[3]))
                .withMessageContaining("ofGroup: 2");
    }

    private static OutcomeCounts counts(long seed, int from, int to, IntUnaryOperator code) {
        SplittableRandom random = new SplittableRandom(seed);
        OutcomeCounts counts = OutcomeCounts.create();
        for (int i = 0; i < to; i++) {
            int group = code.applyAsInt(random.nextInt(GROUPS));
            int stratum = random.nextInt(STRATA);
            int label = random.nextInt(3);
            int prediction = random.nextInt(3);
            int category = random.nextInt(CATEGORIES);
            if (i >= from) {
                counts.add(
                        group,
                        stratum % 9 == 8 ? OutcomeCounts.NO_STRATUM : code.applyAsInt(stratum),
                        label,
                        prediction);
                counts.addCategory(group, label == 2 ? OutcomeCounts.NO_CATEGORY : code.applyAsInt(category));
            }
        }
        return counts;
    }
}
