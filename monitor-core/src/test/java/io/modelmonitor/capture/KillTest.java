package io.modelmonitor.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.DataProblem;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that records is killed at random moments. {@code -Dkill.rounds=50} kills it as often as wanted; 6 times unless
 * said.
 */
@Timeout(600)
class KillTest {

    private static final List<String> KINDS = List.of("plain", "compressed", "encrypted");

    @TempDir
    Path folder;

    @Test
    void nothingAcknowledgedIsMissingAndNoLineIsCorrupt() throws Exception {
        int rounds = Integer.getInteger("kill.rounds", 6);
        SplittableRandom random = new SplittableRandom(20260304);
        for (int round = 0; round < rounds; round++) {
            String kind = KINDS.get(round % KINDS.size());
            Path captures = folder.resolve("round" + round);
            check(captures, "first", runAndKill(captures, "first", kind, random));
            if (round == 0) {
                long before = count(captures, "first");
                check(captures, "second", runAndKill(captures, "second", kind, random));
                assertThat(count(captures, "first"))
                        .as("a restart overwrites nothing")
                        .isEqualTo(before);
            }
        }
    }

    /** Returns what the process had said was acknowledged. */
    private static long[] runAndKill(Path captures, String run, String kind, SplittableRandom random)
            throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledChild.class.getName(),
                        captures.toString(),
                        run,
                        kind)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long[] acknowledged = new long[KilledChild.THREADS];
        try (BufferedReader lines = child.inputReader(StandardCharsets.US_ASCII)) {
            int last = 1 + random.nextInt(12);
            String line = lines.readLine();
            assertThat(line).as("the child says something").isNotNull();
            for (int i = 1; line != null; i++) {
                if (line.endsWith("all")) {
                    String[] numbers = line.split(" ", -1);
                    acknowledged = Arrays.stream(numbers, 0, KilledChild.THREADS)
                            .mapToLong(Long::parseLong)
                            .toArray();
                }
                if (i == last) {
                    LockSupport.parkNanos(random.nextInt(2_000_000));
                    child.toHandle().destroyForcibly(); // the process alone: its output is still to be read
                }
                line = lines.readLine();
            }
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.waitFor()).as("exit code of a killed process").isEqualTo(128 + 9);
        return acknowledged;
    }

    private static void check(Path captures, String run, long[] acknowledged) {
        BitSet[] found = new BitSet[KilledChild.THREADS];
        Arrays.setAll(found, unused -> new BitSet());
        try (CaptureFiles.Cursor cursor =
                CaptureFiles.in(captures).key(KilledChild.KEY).plainAllowed().open()) {
            for (CaptureRecord record = cursor.next(); record != null; record = cursor.next()) {
                String[] id = String.valueOf(record.inferenceId()).split("-", -1);
                if (id[0].equals(run)) {
                    found[Integer.parseInt(id[1])].set(Integer.parseInt(id[2]));
                }
            }
            for (DataProblem problem : cursor.problems()) {
                assertThat(problem.description())
                        .matches("(the last line is torn; left out|a file is cut off before its first line"
                                + "|a file has no authentic end: it is still being written, or was cut off), in .*");
                assertThat(problem.count()).isEqualTo(1);
            }
        }
        for (int t = 0; t < acknowledged.length; t++) {
            assertThat(found[t].nextClearBit(0))
                    .as("records of thread %d found without a gap", t)
                    .isGreaterThanOrEqualTo((int) acknowledged[t]);
        }
    }

    private static long count(Path captures, String run) {
        try (var records =
                CaptureFiles.in(captures).key(KilledChild.KEY).plainAllowed().records()) {
            return records.filter(record -> String.valueOf(record.inferenceId()).startsWith(run + "-"))
                    .count();
        }
    }
}
