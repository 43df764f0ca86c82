package io.modelmonitor;

import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.quality.DataQuality;
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

    private final boolean withCalculators;
    private final List<SuggestionRule> rules;

    private ConstraintSuggester(boolean withCalculators, List<SuggestionRule> rules) {
        this.withCalculators = withCalculators;
        this.rules = List.copyOf(rules);
    }

    /**
     * Returns the suggester of what each calculator of a baseline suggests of its own metrics: types, completeness, non-negative
     * numbers, domains of text columns with up to {@value DataQuality#MOST_DOMAIN_VALUES} distinct values, and no drift; that all columns
     * are there; and, of model quality, bias and attribution, that none of it becomes worse.
     *
     * <p>A bound gives away the baseline's own uncertainty, so that a window from the same source stays inside: see {@link
     * DataQuality} and the other calculators.
     */
    public static ConstraintSuggester standard() {
        return new ConstraintSuggester(true, List.of());
    }

    /** Returns the suggester of these rules and nothing else. */
    public static ConstraintSuggester of(SuggestionRule... rules) {
        return new ConstraintSuggester(false, List.of(rules));
    }

    /** Returns this suggester with one more rule; what it suggests replaces what earlier rules say of the same metric. */
    public ConstraintSuggester with(SuggestionRule rule) {
        List<SuggestionRule> more = new ArrayList<>(rules);
        more.add(rule);
        return new ConstraintSuggester(withCalculators, more);
    }

    /** Returns what the calculators and all rules suggest, with the baseline's schema. */
    public Constraints suggest(Baseline baseline) {
        List<Constraint> suggested = new ArrayList<>(withCalculators ? baseline.suggested() : List.of());
        for (SuggestionRule rule : rules) {
            suggested.addAll(rule.suggest(baseline));
        }
        return new Constraints(baseline.schema(), suggested);
    }

    @Override
    public String toString() {
        return "Suggests what " + (withCalculators ? "calculators suggest, and " : "") + rules.size()
                + " rules of a user add";
    }
}
