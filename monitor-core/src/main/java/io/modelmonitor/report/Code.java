package io.modelmonitor.report;

import io.modelmonitor.api.Assessment;
import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.stats.internal.text.NumberText;
import java.util.List;
import java.util.Map;

/** The lines of Java that give constraints other bounds. */
final class Code {

    /** Metrics that {@link Constraint.Subject} has a method for. */
    static final Map<String, String> METHODS = Map.ofEntries(
            Map.entry("completeness", "completeness"),
            Map.entry("type_share", "typeShare"),
            Map.entry("domain_share", "domainShare"),
            Map.entry("non_negative_share", "nonNegativeShare"),
            Map.entry("drift", "drift"),
            Map.entry("mean", "mean"),
            Map.entry("standard_deviation", "standardDeviation"),
            Map.entry("minimum", "minimum"),
            Map.entry("maximum", "maximum"),
            Map.entry("distinct_count", "distinctCount"),
            Map.entry("rows", "rows"),
            Map.entry("accuracy", "accuracy"),
            Map.entry("precision", "precision"),
            Map.entry("recall", "recall"),
            Map.entry("f1", "f1"),
            Map.entry("roc_auc", "rocAuc"),
            Map.entry("mae", "mae"),
            Map.entry("rmse", "rmse"),
            Map.entry("r2", "r2"));

    private Code() {}

    /** Returns a statement that wants what the constraints of a subject want, a line for each. */
    static String of(List<Assessment> assessments) {
        StringBuilder code = new StringBuilder("monitor.requiring(");
        for (int i = 0; i < assessments.size(); i++) {
            code.append(i == 0 ? "\n    " : ",\n    ");
            code.append(of(assessments.get(i).constraint()));
        }
        return code.append(");").toString();
    }

    /** Returns the expression that makes a constraint. */
    static String of(Constraint constraint) {
        String subject =
                constraint.subject().isEmpty() ? "onDataset()" : "on(" + Printable.java(constraint.subject()) + ")";
        String method = METHODS.get(constraint.metric());
        String metric = method == null ? "metric(" + Printable.java(constraint.metric()) + ")" : method + "()";
        return subject + "." + metric + "." + of(constraint.bound());
    }

    private static String of(Bound bound) {
        if (bound.lower() == Double.NEGATIVE_INFINITY) {
            return "atMost(" + number(bound.upper()) + ")";
        }
        if (bound.upper() == Double.POSITIVE_INFINITY) {
            return "atLeast(" + number(bound.lower()) + ")";
        }
        return "between(" + number(bound.lower()) + ", " + number(bound.upper()) + ")";
    }

    private static String number(double value) {
        String text = NumberText.of(value, true);
        return Double.isInfinite(value)
                ? "Double." + (value > 0 ? "POSITIVE" : "NEGATIVE") + "_INFINITY"
                : text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
