package examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pages as Chromium shows them: at four widths, light and dark, in forced colours, on paper, by keyboard, without their script.
 * Skipped where Chromium, Node or the packages of {@code src/test/browser/package.json} are missing. Pages and screenshots are left
 * in {@code target/pages}.
 */
class PagesInABrowserTest {

    private static final Path EXAMPLES = Path.of(System.getProperty("project.root"), "monitor-examples");
    private static final Path BROWSER = EXAMPLES.resolve("src/test/browser");
    private static final Path PAGES = EXAMPLES.resolve("target/pages");

    @BeforeAll
    static void writePages(@TempDir Path folder) throws IOException {
        if (Files.exists(PAGES)) {
            try (Stream<Path> old = Files.walk(PAGES)) {
                old.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
        SamplePages.write(PAGES, folder);
    }

    @TestFactory
    Stream<DynamicTest> pagesAreUsableHoweverTheyAreLookedAt(@TempDir Path folder) throws Exception {
        String chromium = onPath("chromium", "chromium-browser", "google-chrome");
        String node = onPath("node");
        assumeTrue(!chromium.isEmpty(), "Chromium is not installed; .ci/run installs it");
        assumeTrue(!node.isEmpty(), "Node is not installed; .ci/run installs it");
        assumeTrue(
                Files.exists(BROWSER.resolve("node_modules/playwright-core")),
                "packages for the browser are not installed; .ci/run installs them");
        List<String> lines = run(
                folder,
                node,
                BROWSER.resolve("check.mjs").toString(),
                chromium,
                PAGES.toAbsolutePath().toString());
        List<String[]> checks = new ArrayList<>();
        for (String line : lines) {
            String[] parts = line.split("\t", -1);
            if (parts.length == 4 && (parts[0].equals("ok") || parts[0].equals("no"))) {
                checks.add(parts);
            } else {
                System.out.println(line);
            }
        }
        assertThat(checks).as("checks of %s", PAGES).hasSizeGreaterThan(100);
        return checks.stream()
                .map(check -> DynamicTest.dynamicTest(
                        check[1] + ": " + check[2], () -> assertThat(check[3]).isEmpty()));
    }

    @Test
    void theCheckerOfHtmlFindsNothing(@TempDir Path folder) throws Exception {
        Path checker = BROWSER.resolve("node_modules/vnu-jar/build/dist/vnu.jar");
        assumeTrue(Files.exists(checker), "the checker of HTML is not installed; .ci/run installs it");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> found = run(
                folder,
                java.toString(),
                "-jar",
                checker.toString(),
                "--errors-only",
                "--skip-non-html",
                PAGES.toString());
        assertThat(found).isEmpty();
    }

    /** Runs a program for at most four minutes, and returns the lines that it printed. */
    private static List<String> run(Path folder, String... command) throws Exception {
        Path out = folder.resolve("out.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        boolean hasEnded = process.waitFor(4, TimeUnit.MINUTES);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        String printed = Files.readString(out, StandardCharsets.UTF_8);
        assertThat(hasEnded).as("ended, having printed %s", printed).isTrue();
        assertThat(process.waitFor())
                .as("ended well, having printed %s", printed)
                .isZero();
        return printed.lines().toList();
    }

    private static String onPath(String... names) {
        for (String name : names) {
            for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
                if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, name))) {
                    return Path.of(folder, name).toString();
                }
            }
        }
        return "";
    }
}
