package io.modelmonitor.test;

import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.capture.CaptureFiles;
import io.modelmonitor.capture.CaptureKey;
import io.modelmonitor.internal.capture.file.CaptureDecoder;
import io.modelmonitor.sink.FileSink;
import io.modelmonitor.sink.MemorySink;
import io.modelmonitor.sink.RetryingSink;
import io.modelmonitor.sink.Sinks;
import io.modelmonitor.spi.CaptureSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class SinksContractTest {

    private static final CaptureKey KEY =
            CaptureKey.of("a secret of at least 16 bytes".getBytes(StandardCharsets.US_ASCII));

    private abstract static class OfFiles implements CaptureSinkContract {

        @TempDir
        Path folder;

        FileSink with(FileSink files) {
            return files;
        }

        @Override
        public CaptureSink sink() {
            return with(Sinks.files(folder));
        }

        @Override
        public List<CaptureRecord> arrived() {
            try (Stream<CaptureRecord> records =
                    CaptureFiles.in(folder).key(KEY).plainAllowed().records()) {
                return records.toList();
            }
        }
    }

    @Nested
    class PlainFiles extends OfFiles {}

    @Nested
    class SyncedFiles extends OfFiles {
        @Override
        FileSink with(FileSink files) {
            return files.sync(FileSink.Sync.EVERY_BATCH);
        }
    }

    @Nested
    class CompressedFiles extends OfFiles {
        @Override
        FileSink with(FileSink files) {
            return files.compressed();
        }
    }

    @Nested
    class EncryptedFiles extends OfFiles {
        @Override
        FileSink with(FileSink files) {
            return files.encrypted(KEY).rollover(1 << 30, Duration.ofDays(1));
        }
    }

    @Nested
    class CompressedAndEncryptedFiles extends OfFiles {
        @Override
        FileSink with(FileSink files) {
            return files.compressed().encrypted(KEY);
        }
    }

    @Nested
    class Lines implements CaptureSinkContract {

        private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

        @Override
        public CaptureSink sink() {
            return Sinks.lines(lines::add);
        }

        @Override
        public List<CaptureRecord> arrived() {
            return lines.stream().map(new CaptureDecoder()::read).toList();
        }
    }

    @Nested
    class Objects implements CaptureSinkContract {

        @TempDir
        Path folder;

        private final AtomicInteger calls = new AtomicInteger();
        private final List<byte[]> objects = Collections.synchronizedList(new ArrayList<>());

        @Override
        public CaptureSink sink() {
            return Sinks.objects((key, content) -> objects.add(content), 2000);
        }

        @Override
        public List<CaptureRecord> arrived() throws IOException {
            List<CaptureRecord> records = new ArrayList<>();
            for (byte[] object : objects) {
                Path file = folder.resolve(calls.incrementAndGet() + ".jsonl");
                Files.write(file, object);
                try (Stream<CaptureRecord> read = CaptureFiles.in(folder).records()) {
                    records.addAll(read.toList());
                }
                Files.delete(file);
            }
            return records;
        }
    }

    @Nested
    class Memory implements CaptureSinkContract {

        private final MemorySink memory = Sinks.memory(10_000);

        @Override
        public CaptureSink sink() {
            return memory;
        }

        @Override
        public List<CaptureRecord> arrived() {
            return memory.records();
        }
    }

    @Nested
    class AllWithOneThatFails implements CaptureSinkContract {

        private final MemorySink memory = Sinks.memory(10_000);

        @Override
        public CaptureSink sink() {
            CaptureSink failing = batch -> {
                throw new IOException("away");
            };
            return Sinks.all(failing, memory);
        }

        @Override
        public List<CaptureRecord> arrived() {
            return memory.records();
        }
    }

    /** A sink that takes batches into memory, but fails every third time. */
    private static final class Shaky implements CaptureSink {

        private final MemorySink memory = Sinks.memory(10_000);
        private final AtomicInteger calls = new AtomicInteger();

        @Override
        public void write(CaptureBatch batch) throws IOException {
            if (calls.incrementAndGet() % 3 == 2) {
                throw new IOException("away");
            }
            memory.write(batch);
        }
    }

    @Nested
    class RetryingOneThatFailsEveryThirdTime implements CaptureSinkContract {

        private final Shaky shaky = new Shaky();

        @Override
        public CaptureSink sink() {
            return new Patient(Sinks.retrying(shaky).clock(new LeapingClock()));
        }

        @Override
        public List<CaptureRecord> arrived() {
            return shaky.memory.records();
        }
    }

    /** Flushed until nothing waits, as a spill for a target that comes and goes hands over a part at a time. */
    @Nested
    class SpillingForOneThatFailsEveryThirdTime implements CaptureSinkContract {

        @TempDir
        Path spill;

        private final Shaky shaky = new Shaky();

        @Override
        public CaptureSink sink() {
            RetryingSink retrying =
                    Sinks.retrying(shaky).backlog(spill, 1 << 20).clock(new LeapingClock());
            return new CaptureSink() {
                @Override
                public void write(CaptureBatch batch) throws IOException {
                    retrying.write(batch);
                }

                @Override
                public void flush() throws Exception {
                    do {
                        retrying.flush();
                    } while (retrying.waiting() > 0);
                }

                @Override
                public void close() throws IOException {
                    try {
                        flush();
                    } catch (IOException | RuntimeException e) {
                        throw e;
                    } catch (Exception e) {
                        throw new IOException(e);
                    }
                    retrying.close();
                }
            };
        }

        @Override
        public List<CaptureRecord> arrived() {
            return shaky.memory.records();
        }
    }

    /** Written records are safe in the spill, in capture files, while the target is unreachable. */
    @Nested
    class SpillingForOneThatIsAway extends OfFiles {

        @Override
        public CaptureSink sink() {
            return Sinks.retrying(batch -> {
                        throw new IOException("away");
                    })
                    .backlog(folder, 1 << 20, KEY);
        }
    }
}
