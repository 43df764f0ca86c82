package examples.kafka;

import io.modelmonitor.LiveMonitor;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Payload;
import io.modelmonitor.api.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Monitors a topic whose messages are a row each, one JSON object. Windows have a fixed number of messages. Offsets are committed when
 * the report of their window has been made, so that after a crash the messages of windows without a report are read again: each is in a
 * report at least once. No state is stored a message; a store per key would be written and read again for each of them, at some hundred
 * kilobytes a state.
 *
 * <p>Used by one thread, as a consumer is; {@code enable.auto.commit} has to be false. When partitions move to another consumer, the
 * messages of the open window are read there again.
 */
final class KafkaWindows implements AutoCloseable {

    private final Consumer<String, String> consumer;
    private final long messages;
    private final LiveMonitor live;
    private final Queue<Report> reports = new ConcurrentLinkedQueue<>();
    private final Map<TopicPartition, OffsetAndMetadata> read = new HashMap<>();
    private final Deque<Map<TopicPartition, OffsetAndMetadata>> ended = new ArrayDeque<>();
    private long inWindow;

    /** @param messages how many messages make a window */
    KafkaWindows(Consumer<String, String> consumer, Monitor monitor, long messages) {
        this.consumer = consumer;
        this.messages = messages;
        this.live = monitor.reportingTo(reports::add).everyRows(messages);
    }

    /** Reads what there is, and commits the windows that have been reported meanwhile; to be called in a loop. */
    void poll(Duration timeout) {
        for (ConsumerRecord<String, String> message : consumer.poll(timeout)) {
            live.write(new CaptureBatch(message.topic(), CaptureBatch.ALL_TRAFFIC, List.of(capture(message))));
            read.put(
                    new TopicPartition(message.topic(), message.partition()),
                    new OffsetAndMetadata(message.offset() + 1));
            inWindow++;
            if (inWindow == messages) {
                ended.add(Map.copyOf(read));
                inWindow = 0;
            }
        }
        commitReported();
    }

    private static CaptureRecord capture(ConsumerRecord<String, String> message) {
        String id = message.topic() + "-" + message.partition() + "-" + message.offset();
        Instant time = Instant.ofEpochMilli(message.timestamp());
        return new CaptureRecord(id, message.key(), time, Payload.json(message.value()), null, List.of());
    }

    /** Reports come in the order of their windows. */
    private void commitReported() {
        while (!ended.isEmpty() && reports.poll() != null) {
            consumer.commitSync(ended.remove());
        }
    }

    /** Reports what there is of the last window, too, and commits it. */
    @Override
    public void close() {
        live.close();
        commitReported();
        if (reports.poll() != null) {
            consumer.commitSync(read);
        }
        consumer.close();
    }
}
