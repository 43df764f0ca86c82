package examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Dataset;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuickstartTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream progress = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(progress, true, StandardCharsets.UTF_8);

    private Quickstart.Result result(String... options) {
        Map<String, String> given = new HashMap<>(Map.of("output", folder.toString()));
        for (String option : options) {
            given.put(option.substring(0, option.indexOf('=')), option.substring(option.indexOf('=') + 1));
        }
        return Quickstart.run(new Options(name -> given.getOrDefault(name, "")), err);
    }

    private String run(String baseline, String current) {
        return result("baseline=" + baseline, "current=" + current).text();
    }

    @Test
    void itEndsWithACodeForEachVerdict() throws Exception {
        Path train = Files.writeString(folder.resolve("train.jsonl"), lines(1_000, 5));
        Path today = Files.writeString(folder.resolve("today.jsonl"), lines(1_000, 9));
        Path none = Files.writeString(folder.resolve("none.jsonl"), "");
        assertThat(result("baseline=" + train, "current=" + train).exitCode()).isZero();
        assertThat(result("baseline=" + train, "current=" + today).exitCode()).isEqualTo(1);
        assertThat(result("baseline=" + train, "current=" + none).exitCode()).isEqualTo(3);
        assertThat(result().exitCode()).isZero();
        assertThat(result().text()).startsWith("VIOLATED");
    }

    @Test
    void tablesAreReadAndColumnsWatchedAsTheOptionsSay() throws Exception {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 600; i++) {
            rows.append(i)
                    .append(';')
                    .append(i % 7 == 0 ? "?" : 20 + i % 30)
                    .append(";x")
                    .append(i % 3)
                    .append('\n');
        }
        Path train = Files.writeString(folder.resolve("train.csv"), rows);
        Path today =
                Files.writeString(folder.resolve("today.csv"), rows.toString().replace(";x", ";y"));
        String[] options = {
            "baseline=" + train,
            "current=" + today,
            "header=false",
            "delimiter=;",
            "missing=?,-",
            "id=_c0",
            "without=_c2"
        };
        assertThat(result(options).text()).startsWith("HEALTHY");
        options[6] = "columns=_c2";
        assertThat(result(options).exitCode()).isEqualTo(1);
        options[6] = "columns=_c5";
        assertThatThrownBy(() -> result(options)).hasMessageContaining("column '_c5' is none of the baseline's");
        options[2] = "header=maybe";
        assertThatThrownBy(() -> result(options)).hasMessage("header is 'maybe'; allowed is true or false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\t", "tab", "\t", " tab "})
    void aTabMayBeTheDelimiterHoweverItIsWritten(String delimiter) throws Exception {
        Path table = Files.writeString(folder.resolve("tabs.txt"), "a;b\tc\n" + "1;2\t3\n".repeat(300));
        Quickstart.Result result =
                result("baseline=" + table, "current=" + table, "delimiter=" + delimiter, "columns=a;b");
        assertThat(result.text()).startsWith("HEALTHY").doesNotContain("stands nowhere");
    }

    @ParameterizedTest
    @ValueSource(strings = {"::", "\\n", "comma", ",;", "\\\\t"})
    void aDelimiterOfSeveralCharactersIsRefused(String delimiter) {
        assertThatThrownBy(() -> result("baseline=a.csv", "current=a.csv", "delimiter=" + delimiter))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("delimiter '" + delimiter + "' has " + delimiter.length()
                        + " characters; allowed is one, or tab");
    }

    @Test
    void aDelimiterThatStandsNowhereIsTold() throws Exception {
        Path table = Files.writeString(folder.resolve("train.csv"), "a,b\n" + "1,2\n".repeat(300));
        assertThat(result("baseline=" + table, "current=" + table, "delimiter=:")
                        .text())
                .contains("delimiter ':', as given, stands nowhere in the first lines");
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing=?", "charset=UTF-8", "header=true", "header=false", "delimiter=;"})
    void whatIsSaidOfCsvIsRefusedOfJsonInOneLine(String option) throws Exception {
        Path train = Files.writeString(folder.resolve("train.jsonl"), lines(100, 5));
        assertThatThrownBy(() -> result("baseline=" + train, "current=" + train, option))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("cannot read " + train + ": it is JSON, and no CSV; Datasets.jsonLines(..) reads it, or "
                        + "Datasets.file(..), without delimiter, header, charset and missing texts");
    }

    @Test
    void leavingOutAllColumnsIsRefused() throws Exception {
        Path table = Files.writeString(folder.resolve("train.csv"), "a,b\n" + "1,x\n2,y\n".repeat(100));
        String[] options = {"baseline=" + table, "current=" + table, ""};
        for (String all : List.of("a,b", "b,a", " a , b ,", "a,b,a", ",b,,a")) {
            options[2] = "without=" + all;
            assertThatThrownBy(() -> result(options))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("without is '" + all.strip()
                            + "', which names all columns of the baseline; at least one is needed to watch");
        }
        options[2] = "without=a";
        assertThat(result(options).exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id,", ",id", " id , ", "id,,id", "id"})
    void emptyElementsOfAListAreIgnored(String list) throws Exception {
        StringBuilder rows = new StringBuilder("id,n\n");
        for (int i = 0; i < 300; i++) {
            rows.append(1_000 + i).append(',').append(i % 7).append('\n');
        }
        Path table = Files.writeString(folder.resolve("train.csv"), rows);
        for (String option : List.of("id", "without", "columns", "category", "missing")) {
            assertThat(result("baseline=" + table, "current=" + table, option + "=" + list)
                            .exitCode())
                    .isZero();
        }
        assertThat(result("baseline=" + table, "current=" + table, "columns=,").exitCode())
                .isZero();
    }

    @Test
    void aBaselineWithoutRowsIsNamedWithTheReason() throws Exception {
        Path none = Files.writeString(folder.resolve("none.jsonl"), "{\"a\":1\n{\"a\":2\n");
        assertThatThrownBy(() -> run(none.toString(), none.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(none + " has no rows; a baseline needs at least 1 "
                        + "(line that is no JSON object; left out: 2, first at line 1)");
    }

    @Test
    void anOutputThatIsAFileIsRefusedBeforeAnythingIsRead() throws Exception {
        Path file = Files.writeString(folder.resolve("report"), "");
        assertThatThrownBy(() -> result("output=" + file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("output is '" + file + "', but that is a file; a folder is needed");
        Path below = file.resolve("a").resolve("b");
        assertThatThrownBy(() -> result("output=" + below))
                .hasMessage("output is '" + below + "', but '" + file + "' is a file; a folder is needed");
        assertThat(progress.size()).isZero();
    }

    @Test
    void anotherEncodingIsReadIfTheOptionsSayIt() throws Exception {
        String rows = "name;gr\u00f6\u00dfe\n" + "M\u00fcller;10 \u20ac\n".repeat(300);
        Path table = Files.write(folder.resolve("ansi.csv"), rows.getBytes("windows-1252"));
        String[] options = {"baseline=" + table, "current=" + table, "charset=windows-1252"};
        assertThat(result(options).text()).startsWith("HEALTHY").doesNotContain("U+FFFD");
        options[2] = "charset=";
        assertThat(result(options).text()).contains("U+FFFD; a CSV has charset(..): ");
        options[2] = "charset=ansi";
        assertThatThrownBy(() -> result(options)).hasMessage("charset is 'ansi', which Java does not know");
    }

    @Test
    void itSaysWhatItReadsBeforeItReads() {
        assertThatThrownBy(() -> run("absent.csv", "absent.csv")).isInstanceOf(UncheckedIOException.class);
        assertThat(progress.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("reading absent.csv");
    }

    @Test
    void theShellHasTheClassPathOfMavensLoader() throws Exception {
        URL[] urls = {
            folder.toUri().toURL(), Path.of("a b.jar").toAbsolutePath().toUri().toURL()
        };
        try (URLClassLoader loader = new URLClassLoader(urls)) {
            assertThat(Shell.classPath(loader))
                    .isEqualTo(folder + File.pathSeparator + Path.of("a b.jar").toAbsolutePath());
        }
        assertThat(Shell.classPath(ClassLoader.getSystemClassLoader()))
                .isEqualTo(System.getProperty("java.class.path"));
    }

    @Test
    void theExampleShowsEachKindOfChangeAndNoneThatIsNotThere() {
        String text = run("", "");
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
        String text = run("", "");
        assertThat(Files.readString(Path.of(System.getProperty("project.root"), "README.md")))
                .contains("```\n" + text.substring(0, text.indexOf("Written to")) + "```");
    }

    @Test
    void itsFilesAreLeftInTheFolder() {
        run("", "");
        assertThat(List.of("statistics.json", "constraints.json", "constraint_violations.json", "report.html"))
                .allSatisfy(name -> assertThat(Files.size(folder.resolve(name))).isGreaterThan(100));
    }

    @Test
    void theLastLineIsTheAddressOfThePage() throws Exception {
        String text = run("", "");
        String last = text.substring(text.lastIndexOf('\n') + 1);
        assertThat(last).startsWith("Open file:");
        assertThat(Files.readString(Path.of(URI.create(last.substring("Open ".length())))))
                .contains(text.substring(0, text.indexOf(" [")).replace("VIOLATED", "Violated"));
    }

    @Test
    void theUsersOwnFilesAreChecked() throws Exception {
        Path train = Files.writeString(folder.resolve("train.jsonl"), lines(1_000, 5));
        Path today = Files.writeString(folder.resolve("today.jsonl"), lines(1_000, 9));
        assertThat(run(train.toString(), train.toString())).startsWith("HEALTHY");
        assertThat(run(train.toString(), today.toString())).startsWith("VIOLATED");
    }

    @Test
    void oneFileWithoutTheOtherIsRefused() {
        assertThatThrownBy(() -> run("train.csv", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("give both files");
    }

    @Test
    void aFileThatIsNotThereIsNamedInOneLine() {
        assertThatThrownBy(() -> run("absent.csv", "absent.csv"))
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
