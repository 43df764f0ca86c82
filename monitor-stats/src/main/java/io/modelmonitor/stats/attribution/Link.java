package io.modelmonitor.stats.attribution;

/** The scale on which contributions add up. It is applied to the model's mean over the background, not row by row. */
public enum Link {
    /** The model's own outputs. */
    IDENTITY {
        @Override
        public double apply(double output) {
            return output;
        }
    },

    /** The log-odds of a probability, ln(p / (1 − p)): infinite at 0 and 1, undefined outside. */
    LOGIT {
        @Override
        public double apply(double output) {
            return StrictMath.log(output) - StrictMath.log1p(-output);
        }
    };

    /** Returns an output on this scale. */
    public abstract double apply(double output);
}
