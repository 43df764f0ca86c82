package io.modelmonitor.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pastes the README's lines on Spark into a JShell of this JVM, where there is a session. */
class ReadmeSparkTest {

    private static final Path README = Path.of(System.getProperty("project.root"), "README.md");
    private static final Pattern BLOCK = Pattern.compile("```java spark\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @Test
    void itsLinesRun() throws IOException {
        SparkSession session = Sessions.on("local[2]");
        Applications.frame(session, 0, 4_000, 3)
                .write()
                .parquet(folder.resolve("train").toString());
        Applications.frame(session, 10_000, 12_000, 2)
                .write()
                .parquet(folder.resolve("today").toString());
        List<String> blocks = BLOCK.matcher(Files.readString(README))
                .results()
                .map(MatchResult::group)
                .map(block -> block.substring(block.indexOf('\n') + 1, block.length() - 3))
                .map(block -> block.replace(
                        "parquet(\"", "parquet(\"" + folder.toString().replace('\\', '/') + "/"))
                .toList();
        assertThat(blocks).hasSize(1);
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            shell.addToClasspath(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
            // What the README's blocks before it import, and the session that a Spark shell has.
            run(shell, """
                    import io.modelmonitor.*;
                    import io.modelmonitor.api.*;
                    import io.modelmonitor.spi.MetricCalculator;
                    import static io.modelmonitor.quality.ModelQuality.modelQuality;
                    import static io.modelmonitor.fairness.Bias.bias;
                    var spark = org.apache.spark.sql.SparkSession.builder().getOrCreate();
                    """);
            run(shell, blocks.get(0));
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
