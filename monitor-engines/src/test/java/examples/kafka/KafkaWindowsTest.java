package examples.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.Baseline;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
import io.modelmonitor.data.Datasets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs the example on Kafka's own mock of a consumer, without a broker. */
class KafkaWindowsTest {

    private static final int WINDOW = 100;
    private static final List<TopicPartition> PARTITIONS =
            List.of(new TopicPartition("applications", 0), new TopicPartition("applications", 1));

    private final List<Report> reports = Collections.synchronizedList(new ArrayList<>());
    private final Monitor monitor =
            Monitor.against(Baseline.of(rows(0, 2_000))).named("topic").reportingTo(reports::add);

    private static Map<String, Object> row(int number) {
        return Map.of("age", 20 + number * 7 % 50, "income", 1_000 + number * 37 % 5_000);
    }

    private static Dataset rows(int from, int to) {
        return Datasets.rows(
                IntStream.range(from, to).mapToObj(KafkaWindowsTest::row).toList());
    }

    /** Returns a consumer at some offsets, to which the topic has so many messages, the even ones in the first partition. */
    private static MockConsumer<String, String> consumer(
            Map<TopicPartition, Long> from, int messages, List<Long> commits) {
        MockConsumer<String, String> consumer = new MockConsumer<>(OffsetResetStrategy.EARLIEST) {
            @Override
            public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
                super.commitSync(offsets);
                commits.add(offsets.values().stream()
                        .mapToLong(OffsetAndMetadata::offset)
                        .sum());
            }
        };
        consumer.assign(PARTITIONS);
        consumer.updateBeginningOffsets(Map.of(PARTITIONS.get(0), 0L, PARTITIONS.get(1), 0L));
        from.forEach(consumer::seek);
        for (int i = 0; i < messages; i++) {
            TopicPartition partition = PARTITIONS.get(i % 2);
            if (i / 2 >= from.getOrDefault(partition, 0L)) {
                Map<String, Object> row = row(i);
                String json = "{\"age\":" + row.get("age") + ",\"income\":" + row.get("income") + "}";
                consumer.addRecord(
                        new ConsumerRecord<>(partition.topic(), partition.partition(), i / 2, "key-" + i, json));
            }
        }
        return consumer;
    }

    private static Map<TopicPartition, Long> committed(MockConsumer<String, String> consumer) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        consumer.committed(Set.copyOf(PARTITIONS))
                .forEach((partition, offset) -> offsets.put(partition, offset == null ? 0 : offset.offset()));
        return offsets;
    }

    private static long sum(Map<TopicPartition, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }

    @Test
    @Timeout(60)
    void offsetsAreCommittedWhenTheirWindowIsReportedSoThatACrashLosesNothing() {
        MockConsumer<String, String> first = consumer(Map.of(), 250, new ArrayList<>());
        KafkaWindows crashing = new KafkaWindows(first, monitor, WINDOW);
        crashing.poll(Duration.ZERO);
        while (sum(committed(first)) < 200) {
            crashing.poll(Duration.ZERO);
        }
        // It goes no further: 50 messages have been read, but are in no report.
        assertThat(sum(committed(first))).isEqualTo(200);

        try (KafkaWindows next =
                new KafkaWindows(consumer(committed(first), 320, new ArrayList<>()), monitor, WINDOW)) {
            next.poll(Duration.ZERO);
        }
        assertThat(reports).extracting(Report::rows).containsExactly(100L, 100L, 100L, 20L);
        Monitor unheard = Monitor.against(monitor.baseline()).named("topic");
        double seen = 0;
        for (Report report : reports) {
            seen += report.rows() * report.metric("income", "mean").value();
        }
        double expected =
                320 * unheard.check(rows(0, 320)).metric("income", "mean").value();
        assertThat(seen).isCloseTo(expected, within(1e-6));
    }

    @Test
    void closingReportsAndCommitsTheLastWindowToo() {
        List<Long> commits = new ArrayList<>();
        MockConsumer<String, String> consumer = consumer(Map.of(), 130, commits);
        KafkaWindows windows = new KafkaWindows(consumer, monitor, WINDOW);
        windows.poll(Duration.ZERO);
        windows.close();
        assertThat(reports).extracting(Report::rows).containsExactly(100L, 30L);
        assertThat(commits).containsExactly(100L, 130L);
    }
}
