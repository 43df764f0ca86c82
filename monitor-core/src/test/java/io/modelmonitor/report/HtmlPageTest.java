package io.modelmonitor.report;

import static io.modelmonitor.api.Constraint.onDataset;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.Baseline;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Assessment;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Plot;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Scale;
import io.modelmonitor.api.Schema;
import io.modelmonitor.data.Datasets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlPageTest {

    private static final Pattern TAG = Pattern.compile("<(/?)([a-z0-9]+)((?: [a-zA-Z-]+(?:=\"[^\"<>]*\")?)*)(/?)>");
    private static final Pattern ATTRIBUTE = Pattern.compile(" ([a-z-]+)(?:=\"([^\"]*)\")?", Pattern.CASE_INSENSITIVE);
    private static final Set<String> EMPTY = Set.of("meta", "input", "br");
    private static final Set<String> ATTRIBUTES = Set.of(
            "aria-describedby",
            "aria-hidden",
            "aria-label",
            "aria-labelledby",
            "charset",
            "class",
            "content",
            "cx",
            "cy",
            "d",
            "hidden",
            "href",
            "http-equiv",
            "id",
            "lang",
            "name",
            "r",
            "role",
            "scope",
            "tabindex",
            "type",
            "viewbox",
            "x",
            "y");

    @TempDir
    private Path folder;

    @Test
    void noTextOfTheDataBecomesMarkup() {
        assertIsOursAlone(Reports.html(Samples.hostile()));
        for (String text : Samples.HOSTILE) {
            assertIsOursAlone(Reports.html(Samples.of(List.of(text))));
        }
    }

    @Test
    void aBrowserIsLetRunThePagesOwnStyleAndScriptAndLoadNothing() throws Exception {
        String page = Reports.html(Samples.hostile());
        assertThat(page)
                .contains("default-src 'none'")
                .contains("style-src '" + hash(between(page, "<style>", "</style>")) + "'")
                .contains("script-src '" + hash(between(page, "<script>", "</script>")) + "'")
                .doesNotContain("src=", "url(", "@import", " style=");
    }

    @Test
    void theVerdictComesFirstAndLeadsToWhatIsViolated() {
        String page = Reports.html(Samples.wide(10));
        assertThat(page)
                .contains("Violated: 1 of ")
                .contains("Look first at feature_0: drift is 0.")
                .contains("<a href=\"#f1\">feature_0</a>")
                .contains("<div id=\"f1\">")
                .contains("or make a new baseline.")
                .contains("on(\"feature_0\").drift().atMost(0.1)");
    }

    @Test
    void aHealthyPageNamesTheLargestChange() {
        Metric metric = Metric.of("age", "completeness", 0.97, new Evidence.Proportion(97, 100))
                .on(Scale.SHARE);
        Constraint wanted = Constraint.on("age").completeness().atLeast(0.9);
        Report report =
                report(Report.Status.HEALTHY, metric, new Assessment(wanted, metric, 1, 1, Assessment.Outcome.HOLDS));
        assertThat(Reports.html(report))
                .contains("Healthy: the 1 constraint holds on 100 rows")
                .contains("The largest change is age: completeness is 0.97, wanted at least 0.9");
    }

    @Test
    void thePlotOfAnyCalculatorIsDrawn() {
        Metric own = Metric.of("", "my_metric", 3)
                .withPlot(new Plot.Curve("Lift", "depth", "lift", List.of(0.0, 0.5, 1.0), List.of(3.0, 2.0, 1.0)));
        Report report = report(
                Report.Status.HEALTHY,
                own,
                new Assessment(onDataset().metric("my_metric").atLeast(2), own, 1, 1, Assessment.Outcome.HOLDS));
        assertThat(Reports.html(report))
                .contains("aria-label=\"Lift: lift from 1 to 3, over depth from 0 to 1, 3 points\"")
                .contains("onDataset().metric(\"my_metric\").atLeast(2)");
    }

    @Test
    void everyPictureIsSmallAndSaysWhatIsSeen() {
        String page = Reports.html(Samples.wide(20)) + Reports.html(Samples.of(List.of("a name", "another")));
        Matcher pictures = Pattern.compile("<svg.*?</svg>").matcher(page);
        assertThat(pictures.results().map(MatchResult::group).toList())
                .hasSizeGreaterThan(40)
                .allSatisfy(picture -> {
                    assertThat(picture).hasSizeLessThanOrEqualTo(3 * 1_024).doesNotContainPattern(" d=\"[^\"]*[.,]");
                    assertThat(picture).containsAnyOf("role=\"img\" aria-label=\"", "aria-hidden=\"true\"");
                });
    }

    @Test
    void fiftyFeaturesTakeTwoHundredKilobytes() {
        assertThat(Reports.html(Samples.wide(50)).getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(200_000);
    }

    @Test
    void rowsAreShownWhereAskedForAndNoWithheldValue() throws Exception {
        List<Object[]> before = new ArrayList<>();
        StringBuilder today = new StringBuilder("age,name,<b>\n");
        for (int i = 0; i < 300; i++) {
            before.add(new Object[] {i, "secret" + i % 3, "x"});
            today.append(i % 20 == 0 ? "old & <i>" : String.valueOf(i))
                    .append(",secret")
                    .append(i % 3);
            today.append(",<script>\n");
        }
        Dataset now = Datasets.csv(Files.writeString(folder.resolve("today.csv"), today));
        Schema schema = Schema.ofNames("age", "name", "<b>");
        Monitor monitor = Monitor.against(Baseline.of(Datasets.of(schema, before)));
        Report report = monitor.check(now);
        Path file = folder.resolve("report.html");
        Reports.saveHtml(report, file, violation -> monitor.rowsBehind(violation, now), "name");
        String page = Files.readString(file);
        assertIsOursAlone(page);
        assertThat(page)
                .contains("Rows behind type_share")
                .contains("today.csv, line 2<", "today.csv, line 82<", "old &amp; &lt;i&gt;", "withheld")
                .doesNotContain("line 102<", "secret1", folder.toString());
        Reports.saveHtml(report, file, violation -> monitor.rowsBehind(violation, now));
        assertThat(Files.readString(file)).contains("secret1");
        assertThat(Reports.html(report)).doesNotContain("Rows behind");
    }

    @Test
    void aFragmentIsOneElementWithIdsOfItsOwn() {
        String one = Reports.htmlFragment(Samples.hostile());
        String other = Reports.htmlFragment(Samples.wide(3));
        assertIsOursAlone(one + other + "<script></script>");
        assertThat(one)
                .startsWith("<div class=\"model-monitor\"><style>")
                .doesNotContain("<script", "<main", "<header", "<body", "<html", ":root", "\nbody{", "id=\"all\"");
        Pattern id = Pattern.compile(" id=\"([^\"]+)\"");
        List<String> ids =
                id.matcher(one + other).results().map(match -> match.group(1)).toList();
        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(20);
        Matcher links = Pattern.compile("href=\"#([^\"]+)\"").matcher(one + other);
        assertThat(links.results().map(match -> match.group(1)).toList())
                .hasSizeGreaterThan(20)
                .allSatisfy(link -> assertThat(ids).contains(link));
    }

    @Test
    void equalReportsGiveTheSameBytes() {
        Report report = Samples.wide(10);
        assertThat(Reports.html(Reports.fromJson(Reports.json(report)))).isEqualTo(Reports.html(report));
    }

    @Test
    void aThousandFeaturesAreOnLinkedPages() throws Exception {
        Path file = folder.resolve("a report #1 & more.html");
        Reports.saveHtml(Samples.wide(1_000), file);
        String first = Files.readString(file);
        assertThat(first.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(1_000_000);
        assertThat(first).contains("href=\"./a%20report%20%231%20%26%20more-3.html#f401\"");
        assertThat(Files.readString(folder.resolve("a report #1 & more-3.html")))
                .contains("<div id=\"f401\">")
                .contains("href=\"./a%20report%20%231%20%26%20more.html\"");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(7);
        }
    }

    @Test
    void everyMethodOfAConstraintIsNamedAsItIs() throws Exception {
        for (String metric : Code.METHODS.keySet()) {
            String method = Code.METHODS.get(metric);
            Object constraint = Constraint.Subject.class.getMethod(method).invoke(Constraint.on("age"));
            assertThat(constraint.toString()).contains(metric);
        }
    }

    /** Asserts that a page is made of the elements and attributes of ours, each closed where it was opened. */
    private static void assertIsOursAlone(String page) {
        String html = page.replaceFirst("(?s)<!doctype html>", "")
                .replaceAll("(?s)(<style>).*?(</style>)", "$1$2")
                .replaceFirst("(?s)(<script>).*?(</script>)", "$1$2");
        Deque<String> open = new ArrayDeque<>();
        Matcher tags = TAG.matcher(html);
        while (tags.find()) {
            String name = tags.group(2);
            if (!tags.group(1).isEmpty()) {
                assertThat(open.pop()).isEqualTo(name);
            } else if (tags.group(4).isEmpty() && !EMPTY.contains(name)) {
                open.push(name);
            }
            ATTRIBUTE
                    .matcher(tags.group(3).replace("viewBox", "viewbox"))
                    .results()
                    .forEach(HtmlPageTest::assertIsHarmless);
        }
        assertThat(open).isEmpty();
        assertThat(TAG.matcher(html).replaceAll("")).doesNotContain("<", ">");
        assertThat(html.split("<script>", -1)).hasSize(2);
    }

    private static void assertIsHarmless(MatchResult attribute) {
        assertThat(attribute.group(1)).isIn(ATTRIBUTES);
        if (attribute.group(1).equals("href")) {
            assertThat(attribute.group(2)).matches("#[a-z0-9-]+");
        }
    }

    private static Report report(Report.Status status, Metric metric, Assessment assessment) {
        return new Report(
                "a",
                status,
                100,
                null,
                null,
                "",
                List.of(assessment),
                List.of(metric),
                List.of(),
                List.of(),
                "none",
                0.05);
    }

    private static String between(String page, String from, String to) {
        int start = page.indexOf(from) + from.length();
        return page.substring(start, page.indexOf(to, start));
    }

    private static String hash(String content) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }
}
