package io.modelmonitor.golden;

import com.fasterxml.jackson.databind.JsonNode;

/** Rebuilds the sequences of group sketch from their names and seeds. */
final class SketchSequence {

    private long state;

    private SketchSequence(long seed) {
        this.state = seed;
    }

    static double[] of(JsonNode parameters) {
        int n = parameters.path("n").asInt();
        String name = parameters.path("sequence").asText();
        SketchSequence random = new SketchSequence(parameters.path("seed").asLong());
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = random.value(name, i, n);
        }
        return values;
    }

    private double value(String name, int i, int n) {
        return switch (name) {
            case "uniform" -> uniform();
            case "sorted" -> i;
            case "reversed" -> n - 1.0 - i;
            case "constant" -> 7;
            case "two_values" -> i % 2;
            case "offset_1e9" -> 1e9 + uniform();
            case "centred_large" -> (uniform() - 0.5) * 1e12;
            case "pareto1" -> 1.0 / (1.0 - uniform());
            case "pareto2" -> 1.0 / Math.sqrt(1.0 - uniform());
            case "zipf_like" -> Math.min(Math.floor(1.0 / (1.0 - uniform())), 1e6);
            case "sorted_blocks" -> i % 10_000 + 10_000.0 * ((long) (i / 10_000) * 37 % (n / 10_000));
            case "late_outliers" -> {
                double u = uniform();
                yield i < n - 100 ? u : 1e9 + i;
            }
            case "two_clusters" -> {
                double u = uniform();
                double v = uniform();
                yield u < 0.5 ? v : 1000.0 + v;
            }
            case "cubed_integers" -> {
                double u = uniform();
                yield Math.floor(1000.0 * (u * u * u));
            }
            case "irwin_hall12" -> {
                double sum = 0;
                for (int k = 0; k < 12; k++) {
                    sum += uniform();
                }
                yield sum - 6.0;
            }
            default -> throw new IllegalArgumentException("sequence '" + name + "' is not known");
        };
    }

    private double uniform() {
        return (next() >>> 11) * 0x1p-53;
    }

    static String[] keys(JsonNode parameters) {
        int n = parameters.path("n").asInt();
        String formula = parameters.path("formula").asText();
        SketchSequence random = new SketchSequence(seedIn(formula));
        String[] keys = new String[n];
        for (int i = 0; i < n; i++) {
            if (formula.startsWith("Long.toString")) {
                keys[i] = Long.toString(random.next());
            } else if (formula.startsWith("\"item-\"")) {
                keys[i] = "item-" + (long) i * i % 65_537;
            } else if (formula.startsWith("\"c-\"")) {
                keys[i] = "c-" + i % 17;
            } else {
                throw new IllegalArgumentException("formula '" + formula + "' is not known");
            }
        }
        return keys;
    }

    private static long seedIn(String formula) {
        int mark = formula.lastIndexOf("seed ");
        return mark < 0 ? 0 : Long.parseLong(formula.substring(mark + 5).trim());
    }

    /** SplitMix64. */
    private long next() {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
