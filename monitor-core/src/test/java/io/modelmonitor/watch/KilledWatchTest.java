package io.modelmonitor.watch;

import static io.modelmonitor.watch.Hours.hour;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledWatchTest {

    private static final int HOURS = 72;
    private static final int KILLS = 8;

    @TempDir
    private Path folder;

    @Test
    @Tag("exhaustive")
    void aProcessThatIsKilledAtAnyMomentLosesAndDoublesNothing() throws Exception {
        Path killed = Files.createDirectory(folder.resolve("killed"));
        SplittableRandom random = new SplittableRandom(16);
        int kills = 0;
        boolean isDone = false;
        while (!isDone) {
            Process process = start(killed);
            int lines = kills < KILLS ? random.nextInt(1, 24) : Integer.MAX_VALUE;
            try (BufferedReader output =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                int line = 0;
                while (line < lines && output.readLine() != null) {
                    line++;
                }
                if (line == lines) {
                    process.destroyForcibly();
                    kills++;
                }
            }
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            isDone = process.exitValue() == 0;
        }
        assertThat(kills).isGreaterThanOrEqualTo(KILLS / 2);

        Path through = Files.createDirectory(folder.resolve("through"));
        Watch watch = WatchProcess.open(through, false);
        assertThat(watch.runDue(hour(HOURS))).hasSize(HOURS);
        assertThat(watch.alerts()).extracting(Alert::kind).containsExactly(Alert.Kind.ENDED, Alert.Kind.BEGAN);
        // The same bytes: every window was counted once, on the same state, in the same order.
        Path lines = Path.of("history", "credit", "hourly", "2026-01.jsonl");
        assertThat(withoutFolders(killed, lines)).isEqualTo(withoutFolders(through, lines));
        assertThat(WatchProcess.open(killed, false).standings()).isEqualTo(watch.standings());
        assertThat(new LinkedHashSet<>(Files.readAllLines(killed.resolve("told"))))
                .containsExactlyElementsOf(Files.readAllLines(through.resolve("told")));
        Path report = Path.of("out", "credit", "hourly", "2026", "01", "02", "06", Execution.REPORT);
        assertThat(killed.resolve(report)).hasSameBinaryContentAs(through.resolve(report));
    }

    private static String withoutFolders(Path root, Path file) throws IOException {
        return Files.readString(root.resolve(file)).replace(root.toString(), "");
    }

    private static Process start(Path folder) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ProcessBuilder(
                        java.toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WatchProcess.class.getName(),
                        folder.toString(),
                        Integer.toString(HOURS))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
