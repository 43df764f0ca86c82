package io.modelmonitor.report;

import static io.modelmonitor.api.Constraint.on;

import io.modelmonitor.Baseline;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Assessment;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Plot;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Scale;
import io.modelmonitor.api.Schema;
import io.modelmonitor.data.Datasets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Reports to be shown. */
final class Samples {

    /** Texts that names and values of the data may hold. */
    static final List<String> HOSTILE = List.of(
            "</td></table></script><script>alert(1)</script>",
            "\" onmouseover=\"alert(1)",
            "' onclick='alert(1)",
            "javascript:alert(1)",
            "../../etc/passwd",
            "{{7*7}} ${jndi:ldap://x} <%= 1 %>",
            "]]><!-- --> <?xml?> &lt; &#60;",
            "\u202Eright to left\u202C",
            "\u2066isolated",
            "\u0645\u062D\u0645\u062F",
            "a\u0000b\u0007c\u001Bd\u007Fe\u0085f",
            "line\r\nfeed\u2028and\u2029more",
            "\uD800 and \uDFFF alone",
            "\uFFFE\uFFFF\uFDD0",
            "\uD83D\uDE00 \uD834\uDD1E \uD869\uDED6 \uDBFF\uDFFD",
            "| a | b |\n|---|---|\n# heading ```code``` [x](http://x) <b>",
            "x".repeat(5_000),
            "Stra\u00DFe",
            "STRASSE",
            "\u200B\uFEFF\u00AD",
            " ");

    private static final String[] COLOURS = {"red", "green", "blue", "black"};

    private Samples() {}

    /** Returns a report of which every text is hostile. */
    static Report hostile() {
        return of(HOSTILE);
    }

    /** Returns a report of which every text is one of some. */
    static Report of(List<String> texts) {
        List<Metric> metrics = new ArrayList<>();
        List<Assessment> assessments = new ArrayList<>();
        List<DataProblem> problems = new ArrayList<>();
        List<Report.Failure> failures = new ArrayList<>();
        for (String text : texts) {
            List<String> two = List.of(text, text);
            List<Double> values = List.of(0.25, 0.75);
            Metric metric = Metric.of(text, text, 0.5, new Evidence.PValue(0.001, 0.02))
                    .on(new Scale(text, 0, 1, Scale.Worse.HIGHER))
                    .withNote(text)
                    .withPlot(new Plot.Pairs(text, text, text, two, values, List.of(0.5, 0.5)))
                    .withPlot(new Plot.Histogram(text, List.of(0.0, 1.0, 2.0), values))
                    .withPlot(new Plot.Bars(text, two, values))
                    .withPlot(new Plot.Curve(text, text, text, values, values))
                    .withPlot(new Plot.Matrix(text, text, text, two, List.of(List.of(1L, 2L), List.of(3L, 4L))))
                    .withPlot(new Plot.Strips(text, text, two, List.of(values, values)));
            metrics.add(metric);
            metrics.add(Metric.undefined(text, text + "2", text + "!"));
            assessments.add(new Assessment(
                    on(text).metric(text).atMost(0.1), metric, 0.001, 0.002, Assessment.Outcome.VIOLATED));
            problems.add(new DataProblem(text + " ", 3, List.of(7L)));
            failures.add(new Report.Failure(text, text));
        }
        String first = texts.get(0);
        return new Report(
                first,
                Report.Status.VIOLATED,
                100,
                null,
                null,
                first,
                assessments,
                metrics,
                problems,
                failures,
                first,
                0.05);
    }

    /** Returns a report on a table of some columns, of which every tenth has drifted. */
    static Report wide(int columns) {
        return Monitor.against(Baseline.of(table(columns, 1, 0))).named("wide").check(table(columns, 2, 30));
    }

    private static Dataset table(int columns, int seed, double shift) {
        SplittableRandom random = new SplittableRandom(seed);
        String[] names = new String[columns];
        for (int i = 0; i < columns; i++) {
            names[i] = "feature_" + i;
        }
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int k = 0; k < 500; k++) {
            @Nullable Object[] row = new Object[columns];
            for (int i = 0; i < columns; i++) {
                double number = 100 * (random.nextDouble() + random.nextDouble()) + (i % 10 == 0 ? shift : 0);
                row[i] = i % 5 == 4 ? COLOURS[random.nextInt(4)] : number;
            }
            rows.add(row);
        }
        return Datasets.of(Schema.ofNames(names), rows);
    }
}
