package io.modelmonitor.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Report;
import io.modelmonitor.api.Violation;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.maven.plugin.surefire.log.api.NullConsoleLogger;
import org.apache.maven.plugins.surefire.report.ReportTestCase;
import org.apache.maven.plugins.surefire.report.ReportTestSuite;
import org.apache.maven.plugins.surefire.report.TestSuiteXmlParser;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BulletList;
import org.commonmark.node.Document;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Forms of a report as they are read by what reads them elsewhere: Surefire, and a renderer of Markdown. */
class ReadElsewhereTest {

    /** The parts that Markdown of a report is made of; tables are of another package. */
    private static final Set<Class<?>> PARTS = Set.of(
            Document.class,
            Heading.class,
            HtmlBlock.class,
            Paragraph.class,
            Text.class,
            BulletList.class,
            ListItem.class);

    private static final Parser MARKDOWN =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();

    static Stream<String> hostileTexts() {
        return Samples.HOSTILE.stream();
    }

    @Test
    void surefireReadsEachConstraintAsATest() throws Exception {
        Report report = Samples.wide(20);
        // Surefire groups tests by class: here by subject.
        List<ReportTestSuite> suites = suites(report);
        assertThat(suites.stream().mapToInt(ReportTestSuite::getNumberOfTests).sum())
                .isEqualTo(report.assessments().size());
        assertThat(suites.stream()
                        .mapToInt(ReportTestSuite::getNumberOfFailures)
                        .sum())
                .isEqualTo(report.violations().size());
        assertThat(suites).hasSize(21).allMatch(suite -> suite.getNumberOfErrors() == 0);
        List<ReportTestCase> failed = suites.stream()
                .flatMap(suite -> suite.getTestCases().stream())
                .filter(ReportTestCase::hasFailure)
                .toList();
        assertThat(failed)
                .extracting(ReportTestCase::getFullClassName)
                .containsExactlyElementsOf(
                        report.violations().stream().map(Violation::subject).toList());
        assertThat(failed.get(0).getFailureMessage())
                .startsWith("feature_0: drift is 0.")
                .contains("wanted at most 0.1");
    }

    @ParameterizedTest
    @MethodSource("hostileTexts")
    void surefireReadsHostileTextsAsTheyAreShown(String text) throws Exception {
        List<ReportTestSuite> suites = suites(Samples.of(List.of(text)));
        assertThat(suites).hasSize(1);
        ReportTestSuite suite = suites.get(0);
        assertThat(suite.getNumberOfFailures()).isEqualTo(1);
        assertThat(suite.getNumberOfErrors()).isEqualTo(1);
        ReportTestCase violated = suite.getTestCases().get(0);
        assertThat(violated.getFullClassName()).isEqualTo(Printable.of(text));
        assertThat(violated.getName()).isEqualTo(Printable.of(text) + " at most 0.1");
    }

    @Test
    void markdownIsRenderedAsAHeadingAndTables() {
        Report report = Samples.wide(40);
        Node document = MARKDOWN.parse(Reports.markdown(report));
        Heading heading = (Heading) document.getFirstChild();
        assertThat(heading.getLevel()).isEqualTo(3);
        assertThat(text(heading)).contains("Violated: " + report.violations().size() + " of ");
        List<List<String>> rows = rows(document);
        assertThat(rows.get(0)).containsExactly("subject", "metric", "value", "wanted", "adjusted p", "what changed");
        assertThat(rows.get(1)).startsWith("feature_0", "drift");
        assertThat(rows).contains(List.of("subject", "verdict", "what changed"));
        assertThat(all(document).stream().filter(HtmlBlock.class::isInstance).map(node -> ((HtmlBlock) node)
                        .getLiteral()))
                .containsExactly("<details><summary>Everything measured</summary>", "</details>");
    }

    @ParameterizedTest
    @MethodSource("hostileTexts")
    void textsOfTheDataAreTextsInMarkdownAndNothingOfThemIsLost(String text) {
        Node document = MARKDOWN.parse(Reports.markdown(Samples.of(List.of(text))));
        assertThat(all(document))
                .allMatch(node -> PARTS.contains(node.getClass())
                        || node.getClass().getPackageName().equals(TableCell.class.getPackageName()));
        List<List<String>> rows = rows(document);
        assertThat(rows.get(1)).hasSize(6).first().isEqualTo(Printable.of(text).strip());
        assertThat(rows.get(1).get(5)).isEqualTo(Printable.of(text).strip());
    }

    private static List<ReportTestSuite> suites(Report report) throws Exception {
        byte[] xml = Reports.junitXml(report).getBytes(StandardCharsets.UTF_8);
        TestSuiteXmlParser parser = new TestSuiteXmlParser(new NullConsoleLogger());
        List<ReportTestSuite> suites =
                parser.parse(new InputStreamReader(new ByteArrayInputStream(xml), StandardCharsets.UTF_8));
        assertThat(parser.isValid()).isTrue();
        return suites;
    }

    private static List<List<String>> rows(Node document) {
        List<List<String>> rows = new ArrayList<>();
        for (Node row : all(document)) {
            if (row instanceof TableRow) {
                List<String> cells = new ArrayList<>();
                for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
                    cells.add(text(cell));
                }
                rows.add(cells);
            }
        }
        return rows;
    }

    private static String text(Node node) {
        StringBuilder text = new StringBuilder();
        all(node).forEach(part -> text.append(part instanceof Text plain ? plain.getLiteral() : ""));
        return text.toString();
    }

    private static List<Node> all(Node node) {
        List<Node> all = new ArrayList<>(List.of(node));
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            all.addAll(all(child));
        }
        return all;
    }
}
