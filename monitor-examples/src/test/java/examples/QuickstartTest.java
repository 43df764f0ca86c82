package examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Dataset;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream progress = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(progress, true, StandardCharsets.UTF_8);

    @Test
    void theExampleShowsEachKindOfChangeAndNoneThatIsNotThere() {
        String text = Quickstart.run("", "", folder, err);
        assertThat(text).startsWith("VIOLATED");
        List<String> violated = text.lines()
                .filter(line -> line.startsWith("  "))
                .map(line -> line.substring(2, line.indexOf(' ', 2)))
                .distinct()
                .toList();
        assertThat(violated).containsExactlyInAnyOrder("income", "channel", "age", "debt_ratio");
        assertThat(text).contains("partner").contains("completeness");
    }

    @Test
    void theReadmePrintsWhatItPrints() throws Exception {
        String text = Quickstart.run("", "", folder, err);
        assertThat(Files.readString(Path.of(System.getProperty("project.root"), "README.md")))
                .contains("```\n" + text.substring(0, text.indexOf("Written to")) + "```");
    }

    @Test
    void itsFilesAreLeftInTheFolder() {
        Quickstart.run("", "", folder, err);
        assertThat(List.of("statistics.json", "constraints.json", "constraint_violations.json", "report.html"))
                .allSatisfy(name -> assertThat(Files.size(folder.resolve(name))).isGreaterThan(100));
    }

    @Test
    void theLastLineIsTheAddressOfThePage() throws Exception {
        String text = Quickstart.run("", "", folder, err);
        String last = text.substring(text.lastIndexOf('\n') + 1);
        assertThat(last).startsWith("Open file:");
        assertThat(Files.readString(Path.of(URI.create(last.substring("Open ".length())))))
                .contains(text.substring(0, text.indexOf(" [")).replace("VIOLATED", "Violated"));
    }

    @Test
    void theUsersOwnFilesAreChecked() throws Exception {
        Path train = Files.writeString(folder.resolve("train.jsonl"), lines(1_000, 5));
        Path today = Files.writeString(folder.resolve("today.jsonl"), lines(1_000, 9));
        assertThat(Quickstart.run(train.toString(), train.toString(), folder, err))
                .startsWith("HEALTHY");
        assertThat(Quickstart.run(train.toString(), today.toString(), folder, err))
                .startsWith("VIOLATED");
    }

    @Test
    void oneFileWithoutTheOtherIsRefused() {
        assertThatThrownBy(() -> Quickstart.run("train.csv", "", folder, err))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("give both files");
    }

    @Test
    void aFileThatIsNotThereIsNamedInOneLine() {
        assertThatThrownBy(() -> Quickstart.run("absent.csv", "absent.csv", folder, err))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("absent.csv")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void progressIsSaidOnlyWhenReadingTakesLong() {
        Dataset table = CreditApplications.firstMonth();
        drain(ProgressLine.of(table, "baseline", new Ticking(1), err));
        assertThat(progress.toString(StandardCharsets.UTF_8)).isEmpty();
        drain(ProgressLine.of(table, "baseline", new Ticking(3_000), err));
        assertThat(progress.toString(StandardCharsets.UTF_8))
                .contains("baseline: 6,000 rows")
                .endsWith("\n");
    }

    private static void drain(Dataset dataset) {
        try (Dataset.Cursor cursor = dataset.open()) {
            Batch batch = cursor.next();
            while (batch != null) {
                batch = cursor.next();
            }
        }
    }

    private static String lines(int count, int modulus) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append("{\"customer\":{\"age\":")
                    .append(20 + i % modulus)
                    .append("},\"n\":")
                    .append(i % 3)
                    .append("}\n");
        }
        return lines.toString();
    }

    /** A clock on which some milliseconds pass with every look. */
    private static final class Ticking extends Clock {

        private final long step;
        private long now;

        Ticking(long step) {
            this.step = step;
        }

        @Override
        public long millis() {
            now += step;
            return now;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
