package io.modelmonitor.golden;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelmonitor.stats.drift.Bins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** Reads or makes the samples of golden cases of drift. */
final class DriftInputs {

    static final Comparator<String> CODE_POINTS = DriftInputs::compareCodePoints;

    private static final Map<String, DoubleUnaryOperator> TRANSFORMS = Map.of(
            "identity", u -> u,
            "square", u -> u * u,
            "pareto1", u -> 1 / (1 - u),
            "pareto2", u -> 1 / Math.sqrt(1 - u),
            "floor100", u -> Math.floor(100 * u));

    private DriftInputs() {}

    /** Returns the last column as numbers. */
    static double[] numbers(Path csv) throws IOException {
        return texts(csv).stream().mapToDouble(Double::parseDouble).toArray();
    }

    /** Returns the fields of a file of one column, unquoted, without the header. */
    static List<String> texts(Path csv) throws IOException {
        List<String> lines = Files.readAllLines(csv);
        return lines.subList(1, lines.size()).stream()
                .map(DriftInputs::unquoted)
                .toList();
    }

    private static String unquoted(String field) {
        return field.startsWith("\"") ? field.substring(1, field.length() - 1).replace("\"\"", "\"") : field;
    }

    /** Returns the samples of a file with the columns sample and value, in the order of their first values. */
    static double[][] samples(Path csv) throws IOException {
        Map<String, List<Double>> samples = new LinkedHashMap<>();
        for (String line : texts(csv)) {
            int comma = line.indexOf(',');
            samples.computeIfAbsent(line.substring(0, comma), name -> new ArrayList<>())
                    .add(Double.parseDouble(line.substring(comma + 1)));
        }
        return samples.values().stream()
                .map(sample -> sample.stream().mapToDouble(Double::doubleValue).toArray())
                .toArray(double[][]::new);
    }

    /** Makes a sample by its formula. */
    static double[] generated(JsonNode formula) {
        double shift = formula.path("shift").asDouble(0);
        double scale = formula.path("scale").asDouble(1);
        String transform = formula.path("transform").asText();
        SplitMix64 random = new SplitMix64(formula.path("seed").asLong());
        double[] sample = new double[formula.path("n").asInt()];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = shift + scale * transformed(transform, random);
        }
        return sample;
    }

    private static double transformed(String transform, SplitMix64 random) {
        if (transform.equals("irwin_hall12")) {
            double sum = 0;
            for (int i = 0; i < 12; i++) {
                sum += random.unit();
            }
            return sum - 6;
        }
        return TRANSFORMS.get(transform).applyAsDouble(random.unit());
    }

    /** Returns the bins of a case; a last bin that is closed is one whose upper edge no value exceeds. */
    static Bins bins(JsonNode binned) {
        JsonNode inner = binned.path("inner_edges");
        JsonNode all = binned.path("edges");
        return inner.isMissingNode()
                ? Bins.between(IntStream.range(1, all.size() - 1)
                        .mapToDouble(i -> all.get(i).asDouble())
                        .toArray())
                : Bins.between(IntStream.range(0, inner.size())
                        .mapToDouble(i -> inner.get(i).asDouble())
                        .toArray());
    }

    private static int compareCodePoints(String a, String b) {
        return Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
    }

    /** The generator that the cases are made with. */
    private static final class SplitMix64 {

        private long state;

        SplitMix64(long seed) {
            state = seed;
        }

        double unit() {
            state += 0x9E3779B97F4A7C15L;
            long z = state;
            z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
            z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
            return ((z ^ (z >>> 31)) >>> 11) * 0x1.0p-53;
        }
    }
}
