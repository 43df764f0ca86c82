package io.modelmonitor.sink;

import static io.modelmonitor.sink.SinkRecords.NOON;
import static io.modelmonitor.sink.SinkRecords.batch;
import static io.modelmonitor.sink.SinkRecords.logged;
import static io.modelmonitor.sink.SinkRecords.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.ManualClock;
import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.spi.CaptureSink;
import io.modelmonitor.spi.CaptureSink.LostException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Failures that sinks of sinks and of objects report, and the times at which they hand over. */
class SeveralSinksTest {

    private static final CaptureBatch ONE = batch(record("one", NOON));

    /** Fails in everything with the same exception, unless there is none. */
    private record Failing(Exception because) implements CaptureSink {

        @Override
        public void write(CaptureBatch batch) throws Exception {
            throw because;
        }

        @Override
        public void flush() throws Exception {
            throw because;
        }

        @Override
        public void close() throws IOException {
            throw new IOException(because);
        }
    }

    private static final CaptureSink FINE = batch -> {};

    @Test
    void aBatchIsRefusedOnlyIfEverySinkRefusesIt() throws Exception {
        IOException first = new IOException("first");
        Sinks.all(new Failing(first), FINE).write(ONE);
        assertThatThrownBy(() -> Sinks.all(new Failing(first), new Failing(new IOException("second")))
                        .write(ONE))
                .isSameAs(first);
    }

    @Test
    void aFlushFailsIfOneSinkFailsAndRecordsAreLostOnlyIfAllLoseThem() throws Exception {
        IOException away = new IOException("away");
        LostException lost = new LostException("3 records are gone", 3);
        Sinks.all(FINE, FINE).flush();
        assertThatThrownBy(() -> Sinks.all(FINE, new Failing(away)).flush()).isSameAs(away);
        assertThatThrownBy(() -> Sinks.all(new Failing(lost), new Failing(lost)).flush())
                .isSameAs(lost);
        assertThatThrownBy(() -> Sinks.all(new Failing(lost), FINE).flush())
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("3 records are gone")
                .hasCause(lost);
        assertThatThrownBy(() -> Sinks.all(new Failing(away), FINE).flush()).isSameAs(away);
    }

    @Test
    void closingSaysHowManySinksCouldNotBeClosed() throws Exception {
        Sinks.all(FINE, FINE).close();
        assertThatThrownBy(() -> Sinks.all(FINE, new Failing(new IOException("a")), new Failing(new IOException("b")))
                        .close())
                .isInstanceOf(IOException.class)
                .hasMessage("2 of 3 sinks could not be closed");
    }

    @Test
    void theLogNamesTheSinkThatFailsOnce() throws Exception {
        CaptureSink sink = Sinks.all(FINE, new Failing(new IOException("away")));
        String log = logged(() -> {
            for (int i = 0; i < 3; i++) {
                sink.write(ONE);
            }
        });
        assertThat(log).containsOnlyOnce("sink 2 of 2 fails, the others go on, 1: java.io.IOException: away");
    }

    @Test
    void anObjectIsNamedAfterTheHourOfItsRecordsAndThatOfTheClockForThoseWithoutATime() throws Exception {
        List<String> keys = new ArrayList<>();
        CaptureSink sink = new ObjectSink(
                (key, content) -> keys.add(key), 1, Clock.fixed(NOON.plus(Duration.ofDays(1)), ZoneOffset.UTC));
        sink.write(ONE);
        sink.write(batch(new CaptureRecord("two", null, null, null, null, List.of())));
        assertThat(keys.get(0)).startsWith("churn/AllTraffic/2026/03/04/12/");
        assertThat(keys.get(1)).startsWith("churn/AllTraffic/2026/03/05/12/");
    }

