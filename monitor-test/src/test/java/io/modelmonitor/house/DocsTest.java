package io.modelmonitor.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules on the documentation: it names what exists. */
class DocsTest {

    private static final Path ROOT = Path.of(System.getProperty("project.root"));

    /** A class, or one of its members, between backticks. */
    private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z]*[a-z][A-Za-z]*)(?:\\.([A-Za-z]+))?[^`]*`");

    private static final Pattern LINK = Pattern.compile("\\]\\(([^):#]+)\\)");
    private static final Pattern FILE_NAME = Pattern.compile("`[^`]*\\.(?:md|jsonl?|csv)`");
    private static final Set<String> OF_OTHERS = Set.of("LongAdder", "ServiceLoader", "StrictMath");

    @ParameterizedTest
    @ValueSource(strings = {"docs/architecture.md", "docs/glossary.md", "docs/decisions.md", "CONTRIBUTING.md"})
    void everyClassThatIsNamedExists(String page) throws IOException {
        Map<String, Path> sources = sources();
        List<String> unknown = new ArrayList<>();
        String text = FILE_NAME.matcher(Files.readString(ROOT.resolve(page))).replaceAll("");
        Matcher matcher = CLASS.matcher(text);
        while (matcher.find()) {
            String name = matcher.group(1);
            String member = matcher.group(2);
            if (OF_OTHERS.contains(name)) {
                continue;
            }
            Path source = sources.get(name);
            if (source == null) {
                unknown.add(name);
            } else if (member != null
                    && !Pattern.compile("\\b" + member + "\\b")
                            .matcher(Files.readString(source))
                            .find()) {
                unknown.add(name + "." + member);
            }
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void theWalksAreAsShortAsTheyShouldBe() throws IOException {
        Map<String, Integer> steps = new LinkedHashMap<>();
        String heading = "";
        for (String line : Files.readAllLines(ROOT.resolve("docs/architecture.md"))) {
            if (line.startsWith("## ")) {
                heading = line.substring(3);
            } else if (line.matches("\\d+\\. .*")) {
                assertThat(line).as("a step begins with its class").matches("\\d+\\. `[A-Z][A-Za-z]+`.*");
                int step = steps.merge(heading, 1, Integer::sum);
                assertThat(line).startsWith(step + ". ");
            }
        }
        assertThat(steps.keySet())
                .containsExactly(
                        "Record to file",
                        "Record to live report",
                        "Window to alert",
                        "CSV byte to violation",
                        "Two profiles to a p-value");
        assertThat(steps.get("Record to file")).isLessThanOrEqualTo(12);
        assertThat(steps.get("Record to live report")).isLessThanOrEqualTo(16);
        assertThat(steps.get("Window to alert")).isLessThanOrEqualTo(8);
        assertThat(steps.get("CSV byte to violation")).isLessThanOrEqualTo(12);
        assertThat(steps.get("Two profiles to a p-value")).isLessThanOrEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/decisions.md"})
    void everyRelativeLinkHasItsFile(String page) throws IOException {
        Path file = ROOT.resolve(page);
        Set<String> broken = new HashSet<>();
        Matcher matcher = LINK.matcher(Files.readString(file));
        while (matcher.find()) {
            if (!Files.exists(file.resolveSibling(matcher.group(1)))) {
                broken.add(matcher.group(1));
            }
        }
        assertThat(broken).isEmpty();
    }

    private static Map<String, Path> sources() throws IOException {
        Map<String, Path> sources = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(file -> {
                String name = file.getFileName().toString();
                sources.putIfAbsent(name.substring(0, name.length() - ".java".length()), file);
            });
        }
        return sources;
    }
}
