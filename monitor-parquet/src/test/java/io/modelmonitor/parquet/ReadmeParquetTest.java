package io.modelmonitor.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pastes the README's lines on Parquet into a JShell. */
class ReadmeParquetTest {

    private static final Path README = Path.of(System.getProperty("project.root"), "README.md");
    private static final Pattern BLOCK = Pattern.compile("```java parquet\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    private static void write(Path file, int first, int rows) {
        Written.file(
                file,
                "message m { required binary name (STRING); optional int32 age; optional double income; }",
                rows,
                (row, index) -> {
                    int number = first + index;
                    row.append("name", "n" + number);
                    if (number % 50 != 0) {
                        row.append("age", 20 + number * 7 % 60);
                    }
                    row.append("income", 1_000.5 + number * 37 % 5_000);
                });
    }

    @Test
    void itsLinesRun() throws IOException {
        write(folder.resolve("train.parquet"), 0, 3_000);
        Files.createDirectory(folder.resolve("today"));
        write(folder.resolve("today/part-0.parquet"), 0, 1_000);
        write(folder.resolve("today/part-1.parquet"), 1_000, 1_000);
        Matcher matcher = BLOCK.matcher(Files.readString(README));
        assertThat(matcher.find()).isTrue();
        String block = matcher.group(1)
                .replace("Path.of(\"", "Path.of(\"" + folder.toString().replace('\\', '/') + "/");
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            shell.addToClasspath(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
            // What the README's blocks before it import.
            run(shell, "import io.modelmonitor.*;\nimport io.modelmonitor.api.*;\nimport java.nio.file.Path;\n");
            run(shell, block);
            List<SnippetEvent> verdict = run(shell, "report.status() + \" of \" + report.rows() + \" rows\"\n");
            assertThat(verdict.get(0).value()).isEqualTo("\"HEALTHY of 2000 rows\"");
        }
    }

    private static List<SnippetEvent> run(JShell shell, String block) {
        List<SnippetEvent> last = List.of();
        String rest = block;
        while (!rest.isBlank()) {
            SourceCodeAnalysis.CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            assertThat(next.completeness().isComplete()).as(rest).isTrue();
            last = shell.eval(next.source());
            for (SnippetEvent event : last) {
                assertThat(event.exception()).as(event.snippet().source()).isNull();
                assertThat(event.status()).as(event.snippet().source()).isEqualTo(Snippet.Status.VALID);
            }
            rest = next.remaining();
        }
        return last;
    }
}
