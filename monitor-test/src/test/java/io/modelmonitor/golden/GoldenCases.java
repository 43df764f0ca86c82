package io.modelmonitor.golden;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/** Finds the golden cases of a group: {@code <golden.cases>/<group>/<case>/expected.json}. */
final class GoldenCases {

    /** The system property that names the folder of all groups. */
    static final String FOLDER_PROPERTY = "golden.cases";

    private static final ObjectMapper JSON = new ObjectMapper().setNodeFactory(new Ledger());

    private GoldenCases() {}

    /** A check of a case. */
    @FunctionalInterface
    interface Check {
        void accept(GoldenCase golden) throws Exception;
    }

    /**
     * Returns a test for each case of a group and kind, in the order of their names, and one that prints what no test compares;
     * one skipped test if there is no case. A test fails if its case expects anything that was neither asked for nor is
     * listed in {@link NotCompared}.
     */
    static Stream<DynamicTest> of(String group, String kind, Check check) {
        List<GoldenCase> ofKind =
                list(group).stream().filter(found -> found.kind().equals(kind)).toList();
        return tests(group + " of kind " + kind, ofKind, check);
    }

    /** Returns the cases of a group in the order of their names; an empty list where the folder is absent. */
    static List<GoldenCase> list(String group) {
        return folders(folder().resolve(group)).stream()
                .filter(path -> Files.isRegularFile(path.resolve("expected.json")))
                .map(GoldenCases::read)
                .toList();
    }

    /** Returns the folder of all groups: the one that the property names or, if that is not there, the few in the project. */
    static Path folder() {
        String named = System.getProperty(FOLDER_PROPERTY, "");
        if (!named.isEmpty() && Files.isDirectory(Path.of(named))) {
            return Path.of(named);
        }
        URL index = Objects.requireNonNull(GoldenCases.class.getResource("/golden/index.json"), "cases in the project");
        try {
            return Objects.requireNonNull(Path.of(index.toURI()).getParent());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the folders in a folder in the order of their names; an empty list where it is absent. */
    static List<Path> folders(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder, Files::isDirectory)) {
            children.forEach(found::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream().sorted().toList();
    }

    private static Stream<DynamicTest> tests(String what, List<GoldenCase> cases, Check check) {
        if (cases.isEmpty()) {
            String message =
                    "no golden cases " + what + " under '" + folder() + "'; set the system property " + FOLDER_PROPERTY;
            return Stream.of(dynamicTest(message, () -> Assumptions.abort(message)));
        }
        Stream<DynamicTest> each = cases.stream()
                .map(golden -> dynamicTest(golden.id(), () -> {
                    check.accept(golden);
                    NotCompared.check(golden);
                }));
        String kind = cases.get(0).kind();
        return Stream.concat(
                each, Stream.of(dynamicTest("what is not compared in cases of kind " + kind, () -> NotCompared.in(kind)
                        .forEach(field -> System.out.println(
                                "golden " + kind + ": " + field.path() + " is not compared: " + field.reason())))));
    }

    private static GoldenCase read(Path folder) {
        try {
            return new GoldenCase(
                    folder, JSON.readTree(folder.resolve("expected.json").toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(folder.toString(), e);
        }
    }

    /** Reads JSON from text. */
    static JsonNode json(String text) throws IOException {
        return JSON.readTree(text);
    }

    /** Reads another JSON file of a case. */
    static JsonNode json(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }
}
