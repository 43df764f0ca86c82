package io.modelmonitor.report;

import io.modelmonitor.api.Report;
import io.modelmonitor.api.Row;
import io.modelmonitor.api.Violation;
import io.modelmonitor.api.internal.VisibleText;
import io.modelmonitor.internal.file.WholeFile;
import io.modelmonitor.internal.json.Json;
import java.awt.Desktop;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes reports in the forms in which they are read, and reads them back. A report that was written as JSON and read is equal
 * to itself, but for halves of surrogate pairs, which UTF-8 lacks and which become question marks. All forms are functions of the report:
 * equal reports give the same bytes.
 *
 * <p>Safe for use by several threads.
 */
public final class Reports {

    private static final Logger LOGGER = LoggerFactory.getLogger(Reports.class);
    private static final int MOST_ON_ONE_PAGE = 250;
    private static final int ON_A_PAGE = 200;

    private Reports() {}

    /** Returns a report as JSON, in a stable order of keys. Numbers that are not finite are texts. */
    public static String json(Report report) {
        return Json.write(ReportTree.of(report));
    }

    /**
     * Returns the report of a JSON text that {@link #json} made.
     *
     * @throws IllegalArgumentException if it is no report, or one of another version; the message is one line
     */
    public static Report fromJson(String json) {
        return ReportTree.read(Json.parse(json));
    }

    /**
     * Saves a report as JSON. The file is written beside its place and moved there.
     *
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public static void save(Report report, Path file) {
        WholeFile.write(file, json(report));
    }

    /**
     * Loads a report that was saved.
     *
     * @throws IllegalArgumentException if the file is no report, or one of another version; the message names the file
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static Report load(Path file) {
        try {
            return ReportTree.read(Json.read(file));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "no report can be read from " + file + ": " + VisibleText.of(String.valueOf(e.getMessage())), e);
        }
    }

    /**
     * Returns a report as one page of HTML in UTF-8 that needs nothing but itself: the verdict in a sentence, what is violated,
     * a table of every subject, and the plots, metrics and constraints of each, with the line of Java that sets other bounds. It
     * loads nothing, under a policy that lets a browser run only the page's own style and script, and works without the script.
     * Whatever calculator a plot comes from, it is drawn. Takes about 4 KB and 0.1 ms for each subject.
     *
     * <p>Texts of the data are shown up to 240 characters, reasons of failures up to 500, and can be neither markup nor script nor change the direction of what
     * stands around them.
     */
    public static String html(Report report) {
        return new HtmlPage(report).whole();
    }

    /**
     * Returns a report as a part of another page, such as a cell of a notebook: what {@link #html} shows, without script, in an
     * element whose style neither changes the page around it nor is changed by it. Needs a browser that nests styles, of 2023 or
     * later. Ids begin with a digest of the report, so that several reports can be on one page.
     */
    public static String htmlFragment(Report report) {
        return Fragment.of(html(report));
    }

    /**
     * Saves a report as HTML, as {@link #html} gives it. When it has more than 250 subjects, their details are on pages of 200
     * each beside it, {@code report-1.html} and so on beside {@code report.html}, to which the first one links. Each file is
     * written beside its place and moved there, the first page last.
     *
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public static void saveHtml(Report report, Path file) {
        saveHtml(new HtmlPage(report), file);
    }

    /**
     * Saves a report as HTML, as {@link #saveHtml(Report, Path)} does, with up to five rows behind each violation among the
     * details of its subject, up to 12 columns each, with the file's name and the line where they are known:
     *
     * <pre>{@code
     * Reports.saveHtml(report, Path.of("report.html"), violation -> monitor.rowsBehind(violation, today), "name", "income");
     * }</pre>
     *
     * @param rows finds the rows of a violation; each stream is read as far as needed and closed
     * @param withheld columns of which no value is shown, neither of rows nor, as by {@link #withholding}, of the report
     * @throws UncheckedIOException if it cannot be written, or the rows cannot be read
     */
    public static void saveHtml(
            Report report,
            Path file,
            Function<? super Violation, ? extends Stream<? extends Row>> rows,
            String... withheld) {
        Report shown = withheld.length == 0 ? report : withholding(report, List.of(withheld));
        saveHtml(new HtmlPage(shown, "", ExampleRows.of(report, rows, List.of(withheld))), file);
    }

