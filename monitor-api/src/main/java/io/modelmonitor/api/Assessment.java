package io.modelmonitor.api;

/**
 * A constraint held against its metric.
 *
 * @param constraint what was wanted
 * @param metric what was measured; undefined, with a reason, when it could not be
 * @param pValue the probability of such a value if the truth lies inside the bound, from 0 to 1; 1 when the value itself
 *     does; NaN when undefined
 * @param adjustedPValue the same, corrected over all constraints of the report
 * @param holds whether the constraint holds: it was measured, and its value lies inside the bound or is explained by chance
 */
public record Assessment(Constraint constraint, Metric metric, double pValue, double adjustedPValue, boolean holds) {}
