package examples;

import io.modelmonitor.Baseline;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
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
 * applications unless given), and {@code output}, a folder ({@code model-monitor-report} unless given). How tables are read:
 * {@code header} (true or false), {@code delimiter} (a character, or {@code tab} or {@code \t}), {@code charset} (such as windows-1252) and {@code missing}
 * (texts that mean no value). What is watched: {@code columns}, or {@code without}. What columns are: {@code id}, {@code time}, {@code
 * category}, {@code number}, {@code text}
 * and {@code label}. Lists are separated by commas. How tables are read is said of CSV only; JSON is refused then.
 *
 * <p>It ends with 0 if the second table is healthy, 1 if a constraint is violated, 2 if a table cannot be used or not everything could
 * be judged, and 3 if the second table has no rows; the example always ends with 0.
 */
public final class Quickstart {

    private Quickstart() {}

    /**
     * The end of a run.
     *
     * @param text what to print
     * @param exitCode what to end with
     */
    record Result(String text, int exitCode) {}

    /** Runs the job, and ends with its exit code; with one line on the error stream if it cannot be done. */
    public static void main(String[] arguments) {
        int exitCode;
        try {
            Result result = run(Options.ofSystem(), System.err);
            System.out.println(result.text());
            exitCode = result.exitCode();
        } catch (IllegalArgumentException | UncheckedIOException e) {
            System.err.println(e.getMessage());
            exitCode = 2;
        }
        if (exitCode != 0) {
            System.out.flush();
            System.exit(exitCode);
        }
    }

    static Result run(Options options, PrintStream progress) {
        String baselineFile = options.of("baseline");
        String currentFile = options.of("current");
        Path output = options.output();
        if (baselineFile.isEmpty() != currentFile.isEmpty()) {
            throw new IllegalArgumentException("baseline is '" + baselineFile + "' and current is '" + currentFile
                    + "'; give both files (-Dbaseline=.. -Dcurrent=..), or neither to see an example");
        }
        boolean example = baselineFile.isEmpty();
        Dataset train = example ? CreditApplications.firstMonth() : options.table(baselineFile);
        Dataset today = example ? CreditApplications.secondMonth() : options.table(currentFile);
        Clock clock = Clock.systemUTC();

        progress.println("reading " + (example ? "two months of made-up credit applications" : baselineFile));
        Baseline baseline = options.declared(Baseline.of(ProgressLine.of(train, "baseline", clock, progress)));
        Monitor monitor = options.watching(Monitor.against(baseline), baseline)
                .named(example ? "credit applications" : currentFile);
        if (!example) {
            progress.println("reading " + currentFile);
        }
        Report report = monitor.check(ProgressLine.of(today, "current", clock, progress));

        ServiceFiles.writeStatistics(baseline, output.resolve("statistics.json"));
        ServiceFiles.writeConstraints(monitor.constraints(), output.resolve("constraints.json"));
        ServiceFiles.writeViolations(report, monitor.constraints(), output.resolve("constraint_violations.json"));
        Path page = output.resolve("report.html");
        Reports.saveHtml(report, page);
        String text = report + "Written to " + output
                + ": statistics.json, constraints.json, constraint_violations.json\n" + "Open " + page.toUri();
        return new Result(text, example ? 0 : exitCode(report.status()));
    }

    private static int exitCode(Report.Status status) {
        return switch (status) {
            case HEALTHY -> 0;
            case VIOLATED -> 1;
            case INCOMPLETE -> 2;
            case NO_DATA -> 3;
        };
    }
}