    /**
     * Returns a listener that writes each report as a page into a folder, as {@link #saveHtml} does, and an {@code index.html} over
     * all of them: for each monitor its newest verdict and since when it is so, all verdicts on a line, and the metrics that were
     * violated most often as lines over what their bounds allow, with links to the pages of violations; then the newest 300
     * executions in a table.
     *
     * <pre>{@code
     * Monitor watching = monitor.reportingTo(Reports.html(Path.of("pages")));
     * }</pre>
     *
     * <p>A report rewrites the index and its own page only. What the index shows of earlier ones is in {@code history.jsonl}, a line
     * each, to which a line is appended; up to 200 constraints of an execution are kept, and all violated ones. The index of a
     * year of hourly windows stays below 300 KB for three constraints, and takes time in proportion to that file. A page is named after
     * the monitor and the end of its window, so that a window that is reported again replaces its page; one without a window is numbered.
     *
     * <p>The listener throws {@link UncheckedIOException} where it cannot write, which a monitor logs. Listeners of the same JVM may share
     * a folder.
     */
    public static Consumer<Report> html(Path folder) {
        return new PageFolder(folder);
    }

    /**
     * Saves a report as HTML in a folder of its own among temporary files, which only its owner can read, and shows it in the
     * desktop's browser where there is one.
     *
     * @return the page; the caller may delete it
     * @throws UncheckedIOException if it cannot be written
     */
    public static Path open(Report report) {
        return open(report, Reports::browse);
    }

    static Path open(Report report, Consumer<URI> browser) {
        try {
            Path page = Files.createTempDirectory("report-").resolve("report.html");
            saveHtml(report, page);
            browser.accept(page.toUri());
            return page;
        } catch (IOException e) {
            throw new UncheckedIOException("the page cannot be written: " + e.getMessage(), e);
        }
    }

    private static void browse(URI page) {
        try {
            if (Desktop.isDesktopSupported() && Desktop.getDesktop().isSupported(Desktop.Action.BROWSE)) {
                Desktop.getDesktop().browse(page);
            }
        } catch (IOException | RuntimeException | LinkageError e) {
            // There is no desktop after all, or a JDK without windows: the caller has the page.
            LOGGER.debug("No browser shows {}", page, e);
        }
    }

    static void saveHtml(HtmlPage page, Path file) {
        if (page.size() <= MOST_ON_ONE_PAGE) {
            WholeFile.write(file, page.whole());
            return;
        }
        String name = String.valueOf(file.getFileName());
        int end = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length();
        for (int from = 0; from < page.size(); from += ON_A_PAGE) {
            String part = part(name, end, from / ON_A_PAGE);
            WholeFile.write(
                    file.resolveSibling(part), page.part(from, Math.min(page.size(), from + ON_A_PAGE), link(name)));
        }
        WholeFile.write(file, page.summary(place -> link(part(name, end, place / ON_A_PAGE)) + "#f" + place));
    }

    /**
     * Returns a report as Markdown of at most 60 lines, for a pull request: the verdict in a sentence, up to 12 violations, and a
     * collapsed table of up to 25 subjects. Texts of the data can be no markup.
     */
    public static String markdown(Report report) {
        return Markdown.of(report);
    }

    /**
     * Returns a report as the XML of a test run, as Surefire writes it: each constraint is a test case, each violation a failure
     * with its message, a calculator that failed and a window without rows are errors, and what was not judged is skipped.
     */
    public static String junitXml(Report report) {
        return JUnitXml.of(report);
    }

    /**
     * Returns a report as a table for a terminal: the verdict, and a line for each of up to 50 subjects, the violated ones
     * first, with both sides' histograms in characters.
     */
    public static String table(Report report) {
        return TextTable.of(report);
    }

    /**
     * Returns a report that shows no value of some columns, in whatever form it is then written: their metrics in the unit of the
     * values (extremes, means) are undefined, their notes and plots are gone, groups and segments of theirs are numbered, and
     * texts that name them are left out. Each place says {@code withheld}. Verdicts, shares, counts and distances stay, and so
     * do bounds, which are the user's.
     *
     * @param columns the names of the columns
     */
    public static Report withholding(Report report, Collection<String> columns) {
        return Withheld.of(report, columns);
    }

    /** Returns the JSON Schema (draft 2020-12) of what {@link #json} returns. */
    public static String jsonSchema() {
        try (InputStream schema = Reports.class.getResourceAsStream("report.schema.json")) {
            return new String(Objects.requireNonNull(schema).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the schema cannot be read: " + e.getMessage(), e);
        }
    }

    private static String part(String name, int end, int index) {
        return name.substring(0, end) + "-" + (index + 1) + name.substring(end);
    }

    private static String link(String name) {
        // A form writes a space as a plus sign; an address does not. The dot keeps a colon from being a scheme's.
        return "./" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
