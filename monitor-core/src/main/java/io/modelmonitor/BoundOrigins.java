package io.modelmonitor;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.internal.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Describes where the bounds of a monitor come from: suggested from what the baseline has, or given by a user. */
final class BoundOrigins {

    private BoundOrigins() {}

    /** Returns a line for each constraint, in their order. */
    static List<String> of(List<Constraint> constraints, Baseline baseline) {
        List<String> lines = new ArrayList<>();
        for (Constraint constraint : constraints) {
            String subject = constraint.subject().isEmpty() ? "(dataset)" : VisibleText.name(constraint.subject());
            lines.add(subject + " " + constraint.metric() + " " + wanted(constraint.bound()) + ": "
                    + origin(constraint, baseline));
        }
        return lines;
    }

    private static String origin(Constraint constraint, Baseline baseline) {
        Constraint suggested = baseline.suggested().stream()
                .filter(constraint::isAboutTheSameAs)
                .findFirst()
                .orElse(null);
        Metric metric = baseline.metric(constraint.subject(), constraint.metric());
        String has = metric == null || !metric.isDefined() ? "" : "the baseline has " + number(metric.value());
        if (suggested == null) {
            return "given" + (has.isEmpty() ? "" : "; " + has);
        }
        if (!suggested.bound().equals(constraint.bound())) {
            return "given; suggested was " + wanted(suggested.bound()) + (has.isEmpty() ? "" : ", as " + has);
        }
        String from = has.isEmpty()
                ? "suggested, whatever the baseline has"
                : "suggested, as " + has + margin(constraint.bound(), metric == null ? Double.NaN : metric.value());
        return constraint.bound().isEstimate() ? from + " beside chance" : from;
    }

    /** Returns by how much a value may be worse than the baseline's. */
    private static String margin(Bound bound, double value) {
        double less = value - bound.lower();
        double more = bound.upper() - value;
        String below = Double.isInfinite(less) ? "" : less == 0 ? "no less" : number(less) + " less";
        String above = Double.isInfinite(more) ? "" : more == 0 ? "no more" : number(more) + " more";
        String allowed = below.isEmpty() || above.isEmpty() ? below + above : below + " or " + above;
        return allowed.isEmpty() ? "" : "; allowed is " + allowed;
    }

    private static String wanted(Bound bound) {
        if (bound.lower() == bound.upper()) {
            return "= " + number(bound.lower());
        }
        if (Double.isInfinite(bound.lower())) {
            return "<= " + number(bound.upper());
        }
        return Double.isInfinite(bound.upper())
                ? ">= " + number(bound.lower())
                : number(bound.lower()) + " to " + number(bound.upper());
    }

    /** Returns a number of at most four decimals, or of four digits if it is small. */
    private static String number(double value) {
        double rounded = Math.rint(value * 1e4) / 1e4;
        if (rounded == 0 && value != 0) {
            return String.format(Locale.ROOT, "%.3e", value);
        }
        return rounded == Math.rint(rounded) && Math.abs(rounded) < 1e15
                ? String.format(Locale.ROOT, "%,d", (long) rounded)
                : String.format(Locale.ROOT, "%,.4f", rounded).replaceAll("0+$", "");
    }
}
