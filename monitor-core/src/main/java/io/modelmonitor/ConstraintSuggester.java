package io.modelmonitor;

import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Reference;
import io.modelmonitor.spi.SuggestionRule;
import java.util.ArrayList;
import java.util.List;

/**
 * Suggests constraints from a baseline: a list of small rules, to which more can be added with a lambda.
 *
 * <pre>{@code
 * Constraints constraints = ConstraintSuggester.standard()
 *     .with(reference -> List.of(on("income").metric("mean").atLeast(30_000)))
 *     .suggest(baseline);
 * }</pre>
 *
 * <p>Immutable and safe for use by several threads, if its rules are.
 */
public final class ConstraintSuggester {

    /** Up to how many distinct values a text column is taken to have a domain; the managed service's number. */
    public static final int MOST_DOMAIN_VALUES = 120;

    private final List<SuggestionRule> rules;

    private ConstraintSuggester(List<SuggestionRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * Returns the suggester of what the managed service suggested: types, completeness, non-negative numbers, domains of
     * text columns with up to {@value #MOST_DOMAIN_VALUES} distinct values, and no drift; that all columns are there; and, of a
     * baseline made with calculators of model quality, bias or attribution, that none of it becomes worse.
     *
     * <p>A share's bound is not the share that was seen but what a window from the same source stays above: the lower end
     * of its one-sided 99 % interval, less one percentage point, which is taken not to matter. Of a domain, which was learned
     * from the same rows, it is that of the values that occur more than once ({@code uniqueness}); one of which half of further
     * rows may be outside is not suggested.
     */
    public static ConstraintSuggester standard() {
        return new ConstraintSuggester(StandardRules.all());
    }

    /** Returns the suggester of these rules and no others. */
    public static ConstraintSuggester of(SuggestionRule... rules) {
        return new ConstraintSuggester(List.of(rules));
    }

    /** Returns this suggester with one more rule; what it suggests replaces what earlier rules say of the same metric. */
    public ConstraintSuggester with(SuggestionRule rule) {
        List<SuggestionRule> more = new ArrayList<>(rules);
        more.add(rule);
        return new ConstraintSuggester(more);
    }

    /** Returns what all rules suggest, with the reference's schema. */
    public Constraints suggest(Reference reference) {
        List<Constraint> suggested = new ArrayList<>();
        for (SuggestionRule rule : rules) {
            suggested.addAll(rule.suggest(reference));
        }
        return new Constraints(reference.schema(), suggested);
    }
}
