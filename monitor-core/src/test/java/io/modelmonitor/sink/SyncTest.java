package io.modelmonitor.sink;

import static io.modelmonitor.sink.SinkRecords.NOON;
import static io.modelmonitor.sink.SinkRecords.batch;
import static io.modelmonitor.sink.SinkRecords.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.sink.FileSink.Sync;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts how often the file sink waits for the disk, by events of the virtual machine. */
class SyncTest {

    @TempDir
    Path folder;

    @Test
    void filesAreSyncedOnFlushOnlyIfSaidSo() throws Exception {
        FileSink sink = Sinks.files(folder.resolve("captures")).sync(Sync.ON_FLUSH);
        assertThat(syncs(() -> write(sink, 5))).isZero();
        assertThat(syncs(sink::flush)).isEqualTo(1);
        assertThat(syncs(() -> write(sink, 1))).isZero();
        assertThat(syncs(sink::close)).as("what came since the last flush").isEqualTo(1);
    }

    @Test
    void filesAreSyncedAfterEveryBatchIfSaidSo() throws Exception {
        FileSink sink = Sinks.files(folder.resolve("captures")).sync(Sync.EVERY_BATCH);
        assertThat(syncs(() -> write(sink, 5))).isEqualTo(5);
        assertThat(syncs(() -> sink.write(batch(record("a", NOON), record("b", NOON), record("c", NOON)))))
                .as("a batch of three records")
                .isEqualTo(1);
        assertThat(syncs(sink::flush)).isZero();
        sink.close();
    }

    @Test
    void filesAreNeverSyncedUnlessSaidSo() throws Exception {
        FileSink sink = Sinks.files(folder.resolve("captures"));
        assertThat(syncs(() -> {
                    write(sink, 5);
                    sink.flush();
                    sink.close();
                }))
                .isZero();
    }

    private static void write(FileSink sink, int batches) throws Exception {
        for (int i = 0; i < batches; i++) {
            sink.write(batch(record("id" + i, NOON)));
        }
    }

    private interface Action {
        void run() throws Exception;
    }

    /** Returns how often a capture file was synced while something was done. */
    private long syncs(Action action) throws Exception {
        Path file = folder.resolve("recording.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.FileForce").withThreshold(Duration.ZERO);
            recording.start();
            action.run();
            recording.stop();
            recording.dump(file);
        }
        List<String> paths = RecordingFile.readAllEvents(file).stream()
                .map(event -> event.getString("path"))
                .toList();
        assertThat(paths).allMatch(path -> path.startsWith(folder.toString()) && path.endsWith(".jsonl"));
        return paths.size();
    }
}
