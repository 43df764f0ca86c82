package io.modelmonitor.sagemaker;

import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Feature;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Violation;
import io.modelmonitor.internal.json.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A report's violations in the service's words. The sentence about types is the service's whole one; of the others the part
 * that its own tools look for is.
 */
final class ViolationTexts {

    private static final Map<String, String> CHECKS = Map.of(
            "type_share", "data_type_check",
            "completeness", "completeness_check",
            "domain_share", "categorical_values_check",
            "missing_columns", "missing_column_check",
            "extra_columns", "extra_column_check");

    private ViolationTexts() {}

    static List<ServiceViolation> of(Report report, Constraints constraints) {
        if (report.status() == Report.Status.NO_DATA) {
            // An empty list would say that all is well.
            return List.of(new ServiceViolation("", "no_data", "Job inputs had no data"));
        }
        return report.violations().stream()
                .map(violation -> new ServiceViolation(
                        feature(violation), check(violation), text(violation, report, constraints)))
                .toList();
    }

    private static String feature(Violation violation) {
        return switch (violation.constraint().metric()) {
            case "missing_columns" -> "Missing columns";
            case "extra_columns" -> "Extra columns";
            default -> violation.subject();
        };
    }

    private static String check(Violation violation) {
        String metric = violation.constraint().metric();
        if (metric.equals("drift") || metric.startsWith("drift.")) {
            return "baseline_drift_check";
        }
        return CHECKS.getOrDefault(metric, metric.replace('.', '_') + "_check");
    }

    private static String text(Violation violation, Report report, Constraints constraints) {
        Metric metric = violation.metric();
        if (!metric.isDefined()) {
            return violation.description();
        }
        double lower = violation.constraint().bound().lower();
        double upper = violation.constraint().bound().upper();
        return switch (violation.constraint().metric()) {
            case "type_share" -> {
                String type = type(violation.subject(), constraints);
                yield "Data type match requirement is not met. Expected data type: " + type + ", Expected match: "
                        + number(lower * 100) + "%. Observed: Only " + number(metric.value() * 100) + "% of data is "
                        + type + ".";
            }
            case "completeness", "domain_share" ->
                "Value: " + number(metric.value()) + " does not meet the constraint requirement! ";
            case "drift" ->
                "Baseline drift distance: " + number(metric.value()) + " exceeds threshold: " + number(upper);
            case ServiceMetrics.CHI_SQUARED ->
                "Baseline drift p-value: " + number(metric.value()) + " is below threshold: " + number(lower);
            case "missing_columns" -> columns("missing", report, constraints);
            case "extra_columns" -> columns("extra", report, constraints);
            default -> violation.description();
        };
    }

    private static String type(String name, Constraints constraints) {
        Feature feature = constraints.schema().feature(name);
        return TypeNames.of(feature == null ? FeatureType.UNKNOWN : feature.type());
    }

    private static String columns(String what, Report report, Constraints constraints) {
        int expected = constraints.schema().size();
        long actual =
                expected + count(report.metric("", "extra_columns")) - count(report.metric("", "missing_columns"));
        return "There are " + what + " columns in current dataset. Number of columns in current dataset: " + actual
                + ", Number of columns in baseline constraints: " + expected;
    }

    private static long count(@Nullable Metric metric) {
        return metric == null || !metric.isDefined() ? 0 : Math.round(metric.value());
    }

    /** Returns a number as in a file: in its shortest form, with a point. */
    private static String number(double value) {
        return Json.write(value).replace("\"", "");
    }
}
