package io.modelmonitor.golden;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/** Finds the golden cases of a group: {@code <golden.cases>/<group>/<case>/expected.json}. */
final class GoldenCases {

    /** The system property that names the folder of all groups. */
    static final String FOLDER_PROPERTY = "golden.cases";

    private static final ObjectMapper JSON = new ObjectMapper();

    private GoldenCases() {}

    /** What has to hold of a case. */
    @FunctionalInterface
    interface Check {
        void accept(GoldenCase golden) throws Exception;
    }

    /** Returns a test for each case of a group, in the order of their names; one skipped test if there is none. */
    static Stream<DynamicTest> of(String group, Check check) {
        return tests(group, list(group), check);
    }

    /** Returns a test for each case of a group and kind, in the order of their names; one skipped test if there is none. */
    static Stream<DynamicTest> of(String group, String kind, Check check) {
        List<GoldenCase> ofKind =
                list(group).stream().filter(found -> found.kind().equals(kind)).toList();
        return tests(group + " of kind " + kind, ofKind, check);
    }

    /** Returns the cases of a group in the order of their names; an empty list where the folder is absent. */
    static List<GoldenCase> list(String group) {
        Path folder = Path.of(System.getProperty(FOLDER_PROPERTY, "")).resolve(group);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            children.forEach(found::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream()
                .filter(path -> Files.isRegularFile(path.resolve("expected.json")))
                .sorted()
                .map(GoldenCases::read)
                .toList();
    }

    private static Stream<DynamicTest> tests(String what, List<GoldenCase> cases, Check check) {
        if (cases.isEmpty()) {
            String message = "no golden cases " + what + " under '" + System.getProperty(FOLDER_PROPERTY)
                    + "'; set the system property " + FOLDER_PROPERTY;
            return Stream.of(dynamicTest(message, () -> Assumptions.abort(message)));
        }
        return cases.stream().map(golden -> dynamicTest(golden.id(), () -> check.accept(golden)));
    }

    private static GoldenCase read(Path folder) {
        try {
            return new GoldenCase(
                    folder, JSON.readTree(folder.resolve("expected.json").toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(folder.toString(), e);
        }
    }

    /** Reads another JSON file of a case. */
    static JsonNode json(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }
}
