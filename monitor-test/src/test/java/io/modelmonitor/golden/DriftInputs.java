package io.modelmonitor.golden;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelmonitor.stats.internal.drift.Bins;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.api.Assertions;

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

    /** Returns the last column as text. */
    static List<String> texts(Path csv) throws IOException {
        return Csv.rows(csv).stream().map(row -> row[row.length - 1]).toList();
    }

    /** Returns the samples of a file with the columns sample and value, in the order of their first values. */
    static double[][] samples(Path csv) throws IOException {
        Map<String, List<Double>> samples = new LinkedHashMap<>();
        for (String[] row : Csv.rows(csv)) {
            samples.computeIfAbsent(row[0], name -> new ArrayList<>()).add(Double.parseDouble(row[1]));
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

    /** Fails if a sample is not the one that its case was made of. */
    static void checkRebuilt(double[] sample, JsonNode fingerprint) throws Exception {
        if (fingerprint.isMissingNode()) {
            return;
        }
        Tolerance.EXACT.check("first", Arrays.copyOf(sample, Math.min(5, sample.length)), fingerprint.path("first_5"));
        Tolerance.EXACT.check("last", sample[sample.length - 1], fingerprint.path("last"));
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * sample.length);
        bytes.asDoubleBuffer().put(sample);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.array());
        Assertions.assertThat(HexFormat.of().formatHex(digest))
                .isEqualTo(fingerprint.path("sha256_of_big_endian_doubles").asText());
        if (fingerprint.has("sum_fsum")) {
            double absolute = Arrays.stream(sample).map(Math::abs).sum();
            new Tolerance(0, 1e-12 * absolute)
                    .check("sum", Arrays.stream(sample).sum(), fingerprint.path("sum_fsum"));
        }
    }

    /** Returns the bins of a case; a last bin that is closed is one whose upper edge no value exceeds. */
    static Bins bins(JsonNode binned) {
        String rule = binned.path("bin_rule").asText();
        return switch (rule) {
            case "left_closed_open_ends" -> Bins.between(ExplainModel.numbers(binned.path("inner_edges")));
            case "left_closed_last_bin_closed" -> {
                double[] edges = ExplainModel.numbers(binned.path("edges"));
                yield Bins.between(Arrays.copyOfRange(edges, 1, edges.length - 1));
            }
            default -> throw new IllegalArgumentException("bin rule '" + rule + "' is not known");
        };
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
