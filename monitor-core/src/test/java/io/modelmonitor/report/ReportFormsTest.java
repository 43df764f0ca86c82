package io.modelmonitor.report;

import static io.modelmonitor.api.Constraint.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.Assessment;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Plot;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Scale;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ReportFormsTest {

    @Test
    void markdownHasAtMostSixtyLinesWithTheVerdictFirst() {
        for (Report report : List.of(Samples.wide(100), Samples.hostile())) {
            String markdown = Reports.markdown(report);
            assertThat(markdown.lines().count()).isLessThanOrEqualTo(60);
            assertThat(markdown).startsWith("### \u26A0 Violated: ");
        }
        assertThat(Reports.markdown(Samples.wide(10)))
                .contains("Look first at feature\\_0: drift is 0.")
                .contains("<details><summary>Everything measured</summary>");
    }

    @Test
    void noTextOfTheDataIsMarkupInMarkdown() {
        for (String text : Samples.HOSTILE) {
            String markdown = Reports.markdown(Samples.of(List.of(text)));
            String withoutEscapes = markdown.replaceAll("\\\\.", "");
            assertThat(withoutEscapes
                            .replace("<details><summary>", "")
                            .replace("</summary>", "")
                            .replace("</details>", ""))
                    .doesNotContain("<", "```", "](");
            List<Long> cells = withoutEscapes
                    .lines()
                    .filter(line -> line.startsWith("|"))
                    .map(line -> line.chars().filter(c -> c == '|').count())
                    .distinct()
                    .toList();
            assertThat(cells).containsExactly(7L, 4L);
        }
    }

    @Test
    void aReportWithEvidenceThatCannotBeIsRefusedAsDamaged(@TempDir Path folder) throws IOException {
        Metric tested = Metric.of("age", "drift", 0.5, Evidence.ofPValue(0.25));
        Report report = new Report(
                "m",
                Report.Status.HEALTHY,
                10,
                null,
                null,
                "b",
                List.of(),
                List.of(tested),
                List.of(),
                List.of(),
                "Hommel",
                0.05);
        String json = Reports.json(report);
        String damaged = json.replace("0.25", "1.5");
        assertThat(damaged).isNotEqualTo(json);
        Path file = Files.writeString(folder.resolve("report.json"), damaged);
        assertThatThrownBy(() -> Reports.load(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pValue 1.5 is no probability");
    }

    @Test
    void everyConstraintIsATestCaseOfJUnit() throws Exception {
        Report report = Samples.wide(20);
        Element suite = parse(Reports.junitXml(report));
        assertThat(suite.getTagName()).isEqualTo("testsuite");
        assertThat(suite.getAttribute("tests"))
                .isEqualTo("" + report.assessments().size());
        assertThat(suite.getAttribute("failures"))
                .isEqualTo("" + report.violations().size());
        assertThat(suite.getElementsByTagName("testcase").getLength())
                .isEqualTo(report.assessments().size());
        Element failure = (Element) suite.getElementsByTagName("failure").item(0);
        assertThat(((Element) failure.getParentNode()).getAttribute("classname"))
                .isEqualTo("feature_0");
        assertThat(failure.getAttribute("message"))
                .startsWith("feature_0: drift is 0.")
                .contains("wanted at most 0.1");
        assertThat(failure.getAttribute("type")).isNotEmpty();
    }

    @Test
    void theXmlOfHostileTextsIsWellFormed() throws Exception {
        for (String text : Samples.HOSTILE) {
            Element suite = parse(Reports.junitXml(Samples.of(List.of(text))));
            assertThat(suite.getAttribute("name")).isEqualTo(Printable.of(text));
            NodeList cases = suite.getElementsByTagName("testcase");
            assertThat(cases.getLength()).isEqualTo(2);
            for (int i = 0; i < cases.getLength(); i++) {
                Element test = (Element) cases.item(i);
                assertThat(test.hasAttribute("name") && test.hasAttribute("classname") && test.hasAttribute("time"))
                        .isTrue();
            }
        }
    }

    @Test
    void aWindowWithoutRowsIsAnErrorOfTheTestRun() throws Exception {
        Report nothing = new Report(
                "a",
                Report.Status.NO_DATA,
                0,
                null,
                null,
                "",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "none",
                0.05);
        Element suite = parse(Reports.junitXml(nothing));
        assertThat(suite.getAttribute("errors")).isEqualTo("1");
        assertThat(Reports.html(nothing)).contains("No data: there was no row to look at");
        assertThat(Reports.markdown(nothing)).contains("No data: there was no row to look at");
    }

    @Test
    void aTableSaysHowManySubjectsItLeavesOut() {
        int subjects = (int) Samples.wide(60).metrics().stream()
                .map(metric -> metric.id().subject())
                .distinct()
                .count();
        assertThat(Reports.table(Samples.wide(60)).lines())
                .hasSize(2 + 50 + 1)
                .endsWith("and " + (subjects - 50) + " more");
    }

    @Test
    void theTableOfATerminalShowsBothSidesWithTheViolatedFirst() {
        List<String> lines = Reports.table(Samples.wide(10)).lines().toList();
        assertThat(lines.get(0)).startsWith("Violated: 1 of ");
        assertThat(lines.get(1)).matches("subject +verdict +baseline +current +what changed");
        assertThat(lines.get(2))
                .matches("feature_0 +VIOLATED +[ \\u2581-\\u2588]{20}  [ \\u2581-\\u2588]{20}  median .*");
        for (String text : Samples.HOSTILE) {
            assertThat(Reports.table(Samples.of(List.of(text))).lines()).hasSize(3);
        }
    }

    @Test
    void whatIsWithheldIsInNoForm() {
        Metric extreme = Metric.of("diagnosis", "maximum", 987.6).on(Scale.VALUE);
        Metric drift = Metric.of("diagnosis", "drift", 0.5, new Evidence.PValue(0.001, 0.02))
                .on(Scale.CHANGE)
                .withNote("new: 'secret' 7.1%")
                .withPlot(new Plot.Bars("Shares", List.of("secret"), List.of(0.5)));
        Metric ofSegment = Metric.of("diagnosis=secret, class=a", "recall", 0.5).on(Scale.SHARE);
        Metric shown = Metric.of("age", "completeness", 0.9).on(Scale.SHARE).withNote("kept");
        Report report = new Report(
                "a",
                Report.Status.VIOLATED,
                100,
                null,
                null,
                "",
                List.of(
                        new Assessment(on("diagnosis").drift(), drift, 0.001, 0.002, Assessment.Outcome.VIOLATED),
                        new Assessment(
                                on("diagnosis=secret, class=a").recall().atLeast(0.6),
                                ofSegment,
                                0,
                                0,
                                Assessment.Outcome.VIOLATED)),
                List.of(extreme, drift, ofSegment, shown),
                List.of(new DataProblem("'secret' in diagnosis is no number", 2, List.of(3L))),
                List.of(new Report.Failure("own", "cannot take 'secret' of diagnosis")),
                "none",
                0.05);
        Report withheld = Reports.withholding(report, List.of("diagnosis"));
        for (String form : List.of(
                Reports.html(withheld),
                Reports.json(withheld),
                Reports.markdown(withheld),
                Reports.junitXml(withheld),
                Reports.table(withheld),
                withheld.toString())) {
            assertThat(form).doesNotContain("secret", "987.6");
        }
        assertThat(Reports.html(withheld)).contains("withheld", "diagnosis=(withheld 1)", "kept");
        assertThat(withheld.violations()).hasSize(2);
        assertThat(Reports.withholding(report, List.of())).isEqualTo(report);
    }

    private static Element parse(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getDocumentElement();
    }
}
