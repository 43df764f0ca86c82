package io.modelmonitor.report;

import io.modelmonitor.api.Assessment;
import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Plot;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Scale;
import io.modelmonitor.internal.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A report as a tree that JSON can hold. */
final class ReportTree {

    private static final String FORMAT = "modelmonitor.report";
    private static final long VERSION = 1;

    private ReportTree() {}

    static Map<String, @Nullable Object> of(Report report) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("format", FORMAT);
        tree.put("version", VERSION);
        tree.put("name", report.name());
        tree.put("status", word(report.status()));
        tree.put("rows", report.rows());
        tree.put("start", report.start() == null ? null : report.start().toString());
        tree.put("end", report.end() == null ? null : report.end().toString());
        tree.put("baseline", report.baseline());
        tree.put("correction", report.correction());
        tree.put("level", report.level());
        Map<MetricId, Metric> measured = byId(report.metrics());
        tree.put("assessments", list(report.assessments(), assessment -> of(assessment, measured)));
        tree.put("metrics", list(report.metrics(), ReportTree::of));
        tree.put("problems", list(report.problems(), ReportTree::of));
        tree.put("failures", list(report.failures(), ReportTree::of));
        return tree;
    }

    static Report read(@Nullable Object object) {
        Map<String, @Nullable Object> tree = Json.object(object);
        if (!FORMAT.equals(tree.get("format")) || !Long.valueOf(VERSION).equals(tree.get("version"))) {
            throw new IllegalArgumentException("format is " + tree.get("format") + ", version " + tree.get("version")
                    + "; allowed is " + FORMAT + ", version " + VERSION);
        }
        List<Metric> metrics = elements(tree, "metrics", ReportTree::metric);
        Map<MetricId, Metric> measured = byId(metrics);
        return new Report(
                text(tree, "name"),
                constant(Report.Status.class, tree, "status"),
                count(tree, "rows"),
                time(tree, "start"),
                time(tree, "end"),
                text(tree, "baseline"),
                elements(tree, "assessments", assessment -> assessment(assessment, measured)),
                metrics,
                elements(tree, "problems", ReportTree::problem),
                elements(tree, "failures", ReportTree::failure),
                text(tree, "correction"),
                number(tree, "level"));
    }

    private static Map<MetricId, Metric> byId(List<Metric> metrics) {
        Map<MetricId, Metric> byId = new HashMap<>();
        metrics.forEach(metric -> byId.putIfAbsent(metric.id(), metric));
        return byId;
    }

    private static Map<String, @Nullable Object> of(Assessment assessment, Map<MetricId, Metric> measured) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("subject", assessment.constraint().subject());
        tree.put("metric", assessment.constraint().metric());
        tree.put("at_least", assessment.constraint().bound().lower());
        tree.put("at_most", assessment.constraint().bound().upper());
        tree.put("is_estimate", assessment.constraint().bound().isEstimate());
        tree.put("outcome", word(assessment.outcome()));
        tree.put("p", assessment.pValue());
        tree.put("adjusted_p", assessment.adjustedPValue());
        if (!assessment.metric().equals(measured.get(assessment.constraint().id()))) {
            tree.put("measured", of(assessment.metric()));
        }
        return tree;
    }

    private static Assessment assessment(Map<String, @Nullable Object> tree, Map<MetricId, Metric> measured) {
        Metric known = measured.get(new MetricId(text(tree, "subject"), text(tree, "metric")));
        return new Assessment(
                new Constraint(
                        text(tree, "subject"),
                        text(tree, "metric"),
                        new Bound(
                                number(tree, "at_least"),
                                number(tree, "at_most"),
                                tree.get("is_estimate") == Boolean.TRUE)),
                known == null || tree.containsKey("measured") ? metric(Json.object(tree.get("measured"))) : known,
                number(tree, "p"),
                number(tree, "adjusted_p"),
                constant(Assessment.Outcome.class, tree, "outcome"));
    }

    private static Map<String, @Nullable Object> of(Metric metric) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("subject", metric.subject());
        tree.put("name", metric.name());
        tree.put("value", metric.value());
        tree.put("evidence", of(metric.evidence()));
        tree.put("unit", metric.scale().unit());
        tree.put("least", metric.scale().least());
        tree.put("greatest", metric.scale().greatest());
        tree.put("worse", word(metric.scale().worse()));
        tree.put("note", metric.note());
        if (!metric.plots().isEmpty()) {
            tree.put("plots", list(metric.plots(), ReportTree::of));
        }
        return tree;
    }

    private static Metric metric(Map<String, @Nullable Object> tree) {
        return new Metric(
                new MetricId(text(tree, "subject"), text(tree, "name")),
                number(tree, "value"),
                evidence(Json.object(tree.get("evidence"))),
                new Scale(
                        text(tree, "unit"),
                        number(tree, "least"),
                        number(tree, "greatest"),
                        constant(Scale.Worse.class, tree, "worse")),
                text(tree, "note"),
                tree.containsKey("plots") ? elements(tree, "plots", ReportTree::plot) : List.of());
    }

    private static Map<String, @Nullable Object> of(Evidence evidence) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        if (evidence instanceof Evidence.Proportion share) {
            tree.put("kind", "proportion");
            tree.put("successes", share.successes());
            tree.put("trials", share.trials());
        } else if (evidence instanceof Evidence.ComparedProportion compared) {
            tree.put("kind", "compared_proportion");
            tree.put("current", of(compared.current()));
            tree.put("baseline", of(compared.baseline()));
        } else if (evidence instanceof Evidence.StandardError error) {
            put(tree, error);
        } else if (evidence instanceof Evidence.ComparedMean mean) {
            tree.put("kind", "compared_mean");
            tree.put("current", of(mean.current()));
            tree.put("baseline", of(mean.baseline()));
        } else if (evidence instanceof Evidence.Limits limits) {
            tree.put("kind", "limits");
            tree.put("standard_error", limits.standardError());
            tree.put("expected_by_chance", limits.expectedByChance());
            tree.put("limits", limits.limits());
        } else if (evidence instanceof Evidence.PValue test) {
            tree.put("kind", "p_value");
            tree.put("p", test.pValue());
            tree.put("expected_by_chance", test.expectedByChance());
        } else {
            tree.put("kind", "exact");
        }
        return tree;
    }

    /** Reads evidence; such as cannot be was never written, so the file is damaged. */
    private static Evidence evidence(Map<String, @Nullable Object> tree) {
        Evidence evidence = unchecked(tree);
        if (!evidence.problem().isEmpty()) {
            throw new IllegalArgumentException("evidence: " + evidence.problem());
        }
        return evidence;
    }

    private static Evidence unchecked(Map<String, @Nullable Object> tree) {
        String kind = text(tree, "kind");
        return switch (kind) {
            case "exact" -> Evidence.exact();
            case "proportion" -> proportion(tree);
            case "compared_proportion" ->
                new Evidence.ComparedProportion(
                        proportion(Json.object(tree.get("current"))), proportion(Json.object(tree.get("baseline"))));
            case "standard_error" -> standardError(tree);
            case "compared_mean" ->
                new Evidence.ComparedMean(
                        standardError(Json.object(tree.get("current"))),
                        standardError(Json.object(tree.get("baseline"))));
            case "limits" ->
                new Evidence.Limits(
                        number(tree, "standard_error"),
                        number(tree, "expected_by_chance"),
                        numbers(tree.get("limits")));
            case "p_value" -> new Evidence.PValue(number(tree, "p"), number(tree, "expected_by_chance"));
            default -> throw new IllegalArgumentException("evidence is of kind '" + kind + "', which is not known");
        };
    }

    private static void put(Map<String, @Nullable Object> tree, Evidence.StandardError error) {
        tree.put("kind", "standard_error");
        tree.put("standard_error", error.standardError());
        if (error.skewness() != 0) {
            tree.put("skewness", error.skewness());
        }
    }

    private static Evidence.StandardError standardError(Map<String, @Nullable Object> tree) {
        return new Evidence.StandardError(
                number(tree, "standard_error"), tree.containsKey("skewness") ? number(tree, "skewness") : 0);
    }

    private static Evidence.Proportion proportion(Map<String, @Nullable Object> tree) {
        return new Evidence.Proportion(count(tree, "successes"), count(tree, "trials"));
    }

    private static Map<String, @Nullable Object> of(DataProblem problem) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("description", problem.description());
        tree.put("count", problem.count());
        tree.put("lines", problem.lines());
        return tree;
    }

    private static DataProblem problem(Map<String, @Nullable Object> tree) {
        List<Long> lines = new ArrayList<>();
        Json.array(tree.get("lines")).forEach(line -> lines.add((long) Json.number(line)));
        return new DataProblem(text(tree, "description"), count(tree, "count"), lines);
    }

    private static Map<String, @Nullable Object> of(Report.Failure failure) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("calculator", failure.calculator());
        tree.put("reason", failure.reason());
        return tree;
    }

    private static Report.Failure failure(Map<String, @Nullable Object> tree) {
        return new Report.Failure(text(tree, "calculator"), text(tree, "reason"));
    }

    private static Map<String, @Nullable Object> of(Plot plot) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("kind", plot.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        tree.put("title", plot.title());
        if (plot instanceof Plot.Curve curve) {
            tree.put("x_name", curve.xName());
            tree.put("y_name", curve.yName());
            tree.put("x", curve.x());
            tree.put("y", curve.y());
        } else if (plot instanceof Plot.Matrix matrix) {
            tree.put("row_name", matrix.rowName());
            tree.put("column_name", matrix.columnName());
            tree.put("labels", matrix.labels());
            tree.put("counts", matrix.counts());
        } else if (plot instanceof Plot.Histogram histogram) {
            tree.put("edges", histogram.edges());
            tree.put("counts", histogram.counts());
        } else if (plot instanceof Plot.Bars bars) {
            tree.put("names", bars.names());
            tree.put("values", bars.values());
        } else if (plot instanceof Plot.Pairs pairs) {
            tree.put("before_name", pairs.beforeName());
            tree.put("after_name", pairs.afterName());
            tree.put("names", pairs.names());
            tree.put("before", pairs.before());
            tree.put("after", pairs.after());
        } else if (plot instanceof Plot.Strips strips) {
            tree.put("value_name", strips.valueName());
            tree.put("names", strips.names());
            tree.put("points", strips.points());
        }
        return tree;
    }

    private static Plot plot(Map<String, @Nullable Object> tree) {
        String title = text(tree, "title");
        String kind = text(tree, "kind");
        return switch (kind) {
            case "curve" ->
                new Plot.Curve(
                        title,
                        text(tree, "x_name"),
                        text(tree, "y_name"),
                        numbers(tree.get("x")),
                        numbers(tree.get("y")));
            case "matrix" ->
                new Plot.Matrix(
                        title,
                        text(tree, "row_name"),
                        text(tree, "column_name"),
                        texts(tree.get("labels")),
                        Json.array(tree.get("counts")).stream()
                                .map(row -> numbers(row).stream()
                                        .map(Double::longValue)
                                        .toList())
                                .toList());
            case "histogram" -> new Plot.Histogram(title, numbers(tree.get("edges")), numbers(tree.get("counts")));
            case "bars" -> new Plot.Bars(title, texts(tree.get("names")), numbers(tree.get("values")));
            case "pairs" ->
                new Plot.Pairs(
                        title,
                        text(tree, "before_name"),
                        text(tree, "after_name"),
                        texts(tree.get("names")),
                        numbers(tree.get("before")),
                        numbers(tree.get("after")));
            case "strips" ->
                new Plot.Strips(
                        title,
                        text(tree, "value_name"),
                        texts(tree.get("names")),
                        Json.array(tree.get("points")).stream()
                                .map(ReportTree::numbers)
                                .toList());
            default -> throw new IllegalArgumentException("a plot is of kind '" + kind + "', which is not known");
        };
    }

    private static <T> List<Map<String, @Nullable Object>> list(
            List<T> values, Function<T, Map<String, @Nullable Object>> tree) {
        return values.stream().map(tree).toList();
    }

    private static <T> List<T> elements(
            Map<String, @Nullable Object> tree, String key, Function<Map<String, @Nullable Object>, T> read) {
        List<T> elements = new ArrayList<>();
        Json.array(tree.get(key)).forEach(element -> elements.add(read.apply(Json.object(element))));
        return elements;
    }

    private static List<Double> numbers(@Nullable Object array) {
        return Json.array(array).stream().map(Json::number).toList();
    }

    private static List<String> texts(@Nullable Object array) {
        return Json.array(array).stream()
                .map(value -> text(value, "an element"))
                .toList();
    }

    private static String text(Map<String, @Nullable Object> tree, String key) {
        return text(tree.get(key), key);
    }

    private static String text(@Nullable Object value, String what) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(what + " is " + value + "; a text is expected");
    }

    private static double number(Map<String, @Nullable Object> tree, String key) {
        return Json.number(tree.get(key));
    }

    private static long count(Map<String, @Nullable Object> tree, String key) {
        if (tree.get(key) instanceof Long count) {
            return count;
        }
        throw new IllegalArgumentException(key + " is " + tree.get(key) + "; a whole number is expected");
    }

    private static @Nullable Instant time(Map<String, @Nullable Object> tree, String key) {
        if (tree.get(key) == null) {
            return null;
        }
        try {
            return Instant.parse(text(tree, key));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(key + " is '" + tree.get(key) + "'; a time is expected", e);
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, Map<String, @Nullable Object> tree, String key) {
        String word = text(tree, key);
        for (E constant : type.getEnumConstants()) {
            if (word(constant).equals(word)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(key + " is '" + word + "', which is not known");
    }
}
