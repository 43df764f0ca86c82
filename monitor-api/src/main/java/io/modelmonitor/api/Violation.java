package io.modelmonitor.api;

/**
 * A constraint that does not hold, or whose metric could not be measured.
 *
 * @param constraint what was wanted
 * @param metric what was measured
 * @param pValue how likely chance explains it, as in {@link Assessment}
 * @param adjustedPValue the same, corrected over all constraints of the report
 */
public record Violation(Constraint constraint, Metric metric, double pValue, double adjustedPValue) {

    /** Returns what was violated: the subject's name. */
    public String subject() {
        return constraint.subject();
    }

    /** Returns one line of ASCII that says what was measured, what was wanted, and how likely it is by chance. */
    public String description() {
        return ReportText.describe(this);
    }

    @Override
    public String toString() {
        return ReportText.printable(subject().isEmpty() ? "dataset" : subject()) + ": " + description();
    }
}
