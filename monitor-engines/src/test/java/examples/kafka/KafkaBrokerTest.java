package examples.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.Baseline;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Report;
import io.modelmonitor.data.Datasets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the example on a broker. */
class KafkaBrokerTest {

    private static final String TOPIC = "applications";
    private static final int WINDOW = 100;

    @TempDir
    private Path folder;

    private static Map<String, Object> row(int number) {
        return Map.of("age", 20 + number * 7 % 50, "income", 1_000 + number * 37 % 5_000);
    }

    @Test
    @Timeout(120)
    void aConsumerThatTakesOverReadsWhatIsInNoReportAgain() throws Exception {
        List<Report> reports = Collections.synchronizedList(new ArrayList<>());
        Baseline baseline = Baseline.of(Datasets.rows(
                IntStream.range(0, 2_000).mapToObj(KafkaBrokerTest::row).toList()));
        Monitor monitor = Monitor.against(baseline).named("topic").reportingTo(reports::add);
        try (Broker broker = Broker.start(folder.resolve("log"))) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
                admin.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1)))
                        .all()
                        .get();
            }
            send(broker, 0, 250);
            KafkaConsumer<String, String> first = consumer(broker);
            KafkaWindows crashing = new KafkaWindows(first, monitor, WINDOW);
            while (committed(first) < 200) {
                crashing.poll(Duration.ofMillis(100));
            }
            // Its group hears of its end; nobody hears of the 50 messages that it has read but not reported.
            first.close();

            send(broker, 250, 320);
            KafkaConsumer<String, String> second = consumer(broker);
            try (KafkaWindows next = new KafkaWindows(second, monitor, WINDOW)) {
                while (position(second) < 320) {
                    next.poll(Duration.ofMillis(100));
                }
            }
            assertThat(reports).extracting(Report::rows).containsExactly(100L, 100L, 100L, 20L);
            try (KafkaConsumer<String, String> third = consumer(broker)) {
                assertThat(committed(third)).isEqualTo(320);
            }
        }
    }

    private static void send(Broker broker, int from, int to) throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.address()), new StringSerializer(), new StringSerializer())) {
            for (int i = from; i < to; i++) {
                Map<String, Object> row = row(i);
                String json = "{\"age\":" + row.get("age") + ",\"income\":" + row.get("income") + "}";
                sent.add(producer.send(new ProducerRecord<>(TOPIC, i % 2, "key-" + i, json)));
            }
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        }
    }

    private static KafkaConsumer<String, String> consumer(Broker broker) {
        KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.address(),
                        "group.id",
                        "monitor",
                        "enable.auto.commit",
                        "false",
                        "auto.offset.reset",
                        "earliest"),
                new StringDeserializer(),
                new StringDeserializer());
        consumer.subscribe(List.of(TOPIC));
        return consumer;
    }

    private static long committed(KafkaConsumer<String, String> consumer) {
        return consumer.committed(Set.of(new TopicPartition(TOPIC, 0), new TopicPartition(TOPIC, 1))).values().stream()
                .mapToLong(offset -> offset == null ? 0 : offset.offset())
                .sum();
    }

    private static long position(KafkaConsumer<String, String> consumer) {
        return consumer.assignment().stream().mapToLong(consumer::position).sum();
    }
}