    @Test
    void anObjectIsHandedOverOnceItIsLargeEnoughAndAllOfThemAtClosing() throws Exception {
        List<String> objects = new ArrayList<>();
        CaptureSink lines = Sinks.objects((key, content) -> objects.add(new String(content, StandardCharsets.UTF_8)));
        lines.write(ONE);
        assertThat(objects).isEmpty();
        lines.close();
        int size = objects.remove(0).length();

        CaptureSink two =
                Sinks.objects((key, content) -> objects.add(new String(content, StandardCharsets.UTF_8)), 2 * size);
        two.write(ONE);
        assertThat(objects).isEmpty();
        two.write(ONE);
        assertThat(objects).singleElement().asString().hasSize(2 * size);
        two.write(ONE);
        two.flush();
        two.flush();
        assertThat(objects).extracting(String::length).containsExactly(2 * size, size);
    }

    /** Takes objects as texts, unless it is away. */
    private static final class Store implements Sinks.Objects {

        private final List<String> objects = new ArrayList<>();
        private boolean away;

        @Override
        public void put(String key, byte[] content) throws Exception {
            if (away) {
                throw new IOException("away");
            }
            objects.add(new String(content, StandardCharsets.UTF_8));
        }

        private List<String> ids() {
            Pattern id = Pattern.compile("\"eventId\":\"([^\"]*)\"");
            return objects.stream()
                    .flatMap(object -> id.matcher(object).results().map(found -> found.group(1)))
                    .toList();
        }
    }

    private final Store store = new Store();

    @Test
    void whatASinkOfObjectsHasTakenIsHandedOverOnceTheTargetIsBackAndWhatItRefusedIsNot() throws Exception {
        CaptureSink sink = Sinks.objects(store, 1);
        store.away = true;
        sink.write(batch(record("taken", NOON), record("taken, too", NOON)));
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(sink::flush)
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage("away");
            assertThatThrownBy(() -> sink.write(batch(record("refused", NOON)))).hasMessage("away");
        }
        store.away = false;
        sink.write(batch(record("last", NOON)));
        sink.flush();
        assertThat(store.ids()).containsExactly("taken", "taken, too", "last");
    }

    @Test
    void aBatchThatASinkOfObjectsRefusesIsRefusedInAllItsHours() throws Exception {
        CaptureSink sink = Sinks.objects(store, 1);
        store.away = true;
        sink.write(batch(record("full", NOON)));
        Instant next = NOON.plus(Duration.ofHours(1));
        assertThatThrownBy(() -> sink.write(batch(record("other hour", next), record("same hour", NOON))))
                .hasMessage("away");
        sink.write(batch(record("taken", next)));
        store.away = false;
        sink.flush();
        assertThat(store.ids()).containsExactly("full", "taken");
    }

    @Test
    void aBatchThatCannotBeMadeTextLeavesNothingInAnObject() throws Exception {
        CaptureSink sink = new ObjectSink(store, 1 << 20, new ManualClock(NOON) {
            @Override
            public Instant instant() {
                throw new IllegalStateException("no time");
            }
        });
        CaptureRecord timeless = new CaptureRecord("two", null, null, null, null, List.of());
        assertThatThrownBy(() -> sink.write(batch(record("one", NOON), timeless)))
                .hasMessage("no time");
        sink.write(batch(record("three", NOON)));
        sink.close();
        assertThat(store.ids()).containsExactly("three");
    }

    @Test
    void whatASinkOfObjectsCouldNotHandOverIsLostAtClosing() throws Exception {
        CaptureSink sink = Sinks.objects(store);
        store.away = true;
        sink.write(batch(record("one", NOON), record("two", NOON)));
        sink.write(batch(record("three", NOON.plus(Duration.ofHours(1)))));
        assertThatThrownBy(sink::close)
                .isInstanceOfSatisfying(
                        LostException.class, e -> assertThat(e.records()).isEqualTo(3))
                .hasMessage("3 records could not be handed over: away");
        store.away = false;
        sink.close();
        assertThat(store.ids()).isEmpty();
    }
}
