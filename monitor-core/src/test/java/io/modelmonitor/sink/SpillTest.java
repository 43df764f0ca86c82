package io.modelmonitor.sink;

import static io.modelmonitor.sink.SinkRecords.logged;
import static io.modelmonitor.sink.SinkRecords.openFiles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modelmonitor.DataCapture;
import io.modelmonitor.ManualClock;
import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Payload;
import io.modelmonitor.capture.CaptureFiles;
import io.modelmonitor.capture.CaptureKey;
import io.modelmonitor.capture.CaptureStats;
import io.modelmonitor.spi.CaptureSink;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SpillTest {

    private static final long MUCH = 1L << 30;
    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    @TempDir
    Path folder;

    /** A sink that is away, back again, or takes records without being able to keep them. */
    private static final class Target implements CaptureSink {

        private final List<CaptureBatch> taken = new ArrayList<>();
        private boolean away = true;
        private boolean leaking;

        @Override
        public void write(CaptureBatch batch) throws IOException {
            if (away) {
                throw new IOException("away");
            }
            taken.add(batch);
        }

        @Override
        public void flush() throws IOException {
            if (away || leaking) {
                throw new IOException("cannot flush");
            }
        }

        private List<String> ids() {
            return taken.stream()
                    .flatMap(batch -> batch.records().stream())
                    .map(CaptureRecord::eventId)
                    .toList();
        }
    }

    private final Target target = new Target();

    private RetryingSink sink() {
        return Sinks.retrying(target)
                .backoff(Duration.ofMillis(1), Duration.ofMillis(1))
                .backlog(folder, MUCH);
    }

    @Test
    void aTargetThatIsAwayForLongGetsEverythingInItsOrder() throws Exception {
        List<String> ids = new ArrayList<>();
        RetryingSink sink = sink();
        for (int i = 0; i < 30_000; i += 300) {
            sink.write(batch("churn", i, 300));
            ids.addAll(ids(i, 300));
        }
        assertThat(sink.waiting()).isEqualTo(30_000);
        assertThat(files()).as("files of 4 MiB").hasSizeBetween(2, 4);
        target.away = false;
        handOver(sink);
        assertThat(files()).isEmpty();
        sink.write(batch("churn", 30_000, 1));
        ids.add("30000");
        assertThat(target.ids()).isEqualTo(ids);
        sink.close();
        assertThat(foldersLeft()).isZero();
    }

    @Test
    void whatGoesOnComingWaitsBehindTheSpill() throws Exception {
        RetryingSink sink = sink();
        int next = 0;
        for (; next < 20_000; next += 500) {
            sink.write(batch("churn", next, 500));
        }
        target.away = false;
        for (int turn = 0; sink.waiting() > 0; turn++) {
            assertThat(turn).as("turns").isLessThan(10_000);
            sink.write(batch("churn", next, 10));
            next += 10;
        }
        sink.close();
        assertThat(target.ids()).isEqualTo(ids(0, next));
    }

    @Test
    void aFullSpillRefusesAndCounts() throws Exception {
        CaptureSink sink = Sinks.retrying(target).backlog(folder, 20_000);
        try (DataCapture capture = DataCapture.of("churn").sink(sink).start()) {
            for (int i = 0; i < 40; i++) {
                capture.record(String.valueOf(i), new double[100], 0.5);
                capture.flush(Duration.ofSeconds(10));
            }
            CaptureStats stats = capture.stats();
            assertThat(stats.written()).isBetween(30L, 39L);
            assertThat(stats.failed()).isEqualTo(40 - stats.written());
            assertThat(size(files())).isBetween(15_000L, 20_000L);
        }
        target.away = false;
        try (RetryingSink next = sink()) {
            handOver(next);
        }
        assertThat(target.taken.get(0).records())
                .extracting(CaptureRecord::inferenceId)
                .startsWith("0", "1", "2");
    }

    @Test
    void aFlushIsAcknowledgedWhileTheTargetIsAwayBecauseTheSpillIsSafe() throws IOException {
        DataCapture capture = DataCapture.of("churn").sink(sink()).start();
        capture.record(new double[3], 0.5);
        assertThat(capture.flush(Duration.ofSeconds(10))).isTrue();
        assertThat(capture.stats()).isEqualTo(new CaptureStats(1, 0, 1, 0, 0, 0, size(files())));
        capture.close();
        assertThat(capture.stats().failed()).isZero();
    }

    @Test
    void theNextSinkHandsOverWhatTheLastOneLeftBeforeAllThatItIsGiven() throws Exception {
        for (int run = 0; run < 3; run++) {
            try (RetryingSink sink = sink()) {
                sink.write(batch("churn", 100 * run, 100));
            }
        }
        long bytes = size(files());
        target.away = false;
        RetryingSink sink = sink().clock(new ManualClock(NOON));
        String log = logged(() -> sink.write(batch("churn", 300, 1)));
        assertThat(log).containsOnlyOnce(bytes + " bytes that an earlier process has spilled are sent now");
        assertThat(target.ids()).isEqualTo(ids(0, 301));
        sink.flush();
        assertThat(files()).isEmpty();
        sink.close();
        assertThat(foldersLeft()).isZero();
    }

    @Test
    void namesAndRecordsSurviveAsTheyAre() throws Exception {
        List<CaptureRecord> odd = List.of(
                new CaptureRecord("a", "\"\n", NOON, Payload.csv("é,\ud83d\ude00"), null, List.of("x", "")),
                new CaptureRecord("b", null, NOON, null, Payload.bytes("image/png", new byte[] {0, -1}), List.of()));
        List<CaptureBatch> batches = new ArrayList<>();
        try (RetryingSink sink = sink()) {
            for (String name : List.of("churn", "../../evil", "", "a b/ü%", "churn")) {
                batches.add(new CaptureBatch(name, name + "x", odd));
                sink.write(batches.get(batches.size() - 1));
            }
        }
        assertThat(files()).hasSize(5);
        target.away = false;
        try (RetryingSink sink = sink()) {
            handOver(sink);
        }
        assertThat(target.taken).isEqualTo(batches);
    }

    @Test
    void aTornLineIsLeftOutAndNothingElse() throws Exception {
        try (RetryingSink sink = sink()) {
            sink.write(batch("churn", 0, 1000));
        }
        try (RandomAccessFile file = new RandomAccessFile(files().get(0).toFile(), "rw")) {
            file.setLength(file.length() - 10);
        }
        target.away = false;
        try (RetryingSink sink = sink()) {
            handOver(sink);
            sink.write(batch("churn", 1000, 1));
        }
        List<String> expected = new ArrayList<>(ids(0, 1001));
        expected.remove("999");
        assertThat(target.ids()).isEqualTo(expected);
        assertThat(files()).isEmpty();
    }

    @Test
    void aFileThatCannotBeReadIsSetAsideAndStopsNothing() throws Exception {
        try (RetryingSink sink = sink()) {
            sink.write(batch("churn", 0, 10));
            sink.write(batch("other", 10, 10));
        }
        Files.writeString(files().get(0), "garbage\n".repeat(100));
        target.away = false;
        try (RetryingSink sink = sink()) {
            handOver(sink);
        }
        assertThat(target.ids()).isEqualTo(ids(10, 10));
        assertThat(files()).singleElement().satisfies(file -> {
            assertThat(file.toString()).endsWith(".jsonl.unreadable");
            assertThat(Files.readString(file)).startsWith("garbage");
        });
    }

    @Test
    void aSpillMayBeEncrypted() throws Exception {
        CaptureKey key = CaptureKey.of("a secret for files of tests only".getBytes(StandardCharsets.US_ASCII));
        try (RetryingSink sink = Sinks.retrying(target).backlog(folder, MUCH, key)) {
            sink.write(batch("churn", 0, 600));
        }
        assertThat(files()).singleElement().satisfies(file -> {
            assertThat(file.toString()).endsWith(".jsonl.enc");
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("captureData");
        });
        try (Stream<CaptureRecord> records = CaptureFiles.in(folder).key(key).records()) {
            assertThat(records).as("records of a spill, read as captures").hasSize(600);
        }
        target.away = false;
        try (RetryingSink sink = Sinks.retrying(target).backlog(folder, MUCH, key)) {
            handOver(sink);
        }
        assertThat(target.ids()).isEqualTo(ids(0, 600));
    }

    @Test
    void whatTheTargetTookAndCouldNotKeepIsHandedOverAgain() throws Exception {
        RetryingSink sink = sink();
        sink.write(batch("churn", 0, 700));
        target.away = false;
        target.leaking = true;
        assertThatThrownBy(() -> handOver(sink)).hasMessage("cannot flush");
        assertThat(sink.waiting()).isEqualTo(700);
        assertThat(files()).hasSize(1);
        target.taken.clear();
        target.leaking = false;
        handOver(sink);
        assertThat(target.ids()).isEqualTo(ids(0, 700));
        assertThat(files()).isEmpty();
        sink.close();
    }

    @Test
    void aFlushThatFailsPutsTheNextAttemptOffAsARefusalDoes() throws Exception {
        ManualClock clock = new ManualClock(NOON);
        RetryingSink sink = Sinks.retrying(target)
                .clock(clock)
                .backoff(Duration.ofSeconds(10), Duration.ofSeconds(10))
                .backlog(folder, MUCH);
        sink.write(batch("churn", 0, 700));
        target.away = false;
        target.leaking = true;
        clock.now = NOON.plusSeconds(10);
        assertThatThrownBy(sink::flush).hasMessage("cannot flush");
        assertThat(target.ids()).isEqualTo(ids(0, 700));

        sink.write(batch("churn", 700, 1));
        assertThat(target.ids()).as("before it is due").isEqualTo(ids(0, 700));

        target.taken.clear();
        target.leaking = false;
        clock.now = NOON.plusSeconds(20);
        sink.flush();
        assertThat(target.ids()).isEqualTo(ids(0, 701));
        sink.close();
    }

    @Test
    void aBatchWaitsForAsMuchOfTheSpillAsATurnHasTimeFor() throws Exception {
        ManualClock clock = new ManualClock(NOON);
        CaptureSink slow = batch -> {
            clock.now = clock.now.plusMillis(10);
            target.write(batch);
        };
        RetryingSink sink = Sinks.retrying(slow).clock(clock).backlog(folder, MUCH);
        for (int i = 0; i < 2_000; i += 500) {
            sink.write(batch("churn", i, 500));
        }
        target.away = false;
        clock.now = NOON.plusSeconds(60);
        sink.write(batch("churn", 2_000, 1));

        assertThat(target.taken).as("batches of one turn").hasSize(2);
        assertThat(sink.waiting()).isEqualTo(2_001 - target.ids().size());
        sink.close();
        assertThat(target.ids()).isEqualTo(ids(0, 2_001));
    }

    @Test
    void foldersOfOthersInTheSpillAreLeftAlone() throws Exception {
        Path theirs = folder.resolve("backup/churn/AllTraffic/0000000000000000001.jsonl");
        Files.createDirectories(theirs.getParent());
        RetryingSink before = sink();
        before.write(batch("churn", 0, 10));
        Files.copy(files().get(0), theirs);
        Path file = Files.createFile(folder.resolve("000000000000000-01234567-89ab-cdef-0123-456789abcdef"));
        target.away = false;
        handOver(before);
        before.close();

        assertThat(target.ids()).isEqualTo(ids(0, 10));
        assertThat(files()).containsExactly(file, theirs);
        assertThat(folder.resolve("backup/.lock")).doesNotExist();
        try (RetryingSink next = sink()) {
            assertThat(next.waiting()).isZero();
            target.away = true;
            next.write(batch("churn", 10, 10));
            target.away = false;
            handOver(next);
        }
        assertThat(target.ids()).isEqualTo(ids(0, 20));
        assertThat(files()).containsExactly(file, theirs);
    }

    @Test
    void aLinkInTheSpillIsNotFollowed() throws Exception {
        try (RetryingSink sink = sink()) {
            sink.write(batch("churn", 0, 10));
        }
        Path spilled = files().get(0);
        Path elsewhere = Files.copy(spilled, folder.resolve("theirs"));
        Path link = Files.createSymbolicLink(spilled.resolveSibling("0000000000000000009.jsonl"), elsewhere);
        target.away = false;
        try (RetryingSink sink = sink()) {
            handOver(sink);
        }
        assertThat(target.ids()).isEqualTo(ids(0, 10));
        assertThat(elsewhere).exists();
        assertThat(link).as("left where it is").isSymbolicLink();
    }

    @Test
    void aSpillThatAnotherClassLoaderHasLockedIsLeftAsItIsUntilItIsFree() throws Exception {
        List<RetryingSink> both = List.of(sink(), sink());
        for (int i = 0; i < 2; i++) {
            both.get(i).write(batch("churn", 10 * i, 10));
        }
        for (RetryingSink sink : both) {
            sink.close();
        }
        List<Path> locks;
        try (Stream<Path> paths = Files.walk(folder, 2)) {
            locks = paths.filter(path -> path.getNameCount() == folder.getNameCount() + 2 && path.endsWith(".lock"))
                    .sorted()
                    .toList();
        }
        assertThat(locks).hasSize(2);
        RetryingSink next = sink();
        try (FileChannel other = FileChannel.open(locks.get(1), StandardOpenOption.WRITE);
                FileLock lock = other.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThatThrownBy(() -> next.write(batch("churn", 20, 10)))
                    .hasMessage("the sink is away, and the spill " + folder + " is in use by another class loader");
            Path open = Path.of("/proc/self/fd");
            if (Files.isDirectory(open)) {
                assertThat(openFiles(open, folder)).as("that of the other").hasSize(1);
            }
        }
        target.away = false;
        handOver(next);
        next.close();
        assertThat(target.ids()).containsExactlyInAnyOrderElementsOf(ids(0, 20));
        assertThat(files()).isEmpty();
    }

    @Test
    void aSinkThatIsUsedAfterItsClosingTakesItsSpillOverAgain() throws Exception {
        RetryingSink sink = sink();
        sink.write(batch("churn", 0, 10));
        sink.close();
        assertThat(sink.waiting()).isZero();
        sink.write(batch("churn", 10, 10));
        target.away = false;
        sink.close();
        assertThat(target.ids()).isEqualTo(ids(0, 20));
        assertThat(foldersLeft()).isZero();
    }

    @Test
    void recordsThatAreMissingOfASegmentAreCountedOnce() {
        SpillSegment segment = new SpillSegment(folder, "churn", "v", 1);
        segment.grow(1_000, 10);
        assertThat(segment.finish(7)).isEqualTo(3);
        assertThat(segment.records()).isEqualTo(7);
        assertThat(segment.finish(7)).as("when it is read again").isZero();
    }

    @Test
    void noFileStaysOpenWhoseRecordsHaveBeenHandedOver() throws Exception {
        Path open = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(open), "only Linux says which files are open");
        RetryingSink sink = sink();
        for (int i = 0; i < 5; i++) {
            target.away = true;
            sink.write(batch("churn", i, 1));
            target.away = false;
            handOver(sink);
        }
        assertThat(openFiles(open, folder)).as("the lock is held").hasSize(1);
        sink.close();
        assertThat(openFiles(open, folder)).isEmpty();
    }

    @Test
    void noFileStaysOpenOfWhichATargetTookAPartAndCouldNotKeepIt() throws Exception {
        Path open = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(open), "only Linux says which files are open");
        CaptureSink once = new CaptureSink() {
            @Override
            public void write(CaptureBatch batch) throws IOException {
                target.away |= !target.taken.isEmpty();
                target.write(batch);
            }

            @Override
            public void flush() throws IOException {
                target.flush();
            }
        };
        ManualClock clock = new ManualClock(NOON);
        RetryingSink sink = Sinks.retrying(once)
                .clock(clock)
                .backoff(Duration.ofSeconds(1), Duration.ofSeconds(1))
                .backlog(folder, MUCH);
        sink.write(batch("churn", 0, 2_000));
        for (int turn = 1; turn <= 5; turn++) {
            target.taken.clear();
            target.away = false;
            target.leaking = true;
            clock.now = NOON.plusSeconds(2L * turn);
            assertThatThrownBy(sink::flush).hasMessage("cannot flush");
            assertThat(target.ids()).as("the first part, again").isEqualTo(ids(0, 512));
        }
        assertThat(openFiles(open, folder))
                .as("the lock, and at most the file in hand")
                .hasSizeLessThanOrEqualTo(2);
        target.away = true;
        assertThatThrownBy(sink::close).isInstanceOf(IOException.class);
        assertThat(openFiles(open, folder)).isEmpty();
    }

    @Test
    void twoSinksMayShareAFolderAndKeepApart() throws Exception {
        Target otherTarget = new Target();
        RetryingSink one = sink();
        RetryingSink other = Sinks.retrying(otherTarget).backlog(folder, MUCH);
        one.write(batch("churn", 0, 10));
        other.write(batch("churn", 10, 10));
        target.away = false;
        handOver(one);
        one.close();
        assertThat(target.ids()).isEqualTo(ids(0, 10));
        assertThat(other.waiting()).isEqualTo(10);
        other.close();
        try (RetryingSink next = sink()) {
            handOver(next);
        }
        assertThat(target.ids()).isEqualTo(ids(0, 20));
    }

    @Test
    void aFolderThatCannotBeUsedCostsWhatTheTargetRefusesAndNoMore() throws Exception {
        Path file = folder.resolve("file");
        Files.writeString(file, "not a folder");
        try (RetryingSink sink = Sinks.retrying(target).backlog(file, MUCH)) {
            String first = logged(() -> assertThatThrownBy(() -> sink.write(batch("churn", 0, 1)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the sink is away, and " + file)
                    .hasRootCauseMessage("away"));
            assertThat(first).containsOnlyOnce("the spill " + file + " cannot be opened: ");
            target.away = false;
            String log = logged(() -> {
                sink.write(batch("churn", 1, 1));
                sink.flush();
            });
            assertThat(log).as("it was told before").isEmpty();
        }
        assertThat(target.ids()).containsExactly("1");
        assertThat(Files.readString(file)).isEqualTo("not a folder");
    }

    @Test
    void theSpillIsItsOwnersOnly() throws Exception {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"), "no POSIX permissions here");
        Path spill = folder.resolve("new");
        try (RetryingSink sink = Sinks.retrying(target).backlog(spill, MUCH)) {
            sink.write(batch("churn", 0, 1));
            try (Stream<Path> paths = Files.walk(spill)) {
                for (Path path : paths.toList()) {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                            .as("%s", path)
                            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
                }
            }
        }
    }

    @Test
    void senselessSettingsAreRefused() {
        assertThatThrownBy(() -> Sinks.retrying(target).backlog(folder, 0)).hasMessageContaining("spilling 0 bytes");
        assertThat(Sinks.retrying(target).backlog(folder, 1).waiting()).isZero();
    }

    /** Flushes until nothing waits. */
    private static void handOver(RetryingSink sink) throws Exception {
        long end = System.nanoTime() + 60_000_000_000L;
        while (System.nanoTime() < end) {
            sink.flush();
            if (sink.waiting() == 0) {
                sink.flush();
                return;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError(sink.waiting() + " records still wait");
    }

    private static CaptureBatch batch(String endpoint, int first, int count) {
        return new CaptureBatch(
                endpoint,
                CaptureBatch.ALL_TRAFFIC,
                ids(first, count).stream()
                        .map(id -> new CaptureRecord(
                                id, null, NOON, Payload.csv("0.125,".repeat(20) + id), Payload.csv("0.5"), List.of()))
                        .toList());
    }

    private static List<String> ids(int first, int count) {
        return IntStream.range(first, first + count).mapToObj(String::valueOf).toList();
    }

    private static long size(List<Path> files) throws IOException {
        long size = 0;
        for (Path file : files) {
            size += Files.size(file);
        }
        return size;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(".lock"))
                    .sorted()
                    .toList();
        }
    }

    private long foldersLeft() throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.filter(Files::isDirectory).count();
        }
    }
}
