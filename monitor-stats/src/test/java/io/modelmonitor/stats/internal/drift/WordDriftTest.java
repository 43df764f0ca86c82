package io.modelmonitor.stats.internal.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Metric;
import io.modelmonitor.stats.evidence.PValues;
import io.modelmonitor.stats.sketch.Category;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordDriftTest {

    private static final int RUNS = 400;
    private static final Bound NONE = Bound.atMost(0);
    private static final List<String> DOMAINS = List.of("gmail.com", "gmail.com", "yahoo.com", "web.de", "acme.org");

    /** Four standard errors above 5 %. */
    private static final double MOST = 0.05 + 4 * Math.sqrt(0.05 * 0.95 / RUNS);

    private static List<Category> words(SplittableRandom random, int rows, double share) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            String domain = random.nextDouble() < share ? "corp.net" : DOMAINS.get(random.nextInt(DOMAINS.size()));
            texts.add("mr" + random.nextInt(1_000_000) + " " + (char) ('a' + random.nextInt(26)) + "xyz@" + domain);
        }
        return Samplers.profile(texts).reading().words();
    }

    @ParameterizedTest(name = "{0} rows after {1}")
    @CsvSource({"1, 60", "2, 500", "5, 500", "20, 100", "100, 500", "500, 500", "500, 60", "3000, 400"})
    @Tag("simulation")
    void withoutAChangeOneWindowInTwentyIsBelowFivePercentAtMost(int rows, int before) {
        SplittableRandom random = new SplittableRandom(rows);
        int below = 0;
        for (int run = 0; run < RUNS; run++) {
            Metric drift = WordDrift.of("x", words(random, before, 0), words(random, rows, 0), NONE);
            below += PValues.of(drift.evidence(), drift.value(), NONE) <= 0.05 ? 1 : 0;
        }
        assertThat(below / (double) RUNS).isLessThanOrEqualTo(MOST);
    }

    @Test
    void theChangeIsThatOfTheTextsDividedByTheirWords() {
        SplittableRandom random = new SplittableRandom(5);
        Metric drift = WordDrift.of("x", words(random, 50_000, 0), words(random, 50_000, 0.6), NONE);

        // Three words of each text take part; of the last two, 0.6 are others.
        assertThat(drift.value()).isBetween(0.38, 0.42);
        assertThat(drift.note()).contains("corp 0.0 %").contains("net 0.0 %");
        assertThat(PValues.of(drift.evidence(), drift.value(), NONE)).isLessThan(1e-9);
    }

    @Test
    void whereThereAreNoTextsNothingIsMeasured() {
        List<Category> words = words(new SplittableRandom(6), 10, 0);

        assertThat(WordDrift.isKnown(words)).isTrue();
        assertThat(WordDrift.isKnown(Samplers.profile(List.of("12", "a-1", "2024 Mar"))
                        .reading()
                        .words()))
                .isFalse();
        assertThat(WordDrift.isKnown(List.of())).isFalse();
        assertThat(WordDrift.of(
                                "x",
                                words,
                                Samplers.profile(List.of()).reading().words(),
                                NONE)
                        .isDefined())
                .isFalse();
        assertThat(WordDrift.of("x", words, List.of(), NONE).isDefined()).isFalse();
        assertThat(WordDrift.of("x", words, words, NONE).value()).isZero();
    }
}
