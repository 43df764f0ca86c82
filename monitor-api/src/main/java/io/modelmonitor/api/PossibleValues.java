package io.modelmonitor.api;

import java.util.Arrays;
import java.util.Set;

/**
 * The values that a metric can have, so that a bound that can never be met, or never be missed, is refused where it is said.
 *
 * @param least the least, included
 * @param greatest the greatest, included
 */
record PossibleValues(double least, double greatest) {

    static final PossibleValues ANY = new PossibleValues(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    static final PossibleValues SHARE = new PossibleValues(0, 1);
    static final PossibleValues NOT_NEGATIVE = new PossibleValues(0, Double.POSITIVE_INFINITY);
    static final PossibleValues AT_MOST_ONE = new PossibleValues(Double.NEGATIVE_INFINITY, 1);

    private static final Set<String> SHARES =
            Set.of("completeness", "type_share", "domain_share", "non_negative_share");

    /** Returns the values of a metric whose constraint begins with a default bound; any of others, which may be a user's. */
    static PossibleValues ofDefaultBounds(MetricId id) {
        boolean isDrift = id.name().equals("drift")
                || Arrays.stream(NamedDrift.values())
                        .anyMatch(named -> named.metric().equals(id.name()));
        return SHARES.contains(id.name()) ? SHARE : isDrift ? NOT_NEGATIVE : ANY;
    }

    /**
     * Returns a bound of a metric.
     *
     * @throws IllegalArgumentException if a limit is none of these values
     */
    Bound checked(MetricId id, Bound bound) {
        check(id, bound.lower());
        check(id, bound.upper());
        return bound;
    }

    private void check(MetricId id, double limit) {
        if (!Double.isInfinite(limit) && (limit < least || limit > greatest)) {
            throw new IllegalArgumentException(id + ": " + ReportText.number(limit)
                    + (equals(SHARE) ? " is no share; between 0 and 1 is expected, such as " + share(limit) : words()));
        }
    }

    private String words() {
        return least == 0
                ? " is never reached, as it is not negative; at least 0 is expected"
                : " is never reached; at most " + ReportText.number(greatest) + " is expected";
    }

    /** Returns the share that was meant if it was said in percent. */
    private static String share(double limit) {
        return limit >= 10 && limit <= 100 ? ReportText.number(limit / 100) : "0.98";
    }
}
