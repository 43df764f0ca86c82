package io.modelmonitor.stats.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.stats.Saved;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowSpansTest {

    @ParameterizedTest
    @ValueSource(ints = {3, 50, 400, 3_000})
    void partsInTheirOrderMergeToWhatOnePassFinds(int different) {
        SplittableRandom random = new SplittableRandom(different);
        String[] texts = random.ints(3_000, 0, different)
                .mapToObj(number -> "t" + number)
                .toArray(String[]::new);
        byte[] whole = Saved.bytes(spans(texts)::write);

        for (int parts : new int[] {2, 3, 30}) {
            RowSpans merged = new RowSpans();
            int from = 0;
            for (int part = 1; part <= parts; part++) {
                int to = part == parts ? texts.length : from + random.nextInt((texts.length - from) / 2 + 1);
                merged = merged.merge(spans(Arrays.copyOfRange(texts, from, to)));
                from = to;
            }
            assertThat(Saved.bytes(merged::write)).as("%d parts", parts).isEqualTo(whole);
        }
        assertThat(Saved.bytes(Saved.read(RowSpans::read, whole)::write)).isEqualTo(whole);
    }

    @Test
    void sessionsComeAndGoAndBatchesComeInRuns() {
        String[] sessions = texts(2_000, row -> "s" + (row / 40 * 5 + row % 5));
        String[] batches = texts(2_000, row -> "b" + row / 40);

        assertThat(spans(sessions).comeAndGo(2_000)).isTrue();
        assertThat(spans(sessions).areRuns(2_000)).isFalse();
        assertThat(spans(batches).areRuns(2_000)).isTrue();
    }

    @Test
    void textsInAnyOrderNeitherComeAndGoNorComeInRuns() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1_000; i++) {
            int rows = 50 + random.nextInt(500);
            int different = 2 + random.nextInt(rows / 4);
            RowSpans spans = spans(texts(rows, row -> "t" + random.nextInt(different)));

            assertThat(spans.comeAndGo(rows)).as("%d of %d", different, rows).isFalse();
            assertThat(spans.areRuns(rows)).as("%d of %d", different, rows).isFalse();
        }
    }

    private static String[] texts(int rows, IntFunction<String> text) {
        return IntStream.range(0, rows).mapToObj(text).toArray(String[]::new);
    }

    private static RowSpans spans(String... texts) {
        RowSpans spans = new RowSpans();
        for (String text : texts) {
            spans.add(text);
        }
        return spans;
    }
}
