package io.modelmonitor.api;

/** The evidence of facts. An enum, so that there is one and that it prints its name. */
enum CertainEvidence implements Evidence {
    INSTANCE;

    @Override
    public double pValue(double value, Bound bound) {
        return bound.holds(value) ? 1 : 0;
    }

    @Override
    public double standardError() {
        return 0;
    }

    @Override
    public boolean isCertain() {
        return true;
    }

    @Override
    public String toString() {
        return "certain";
    }
}
