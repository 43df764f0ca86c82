package examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.internal.file.WholeFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pastes every block of Java in the README into one JShell, in order, in a folder with the files that it names. */
class ReadmeTest {

    private static final Path README = Path.of(System.getProperty("project.root"), "README.md");
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @BeforeEach
    void writeTheFilesThatTheReadmeNames() {
        CsvFiles.write(CreditApplications.firstMonth(), folder.resolve("train.csv"));
        CsvFiles.write(CreditApplications.secondMonth(), folder.resolve("today.csv"));
        WholeFile.write(folder.resolve("scored.csv"), scored());
    }

    @Test
    void everyBlockOfJavaRuns() throws IOException {
        List<String> blocks = blocks();
        assertThat(blocks).hasSizeGreaterThan(4);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        // The snippets run in a JVM of their own, as in the tool: the engine within this one waits for threads that a
        // snippet started.
        try (JShell shell = JShell.builder()
                .out(new PrintStream(printed, true, StandardCharsets.UTF_8))
                .remoteVMOptions("-Dfile.encoding=UTF-8", "-XX:TieredStopAtLevel=1")
                .build()) {
            shell.addToClasspath(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
            shell.eval("import java.util.*;");
            blocks.forEach(block -> evaluate(shell, block));
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .startsWith("VIOLATED: ")
                .endsWith("1 row\n");
    }

    /** Predictions of a fair model that is right more often than not. */
    private static String scored() {
        SplittableRandom random = new SplittableRandom(11);
        StringBuilder lines = new StringBuilder("gender,score,predicted,defaulted\n");
        for (int i = 0; i < 2_000; i++) {
            double score = random.nextDouble();
            lines.append(random.nextBoolean() ? "F" : "M")
                    .append(',')
                    .append(score)
                    .append(score > 0.5 ? ",1," : ",0,")
                    .append(random.nextDouble() < score ? 1 : 0)
                    .append('\n');
        }
        return lines.toString();
    }

    private List<String> blocks() throws IOException {
        Matcher matcher = BLOCK.matcher(Files.readString(README));
        return matcher.results()
                .map(result -> result.group(1)
                        .replace("Path.of(\"", "Path.of(\"" + folder.toString().replace('\\', '/') + "/"))
                .toList();
    }

    /** Pastes a block as a terminal does: line by line, each snippet run as soon as it is complete. */
    private static void evaluate(JShell shell, String block) {
        String rest = "";
        for (String line : block.lines().toList()) {
            rest += line + "\n";
            SourceCodeAnalysis.CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            while (!rest.isBlank() && next.completeness().isComplete()) {
                run(shell, next.source());
                rest = next.remaining();
                next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            }
        }
        assertThat(rest).isBlank();
    }

    private static void run(JShell shell, String source) {
        for (SnippetEvent event : shell.eval(source)) {
            String diagnostics = shell.diagnostics(event.snippet())
                    .map(diagnostic -> diagnostic.getMessage(null))
                    .collect(Collectors.joining("; "));
            assertThat(event.exception()).as(event.snippet().source()).isNull();
            assertThat(event.status())
                    .as(event.snippet().source() + ": " + diagnostics)
                    .isEqualTo(Snippet.Status.VALID);
        }
    }
}
