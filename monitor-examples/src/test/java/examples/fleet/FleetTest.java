package examples.fleet;

import static io.modelmonitor.fairness.Bias.bias;
import static io.modelmonitor.quality.ModelQuality.modelQuality;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.Baseline;
import io.modelmonitor.DataCapture;
import io.modelmonitor.Measurement;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Schema;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.sink.Sinks;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 200 replicas of a service that measure what they serve, each by itself, and are judged as one, hour after hour. */
class FleetTest {

    private static final int REPLICAS = 200;
    private static final int ROWS = 50;
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Schema SCHEMA = Schema.ofNames("age", "income", "channel", "gender", "predicted", "defaulted");

    private static Monitor monitor;

    @TempDir
    private Path shared;

    @BeforeAll
    static void learn() {
        Baseline baseline = Baseline.of(
                rows(-1, -1, 5_000),
                modelQuality().label("defaulted").prediction("predicted"),
                bias("gender", "F").label("defaulted").prediction("predicted"));
        monitor = Monitor.against(baseline).named("credit-risk");
    }

    /** Returns what a replica serves in an hour. */
    private static Dataset rows(int replica, int hour, int rows) {
        SplittableRandom random = new SplittableRandom(1_000L * replica + hour);
        List<Object[]> served = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            boolean isRight = random.nextInt(10) > 0;
            int defaulted = random.nextInt(5) == 0 ? 1 : 0;
            served.add(new Object[] {
                random.nextInt(18, 80),
                // In the third hour, incomes come in hundreds.
                Math.rint(random.nextDouble(20_000, 90_000)) / (hour == 2 ? 100 : 1),
                random.nextInt(3) == 0 ? "branch" : "web",
                random.nextBoolean() ? "F" : "M",
                isRight ? defaulted : 1 - defaulted,
                defaulted
            });
        }
        return Datasets.of(SCHEMA, served);
    }

    private static Measurement measure(int replica, int hour) {
        Instant from = START.plus(Duration.ofHours(hour));
        return monitor.measure(rows(replica, hour, ROWS)).during(from, from.plus(Duration.ofHours(1)));
    }

    private static Report judge(Measurement... parts) {
        return monitor.judge(Measurement.merged(List.of(parts)));
    }

    private Report judgeFolder(int hour) {
        try (Stream<Path> files = Files.list(shared.resolve("hour-" + hour))) {
            List<Path> sorted = files.sorted().toList();
            return monitor.judge(
                    Measurement.merged(() -> sorted.stream().map(monitor::load).iterator()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Dataset all(int hour) {
        return Datasets.concat(IntStream.range(0, REPLICAS)
                .mapToObj(replica -> rows(replica, hour, ROWS))
                .toArray(Dataset[]::new));
    }

    @Test
    void aSharedFolderIsJudgedAsIfOneProcessHadServedAll() throws IOException {
        for (int hour = 0; hour < 3; hour++) {
            Path folder = Files.createDirectory(shared.resolve("hour-" + hour));
            for (int replica : shuffled(hour)) {
                measure(replica, hour).save(folder.resolve("replica-%03d.measurement".formatted(replica)));
            }
            Report fleet = judgeFolder(hour);
            Report one = monitor.check(all(hour));
            assertThat(fleet.rows()).isEqualTo((long) REPLICAS * ROWS);
            assertThat(fleet.start()).isEqualTo(START.plus(Duration.ofHours(hour)));
            assertThat(fleet.status()).isEqualTo(one.status());
            assertThat(fleet.status() == Report.Status.VIOLATED).isEqualTo(hour == 2);
            assertThat(fleet.violations().stream().map(v -> v.constraint().id()))
                    .containsExactlyElementsOf(one.violations().stream()
                            .map(v -> v.constraint().id())
                            .toList());
        }
    }

    /** Replicas end their hours in any order. */
    private static List<Integer> shuffled(int seed) {
        List<Integer> replicas =
                new ArrayList<>(IntStream.range(0, REPLICAS).boxed().toList());
        Collections.shuffle(replicas, new Random(seed));
        return replicas;
    }

    @Test
    void anObjectStoreGivesTheSameBytesInWhateverOrderReplicasWrite() throws IOException {
        byte[] first = throughObjects(1);
        assertThat(throughObjects(2)).isEqualTo(first);
    }

    /** Puts measurements under keys, as into a bucket, and merges what is listed, which is in the order of the keys. */
    private static byte[] throughObjects(int order) throws IOException {
        Map<String, byte[]> bucket = new TreeMap<>();
        for (int replica : shuffled(order)) {
            ByteArrayOutputStream object = new ByteArrayOutputStream();
            measure(replica, 0).write(object);
            bucket.put("credit-risk/2026/03/01/00/replica-%03d".formatted(replica), object.toByteArray());
        }
        Measurement merged = Measurement.merged(
                () -> bucket.values().stream().map(FleetTest::read).iterator());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        merged.write(bytes);
        return bytes.toByteArray();
    }

    private static Measurement read(byte[] object) {
        try {
            return Measurement.read(
                    new ByteArrayInputStream(object),
                    monitor.measure(Datasets.of(SCHEMA, List.of())).calculators());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void capturesOfReplicasInABucketAreReadAsFilesBelowAFolder() throws IOException {
        int replicas = 20;
        Map<String, byte[]> bucket = new ConcurrentHashMap<>();
        for (int i = 0; i < replicas; i++) {
            String prefix = "replica-%02d/".formatted(i);
            DataCapture capture = DataCapture.of("credit-risk")
                    .inputs(Schema.ofNames("age", "income"))
                    .outputs(Schema.ofNames("score"))
                    .clock(Clock.fixed(START, ZoneOffset.UTC))
                    .sink(Sinks.objects((key, content) -> bucket.put(prefix + key, content)))
                    .start();
            for (int request = 0; request < 30; request++) {
                capture.record(new double[] {20 + i + request, 1_000 + request * 37}, (i + 0.5) / replicas);
            }
            capture.close();
        }
        // What a client of an object store does for a prefix: each object becomes a file of its name.
        for (Map.Entry<String, byte[]> object : bucket.entrySet()) {
            Path file = shared.resolve(object.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, object.getValue());
        }
        Dataset[] ofReplicas = IntStream.range(0, replicas)
                .mapToObj(i -> Datasets.captures(shared.resolve("replica-%02d".formatted(i)))
                        .inputs("age", "income")
                        .outputs("score"))
                .toArray(Dataset[]::new);
        Baseline captured = Baseline.of(Datasets.concat(ofReplicas));
        assertThat(captured.measurement().rows()).isEqualTo(30L * replicas);
        assertThat(captured.metric("age", "maximum").value()).isEqualTo(20 + 19 + 29);
        assertThat(captured.metric("score", "distinct_count").value()).isEqualTo(replicas);
    }

    @Test
    void aReplicaThatDiesHalfwayThroughAFileIsNamedAndTheOthersAreJudged() throws IOException {
        Path folder = Files.createDirectory(shared.resolve("hour-0"));
        for (int replica = 0; replica < 3; replica++) {
            measure(replica, 0).save(folder.resolve("replica-" + replica));
        }
        Path half = folder.resolve("replica-1");
        byte[] whole = Files.readAllBytes(half);
        Files.write(half, Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> judgeFolder(0))
                .hasMessageContaining("replica-1")
                .hasMessageNotContaining("\n");
        Files.delete(half);
        assertThat(judgeFolder(0).rows()).isEqualTo(2L * ROWS);
    }

    @Test
    void replicasWithoutRequestsChangeNothing() {
        Measurement silent = monitor.measure(Datasets.of(SCHEMA, List.of()));
        Report report = judge(silent, measure(0, 0), silent, measure(1, 0));
        assertThat(report).hasToString(judge(measure(0, 0), measure(1, 0)).toString());
        assertThat(judge(silent, silent).status()).isEqualTo(Report.Status.NO_DATA);
    }
}
