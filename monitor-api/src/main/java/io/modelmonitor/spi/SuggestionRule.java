package io.modelmonitor.spi;

import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Reference;
import java.util.List;

/** A rule that turns the measured reference data into constraints on data to come. A lambda will do. */
@FunctionalInterface
public interface SuggestionRule {

    /**
     * Suggests constraints.
     *
     * @param reference the baseline: its schema and every metric in it
     * @return constraints, possibly none; a later rule's replace those about the same metric of the same subject
     */
    List<Constraint> suggest(Reference reference);
}
