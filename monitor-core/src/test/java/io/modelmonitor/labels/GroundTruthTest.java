package io.modelmonitor.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.DataProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroundTruthTest {

    private static final Instant NOON = Instant.parse("2021-05-18T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void theLastOfSeveralLabelsCountsAndContradictionsAreCounted() {
        GroundTruth labels = GroundTruth.create();
        labels.record("a", "1");
        labels.record("a", "1.0");
        labels.record("a", "0");
        labels.record("b", "yes");

        assertThat(labels.label("a")).isEqualTo("0");
        assertThat(labels.label("b")).isEqualTo("yes");
        assertThat(labels.label("c")).isNull();
        assertThat(labels.size()).isEqualTo(2);
        assertThat(labels.repeated()).isEqualTo(2);
        assertThat(labels.conflicting()).isEqualTo(1);
        assertThat(labels.problems())
                .containsExactly(
                        new DataProblem("label for an identifier that had one; the last counts", 2, List.of()),
                        new DataProblem("label that contradicts an earlier one; the last counts", 1, List.of()));
    }

    @Test
    void labelsCollectedAfterTheDeadlineAreLate() {
        GroundTruth labels = GroundTruth.collectedUntil(NOON);
        labels.record("a", "1", NOON);
        labels.record("b", "1", NOON.plusSeconds(1));
        labels.record("c", "1");

        assertThat(labels.size()).isEqualTo(2);
        assertThat(labels.late()).isEqualTo(1);
        assertThat(labels.problems())
                .extracting(DataProblem::description)
                .containsExactly("label collected after the deadline; left out");
    }

    @Test
    void whatIsWrittenIsRead() {
        try (GroundTruthWriter writer = GroundTruthWriter.in(folder, NOON)) {
            writer.record("id-1", "1").record("quoted \"id\"", "text, with a comma");
        }
        try (GroundTruthWriter writer = GroundTruthWriter.in(folder, NOON.plusSeconds(3600))) {
            writer.record("id-1", "0");
        }
        GroundTruth labels = GroundTruth.create();
        labels.read(folder);

        assertThat(labels.label("id-1")).isEqualTo("0");
        assertThat(labels.label("quoted \"id\"")).isEqualTo("text, with a comma");
        assertThat(folder.resolve("2021/05/18/12")).isDirectory();

        GroundTruth inTime = GroundTruth.collectedUntil(NOON.plusSeconds(1800));
        inTime.read(folder);
        assertThat(inTime.label("id-1")).isEqualTo("1");
        assertThat(inTime.late()).isEqualTo(1);
    }

    @Test
    void readsLabelsInJsonAndCountsWhatItCannotRead() throws IOException {
        Path file = folder.resolve("labels.jsonl");
        Files.writeString(file, """
                {"groundTruthData":{"data":"{\\"label\\": 1}","encoding":"JSON"},"eventMetadata":{"eventId":"one"},"eventVersion":"0"}
                {"groundTruthData":{"data":"{\\"instances\\":[{\\"label\\":0},{\\"label\\":1}]}","encoding":"JSON"},"eventMetadata":{"eventId":"two"}}
                {"groundTruthData":{"data":"true","encoding":"JSON"},"eventMetadata":{"eventId":"three"}}

                nonsense
                {"groundTruthData":{"data":"{\\"a\\":1,\\"b\\":2}","encoding":"JSON"},"eventMetadata":{"eventId":"four"}}
                {"groundTruthData":{"data":"1","encoding":"CSV"},"eventMetadata":{}}
                {"groundTruthData":{"data":" ","encoding":"CSV"},"eventMetadata":{"eventId":"five"}}
                {"eventMetadata":{"eventId":"six"}}
                """);
        GroundTruth labels = GroundTruth.create();
        labels.read(file);

        assertThat(labels.label("one")).isEqualTo("1");
        assertThat(labels.label("two")).isEqualTo("0\n1");
        assertThat(labels.label("three")).isEqualTo("1");
        assertThat(labels.size()).isEqualTo(3);
        assertThat(labels.problems())
                .extracting(DataProblem::toString)
                .containsExactlyInAnyOrder(
                        "ground truth left out: it is no ground truth record, in " + file + ": 3, first at line 5",
                        "ground truth left out: it has no eventId, in " + file + ": 1, first at line 7",
                        "ground truth left out: it has no label, in " + file + ": 1, first at line 8");
        assertThatThrownBy(() -> labels.read(folder.resolve("gone")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("gone");
        assertThatThrownBy(() -> GroundTruthWriter.to(file)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void readsTheServicesSampleFiles() {
        Path files = Path.of(System.getProperty("service.files", ""), "sagemaker-examples", "ground-truth");
        Assumptions.assumeTrue(Files.isDirectory(files), "no sample files; set the system property service.files");
        GroundTruth labels = GroundTruth.create();
        labels.read(files);

        assertThat(labels.size()).isEqualTo(334);
        assertThat(labels.problems()).isEmpty();
    }

    @Test
    void tellsManyIdentifiersApart() {
        LabelIndex index = new LabelIndex();
        int count = 200_000;
        for (int i = 0; i < count; i++) {
            assertThat(index.put("order-" + i, label(i))).isNull();
        }
        for (int i = 0; i < count; i += 2) {
            assertThat(index.get("order-" + i)).isEqualTo(label(i));
        }
        assertThat(index.get("order-" + count)).isNull();
        assertThat(index.size()).isEqualTo(count);
    }

    private static LabelIndex.Label label(int i) {
        String text = i % 3 == 0 ? "text" + i % 5 : String.valueOf(i);
        return new LabelIndex.Label(text, i % 7 == 0 ? "{\"label\": " + i % 11 + "}" : null);
    }

    @Test
    void canBeRecordedByManyThreads() throws InterruptedException {
        GroundTruth labels = GroundTruth.create();
        Set<String> failures = new TreeSet<>();
        Thread[] threads = new Thread[4];
        for (int t = 0; t < threads.length; t++) {
            int from = t * 10_000;
            threads[t] = new Thread(() -> {
                for (int i = from; i < from + 10_000; i++) {
                    labels.record("id" + i, "1");
                    labels.record("shared" + i % 100, "1");
                }
            });
            threads[t].setUncaughtExceptionHandler((thread, e) -> failures.add(e.toString()));
        }
        Stream.of(threads).forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(failures).isEmpty();
        assertThat(labels.size()).isEqualTo(40_100);
        assertThat(labels.repeated()).isEqualTo(40_000 - 100);
    }
}
