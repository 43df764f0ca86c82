package examples;

import io.modelmonitor.Baseline;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.report.Reports;
import io.modelmonitor.sagemaker.ServiceFiles;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The main job: makes a baseline of one table, suggests constraints, checks a second table against them, prints the report,
 * leaves {@code statistics.json}, {@code constraints.json} and {@code constraint_violations.json} in a folder, and the report as a
 * page, {@code report.html}, of which the last line has the address.
 *
 * <p>System properties: {@code baseline} and {@code current}, files in CSV or JSON Lines (two months of made-up credit
 * applications unless given), and {@code output}, a folder ({@code model-monitor-report} unless given).
 */
public final class Quickstart {

    private Quickstart() {}

    /** Runs the job, and ends with 2 and one line on the error stream if it cannot be done. */
    public static void main(String[] arguments) {
        try {
            System.out.println(run(
                    System.getProperty("baseline", ""),
                    System.getProperty("current", ""),
                    Path.of(System.getProperty("output", "model-monitor-report")),
                    System.err));
        } catch (IllegalArgumentException | UncheckedIOException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    static String run(String baselineFile, String currentFile, Path output, PrintStream progress) {
        if (baselineFile.isEmpty() != currentFile.isEmpty()) {
            throw new IllegalArgumentException("baseline is '" + baselineFile + "' and current is '" + currentFile
                    + "'; give both files (-Dbaseline=.. -Dcurrent=..), or neither to see an example");
        }
        boolean example = baselineFile.isEmpty();
        Dataset train = example ? CreditApplications.firstMonth() : Datasets.file(Path.of(baselineFile));
        Dataset today = example ? CreditApplications.secondMonth() : Datasets.file(Path.of(currentFile));
        Clock clock = Clock.systemUTC();

        Baseline baseline = Baseline.of(ProgressLine.of(train, "baseline", clock, progress));
        Monitor monitor = Monitor.against(baseline).named(example ? "credit applications" : currentFile);
        Report report = monitor.check(ProgressLine.of(today, "current", clock, progress));

        ServiceFiles.writeStatistics(baseline, output.resolve("statistics.json"));
        ServiceFiles.writeConstraints(monitor.constraints(), output.resolve("constraints.json"));
        ServiceFiles.writeViolations(report, monitor.constraints(), output.resolve("constraint_violations.json"));
        Path page = output.resolve("report.html");
        Reports.saveHtml(report, page);
        return report + "Written to " + output + ": statistics.json, constraints.json, constraint_violations.json\n"
                + "Open " + page.toUri();
    }
}
