package io.modelmonitor.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.ManualClock;
import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.spi.CaptureSink;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class RetryingSinkTest {

    private final MemorySink memory = Sinks.memory(100);
    private boolean away = true;
    private int attempts;
    private final ManualClock clock = new ManualClock(Instant.EPOCH);

    private final CaptureSink target = batch -> {
        attempts++;
        if (away) {
            throw new IOException("away");
        }
        memory.write(batch);
    };

    @Test
    void keepsWhatIsRefusedAndHandsItOverInOrder() throws Exception {
        RetryingSink sink = Sinks.retrying(target).clock(clock);
        sink.write(batch("a"));
        sink.write(batch("b"));
        assertThat(sink.waiting()).isEqualTo(2);
        assertThat(attempts).isEqualTo(1);
        assertThatThrownBy(sink::flush).hasMessageContaining("the sink is away; 2 records are kept");
        away = false;
        clock.now = Instant.ofEpochMilli(1000);
        sink.write(batch("c"));
        assertThat(sink.waiting()).isZero();
        assertThat(memory.records()).extracting(CaptureRecord::eventId).containsExactly("a", "b", "c");
    }

    @Test
    void pausesTwiceAsLongFromFailureToFailure() throws Exception {
        RetryingSink sink = Sinks.retrying(target).clock(clock).backoff(Duration.ofMillis(100), Duration.ofMillis(400));
        long[] tried = new long[6];
        while (attempts < tried.length) {
            int before = attempts;
            if (clock.millis() == 0) {
                sink.write(batch("a"));
            } else {
                assertThatThrownBy(sink::flush).isInstanceOf(IOException.class);
            }
            if (attempts > before) {
                tried[before] = clock.millis();
            }
            clock.now = clock.now.plusMillis(1);
        }
        assertThat(tried[1] - tried[0]).isBetween(50L, 100L);
        assertThat(tried[2] - tried[1]).isBetween(100L, 200L);
        assertThat(tried[3] - tried[2]).isBetween(200L, 400L);
        assertThat(tried[5] - tried[4]).isBetween(200L, 400L);
    }

    @Test
    void triesAgainAsSoonAsThePauseIsOver() throws Exception {
        RetryingSink sink = Sinks.retrying(target).clock(clock).backoff(Duration.ofMillis(1), Duration.ofMillis(1));
        sink.write(batch("a"));
        away = false;
        sink.write(batch("b"));
        assertThat(attempts).isEqualTo(1);
        clock.now = Instant.ofEpochMilli(1);
        sink.write(batch("c"));
        assertThat(memory.records()).extracting(CaptureRecord::eventId).containsExactly("a", "b", "c");
    }

    @Test
    void refusesWhenItKeepsAsManyAsItMay() throws Exception {
        RetryingSink sink = Sinks.retrying(target).clock(clock).backlog(2);
        sink.write(batch("a"));
        sink.write(batch("b"));
        assertThatThrownBy(() -> sink.write(batch("c")))
                .isInstanceOf(IOException.class)
                .hasMessage("the sink is away, and 2 records are kept already")
                .hasNoCause()
                .satisfies(refused -> assertThat(refused.getSuppressed())
                        .singleElement()
                        .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
                        .hasMessage("2 records are kept already"));
        clock.now = Instant.ofEpochMilli(1000);
        assertThatThrownBy(() -> sink.write(batch("c")))
                .as("when an attempt is due")
                .isInstanceOf(IOException.class)
                .cause()
                .hasMessage("away");
        assertThat(sink.waiting()).isEqualTo(2);
    }

    @Test
    void closingTriesOnceMoreAtOnceAndSaysWhatIsLeft() throws Exception {
        RetryingSink sink = Sinks.retrying(target).clock(clock);
        sink.write(batch("a"));
        assertThatThrownBy(sink::close).hasMessageContaining("1 records are kept");
        assertThat(attempts).isEqualTo(2);
    }

    @Test
    void senselessSettingsAreRefused() {
        assertThatThrownBy(() -> Sinks.retrying(target).backlog(0)).hasMessageContaining("keeping 0 records");
        assertThatThrownBy(() -> Sinks.retrying(target).backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessageContaining("pauses from PT2S to PT1S");
        assertThatThrownBy(() -> Sinks.all()).hasMessageContaining("sinks is empty");
        assertThatThrownBy(() -> Sinks.memory(0)).hasMessageContaining("a memory of 0 records");
        assertThatThrownBy(() -> Sinks.objects((key, bytes) -> {}, 0)).hasMessageContaining("0 bytes");
    }

    private static CaptureBatch batch(String id) {
        return new CaptureBatch("x", "y", List.of(new CaptureRecord(id, null, Instant.EPOCH, null, null, List.of())));
    }
}
