package io.modelmonitor.watch;

import static io.modelmonitor.watch.Hours.hour;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.Measurement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpansTest {

    private static final Measurement FIVE_ROWS = Hours.monitor().measure(Hours.rows(1, 5, 0));

    @Test
    void everyWindowIsInOneSpanOfEachLength() {
        Spans spans = new Spans(Duration.ofHours(1));
        List<Spans.Closed> closed = new ArrayList<>();
        for (int i = 0; i < 24 * 28; i++) {
            closed.addAll(spans.add(new Window(hour(i), hour(i + 1)), FIVE_ROWS));
        }
        for (int length = 1; length <= 2; length++) {
            int wanted = length;
            List<Spans.Closed> ofLength =
                    closed.stream().filter(span -> span.length() == wanted).toList();
            assertThat(ofLength).hasSize(length == 1 ? 4 * 28 : 28);
            assertThat(ofLength.stream()
                            .mapToLong(span -> span.measurement().rows())
                            .sum())
                    .isEqualTo(24 * 28 * 5);
        }
        // The year began on a Thursday: weeks end on Mondays.
        assertThat(closed.stream().filter(span -> span.length() == 3).map(Spans.Closed::window))
                .startsWith(new Window(hour(0), hour(4 * 24)), new Window(hour(4 * 24), hour(11 * 24)))
                .hasSize(4);
    }

    @Test
    void aSpanWithoutItsLastWindowsEndsWithTheNextWindow() {
        Spans spans = new Spans(Duration.ofHours(1));
        assertThat(spans.add(new Window(hour(2), hour(3)), FIVE_ROWS)).isEmpty();
        assertThat(spans.add(new Window(hour(30), hour(31)), FIVE_ROWS))
                .extracting(Spans.Closed::window)
                .containsExactly(new Window(hour(2), hour(3)));
        assertThat(spans.add(new Window(hour(36), hour(37)), FIVE_ROWS))
                .extracting(Spans.Closed::length)
                .containsExactly(1, 2);
    }

    @Test
    void workThatIsTakenBackLeavesNoTrace() {
        Spans spans = new Spans(Duration.ofHours(12));
        spans.add(new Window(hour(0), hour(12)), FIVE_ROWS);
        Runnable undo = spans.undo();
        assertThat(spans.add(new Window(hour(12), hour(24)), FIVE_ROWS)).hasSize(1);
        undo.run();
        assertThat(spans.add(new Window(hour(12), hour(24)), FIVE_ROWS)
                        .get(0)
                        .measurement()
                        .rows())
                .isEqualTo(10);
    }

    @Test
    void onlySpansOfAtLeastTwoWindowsAreMerged() {
        assertThat(Spans.longerThan(Duration.ofHours(1))).hasSize(3);
        assertThat(Spans.longerThan(Duration.ofMinutes(10))).hasSize(4);
        assertThat(Spans.longerThan(Duration.ofDays(1))).containsExactly(Duration.ofDays(7));
        assertThat(Spans.longerThan(Duration.ofDays(30))).isEmpty();
    }
}
