package io.modelmonitor.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.CaptureRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes write to one folder at the same time. */
@Timeout(300)
class SharedFolderTest {

    private static final int RECORDS = 20_000;

    @TempDir
    Path folder;

    @Test
    void everyLineOfTwoProcessesIsWholeAndTheyShareNoFile() throws Exception {
        List<Process> children = new ArrayList<>();
        try {
            for (String name : List.of("one", "two")) {
                children.add(start(name));
            }
            for (Process child : children) {
                BufferedReader lines = child.inputReader(StandardCharsets.US_ASCII);
                assertThat(lines.readLine()).isEqualTo("ready");
            }
            for (Process child : children) {
                child.outputWriter(StandardCharsets.US_ASCII).append('\n').flush();
            }
            for (Process child : children) {
                assertThat(child.waitFor()).as("exit code").isZero();
            }
        } finally {
            children.forEach(Process::destroyForcibly);
        }
        Map<String, BitSet> found = new HashMap<>();
        Map<Path, String> owners = new HashMap<>();
        try (CaptureFiles.Cursor cursor = CaptureFiles.in(folder).open()) {
            for (CaptureRecord record = cursor.next(); record != null; record = cursor.next()) {
                String[] id = String.valueOf(record.inferenceId()).split("-", -1);
                assertThat(owners.merge(cursor.file(), id[0], (first, second) -> first))
                        .as("owner of %s", cursor.file())
                        .isEqualTo(id[0]);
                int number = Integer.parseInt(id[1]);
                BitSet of = found.computeIfAbsent(id[0], unused -> new BitSet());
                assertThat(of.get(number)).as("%s twice", record.inferenceId()).isFalse();
                of.set(number);
            }
            assertThat(cursor.problems()).isEmpty();
        }
        assertThat(found.keySet()).containsExactlyInAnyOrder("one", "two");
        assertThat(found.values()).allMatch(of -> of.cardinality() == RECORDS && of.length() == RECORDS);
        assertThat(owners).hasSizeGreaterThan(20);
    }

    private Process start(String name) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WritingChild.class.getName(),
                        folder.toString(),
                        name,
                        String.valueOf(RECORDS))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
