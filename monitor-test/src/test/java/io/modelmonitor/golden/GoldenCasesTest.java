package io.modelmonitor.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;

class GoldenCasesTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final Map<String, Set<String>> KINDS = Map.of(
            "bias", Set.of("bias_report"),
            "descriptive", Set.of("table"),
            "drift",
                    Set.of(
                            "numeric_pair",
                            "numeric_pair_generated",
                            "categorical_pair",
                            "two_by_two_tables",
                            "k_sample",
                            "multiple_testing"),
            "explain", Set.of("shapley", "aggregation", "ndcg"),
            "model_quality", Set.of("binary", "multiclass", "regression"),
            "sketch", Set.of("sequence", "distinct_keys"),
            "streaming", Set.of("error_stream", "value_stream"));

    /** Groups that nothing here computes. */
    private static final Set<String> NOT_YET = Set.of("cbpe");

    @Test
    void aGroupThatIsNotThereIsOneSkippedTestThatSaysSo() {
        List<DynamicTest> tests =
                GoldenCases.of("no-such-group", "table", golden -> {}).toList();

        assertThat(tests).hasSize(1);
        assertThatThrownBy(() -> tests.get(0).getExecutable().execute())
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("no-such-group");
    }

    @TestFactory
    Stream<DynamicTest> everyFolderIsACaseOfAKindThatATestRuns() {
        List<Path> groups = GoldenCases.folders(GoldenCases.folder()).stream()
                .filter(GoldenCasesTest::isGroup)
                .toList();
        if (groups.isEmpty()) {
            return Stream.of(
                    dynamicTest("no golden cases", () -> Assumptions.abort("no cases under " + GoldenCases.folder())));
        }
        return groups.stream()
                .map(group -> dynamicTest(group.getFileName().toString(), () -> {
                    String name = group.getFileName().toString();
                    List<Path> cases = GoldenCases.folders(group);
                    if (NOT_YET.contains(name)) {
                        Assumptions.abort(
                                cases.size() + " cases of group " + name + " are not run: nothing here computes them");
                    }
                    assertThat(KINDS).as("groups with tests").containsKey(name);
                    assertThat(cases).allSatisfy(folder -> assertThat(folder.resolve("expected.json"))
                            .isRegularFile());
                    assertThat(GoldenCases.list(name))
                            .allSatisfy(golden ->
                                    assertThat(KINDS.get(name)).as(golden.id()).contains(golden.kind()));
                }));
    }

    /** Returns whether a folder is a group by its name, or holds cases whatever its name. */
    private static boolean isGroup(Path folder) {
        String name = folder.getFileName().toString();
        return KINDS.containsKey(name)
                || NOT_YET.contains(name)
                || GoldenCases.folders(folder).stream()
                        .anyMatch(child -> Files.isRegularFile(child.resolve("expected.json")));
    }

    @Test
    void everyCaseOfTheIndexIsThere() throws IOException {
        Path index = GoldenCases.folder().resolve("index.json");
        Assumptions.assumeTrue(Files.isRegularFile(index), "no index of cases under " + GoldenCases.folder());
        JsonNode root = GoldenCases.json(index);
        JsonNode cases = root.isArray() ? root : root.path("cases");
        assertThat(cases).isNotEmpty().allSatisfy(listed -> assertThat(GoldenCases.folder()
                        .resolve(listed.path("group").asText())
                        .resolve(listed.path("case_id").asText())
                        .resolve("expected.json"))
                .isRegularFile());
    }

    @Test
    void whatNoTestAskedForIsFound() throws IOException {
        JsonNode node = GoldenCases.json("{\"a\":1,\"b\":{\"c\":2,\"d\":[{\"e\":3,\"f\":[4]}]},\"g\":{}}");
        assertThat(node.has("a")).isTrue();
        assertThat(node.path("b").path("d").get(0).path("f")).hasSize(1);

        assertThat(Ledger.unread(node)).containsExactly("a", "b.c", "b.d[].e", "g");
    }

    @Test
    void aCaseWithAFieldThatIsNeitherComparedNorListedFails() throws IOException {
        GoldenCase golden = new GoldenCase(
                Path.of(""), GoldenCases.json("{\"kind\":\"ndcg\",\"expected\":{\"dcg\":1,\"news\":2}}"));

        assertThatThrownBy(() -> NotCompared.check(golden))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("news")
                .hasMessageNotContaining("dcg");
    }

    @Test
    void toleranceAddsItsAbsoluteAndItsRelativePart() {
        Tolerance tolerance = new Tolerance(0.1, 1);

        assertThat(tolerance.accepts(100, 110)).isTrue();
        assertThat(tolerance.accepts(100, 112)).isTrue();
        assertThat(tolerance.accepts(100, 113)).isFalse();
        assertThat(tolerance.accepts(0, 1)).isTrue();
    }

    @Test
    void numbersThatAreNotFiniteEqualOnlyThemselves() {
        Tolerance generous = new Tolerance(1, 1e300);

        assertThat(generous.accepts(Double.NaN, Double.NaN)).isTrue();
        assertThat(generous.accepts(Double.NaN, 1)).isFalse();
        assertThat(generous.accepts(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY))
                .isTrue();
        assertThat(generous.accepts(Double.POSITIVE_INFINITY, Double.MAX_VALUE)).isFalse();
        assertThat(generous.accepts(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY))
                .isFalse();
    }

    @Test
    void readsNumbersThatAreNotFiniteFromStrings() {
        assertThat(Tolerance.number(JSON.textNode("-Infinity"))).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Tolerance.number(JSON.textNode("NaN"))).isNaN();
        assertThat(Tolerance.number(JSON.nullNode())).isNaN();
        assertThatThrownBy(() -> Tolerance.number(JSON.missingNode())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDifferenceIsReportedByName() {
        assertThatThrownBy(() -> Tolerance.EXACT.check("mean", 1.0, JSON.numberNode(2.0)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("mean")
                .hasMessageContaining("2.0");
        assertThatCode(() -> Tolerance.EXACT.check("mean", 1.0, JSON.numberNode(1.0)))
                .doesNotThrowAnyException();
    }
}
