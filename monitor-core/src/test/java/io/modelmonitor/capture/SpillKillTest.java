package io.modelmonitor.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.sink.RetryingSink;
import io.modelmonitor.sink.Sinks;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that spill to one folder are killed; the next one hands over what they had acknowledged. */
@Timeout(600)
class SpillKillTest {

    @TempDir
    Path folder;

    @Test
    void whatWasAcknowledgedIsHandedOverInOrderAfterARestart() throws Exception {
        SplittableRandom random = new SplittableRandom(20260305);
        List<Long> acknowledged = new ArrayList<>();
        for (int run = 0; run < 3; run++) {
            Process child = start("run" + run);
            acknowledged.add(runAndKill(child, 1 + random.nextInt(12), random.nextInt(2_000_000)));
        }
        List<String> ids = handOver();
        int from = 0;
        for (int run = 0; run < 3; run++) {
            String prefix = "run" + run + "-";
            int count = 0;
            while (from < ids.size() && ids.get(from).startsWith(prefix)) {
                assertThat(ids.get(from)).isEqualTo(prefix + count);
                from++;
                count++;
            }
            assertThat(count)
                    .as("records of run %d", run)
                    .isGreaterThanOrEqualTo(Math.toIntExact(acknowledged.get(run)));
        }
        assertThat(from).as("records in the order of the runs").isEqualTo(ids.size());
    }

    @Test
    void aProcessThatLivesKeepsItsSpill() throws Exception {
        Process living = start("living");
        try (BufferedReader lines = living.inputReader(StandardCharsets.US_ASCII)) {
            assertThat(lines.readLine()).endsWith(" all");
            assertThat(handOver()).as("what belongs to another process").isEmpty();
            living.toHandle().destroyForcibly();
            while (lines.readLine() != null) {
                Thread.onSpinWait();
            }
        } finally {
            living.destroyForcibly();
        }
        living.waitFor();
        assertThat(handOver()).isNotEmpty().allMatch(id -> id.startsWith("living-"));
    }

    private List<String> handOver() throws Exception {
        List<String> ids = new ArrayList<>();
        try (RetryingSink sink = Sinks.retrying(batch ->
                        batch.records().stream().map(CaptureRecord::inferenceId).forEach(ids::add))
                .backlog(folder, 1L << 30)) {
            int before;
            do {
                before = ids.size();
                sink.flush();
            } while (ids.size() > before);
        }
        return ids;
    }

    private Process start(String run) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SpillingChild.class.getName(),
                        folder.toString(),
                        run)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Returns how many records the process had said were acknowledged. */
    private static long runAndKill(Process child, int lastLine, int nanosLater) throws Exception {
        long acknowledged = 0;
        try (BufferedReader lines = child.inputReader(StandardCharsets.US_ASCII)) {
            String line = lines.readLine();
            assertThat(line).as("the child says something").isNotNull();
            for (int i = 1; line != null; i++) {
                if (line.endsWith(" all")) {
                    acknowledged = Long.parseLong(line.substring(0, line.indexOf(' ')));
                }
                if (i == lastLine) {
                    LockSupport.parkNanos(nanosLater);
                    child.toHandle().destroyForcibly();
                }
                line = lines.readLine();
            }
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.waitFor()).as("exit code of a killed process").isEqualTo(128 + 9);
        return acknowledged;
    }
}
