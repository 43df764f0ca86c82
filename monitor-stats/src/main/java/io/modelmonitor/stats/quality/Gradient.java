package io.modelmonitor.stats.quality;

import java.util.function.ToDoubleFunction;

/** Derivatives of smooth functions of counts by central differences; good for about ten digits. */
final class Gradient {

    private static final double RELATIVE_STEP = 1e-5;

    private Gradient() {}

    /**
     * Returns the derivative by each argument. Takes two evaluations for each.
     *
     * @param function a function that is smooth about the arguments
     * @param arguments above 0; changed on the way and restored
     */
    static double[] of(ToDoubleFunction<double[]> function, double[] arguments) {
        double[] gradient = new double[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            double argument = arguments[i];
            double step = argument * RELATIVE_STEP;
            arguments[i] = argument + step;
            double above = function.applyAsDouble(arguments);
            arguments[i] = argument - step;
            double below = function.applyAsDouble(arguments);
            arguments[i] = argument;
            gradient[i] = (above - below) / (2 * step);
        }
        return gradient;
    }
}
