package io.modelmonitor.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelmonitor.api.Explanation;
import io.modelmonitor.spi.Attributor;
import io.modelmonitor.stats.attribution.Aggregation;
import io.modelmonitor.stats.attribution.Attributors;
import io.modelmonitor.stats.attribution.Background;
import io.modelmonitor.stats.attribution.GlobalAttribution;
import io.modelmonitor.stats.attribution.Link;
import io.modelmonitor.stats.attribution.Ndcg;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The group {@code explain}: Shapley values, aggregation over rows, and the order of features. */
class ExplainCasesTest {

    @TestFactory
    Stream<DynamicTest> shapleyValues() {
        return GoldenCases.of("explain", "shapley", ExplainCasesTest::shapley);
    }

    @TestFactory
    Stream<DynamicTest> aggregations() {
        return GoldenCases.of("explain", "aggregation", golden -> {
            GlobalAttribution global = GlobalAttribution.empty(1);
            for (double[] row : rows(golden.input("local_attributions"))) {
                global.add(Explanation.of(new double[1], row));
            }
            checkGlobal(global, golden.expected().path("global"), golden.tolerance());
        });
    }

    @TestFactory
    Stream<DynamicTest> orders() {
        return GoldenCases.of("explain", "ndcg", ExplainCasesTest::ndcg);
    }

    private static void shapley(GoldenCase golden) throws IOException {
        UnaryOperator<double[][]> model = ExplainModel.of(GoldenCases.json(golden.input("model")));
        Background background = Background.of(rows(golden.input("background")));
        Link link = Link.valueOf(golden.parameters().path("link").asText().toUpperCase(Locale.ROOT));
        JsonNode expected = golden.expected();
        double[][] instances = rows(golden.input("instances"));
        golden.tolerance()
                .check(
                        "predictions",
                        Arrays.stream(model.apply(instances))
                                .mapToDouble(outputs -> outputs[0])
                                .toArray(),
                        expected.path("predictions"));

        golden.tolerance()
                .check(
                        "background_predictions_mean",
                        Arrays.stream(model.apply(rows(golden.input("background"))))
                                .mapToDouble(outputs -> outputs[0])
                                .average()
                                .orElseThrow(),
                        expected.path("background_predictions_mean"));

        Attributor exact = Attributors.exact(model, background, link);
        Attributor kernel = Attributors.kernelShap(model, background, link, (1 << background.features()) - 2, 1);
        GlobalAttribution global = GlobalAttribution.empty(1);
        for (int i = 0; i < instances.length; i++) {
            Explanation explanation = exact.explain(instances[i]);
            global.add(explanation);
            double distance = Tolerance.number(expected.path("link_predictions").get(i)) - explanation.expected(0);
            new Tolerance(0, 1e-10 * Math.max(1, Math.abs(distance)))
                    .check(
                            "shapley_values[" + i + "]",
                            explanation.contributions(0),
                            expected.path("shapley_values").get(i));
            golden.tolerance().check("base_value", explanation.expected(0), expected.path("base_value"));
            golden.tolerance()
                    .check(
                            "link_predictions[" + i + "]",
                            explanation.expected(0)
                                    + Arrays.stream(explanation.contributions(0))
                                            .sum(),
                            expected.path("link_predictions").get(i));
            if (expected.has("kernel_shap_values")) {
                new Tolerance(0, 1e-6)
                        .check(
                                "kernel_shap_values[" + i + "]",
                                kernel.explain(instances[i]).contributions(0),
                                expected.path("kernel_shap_values").get(i));
            }
        }
        checkGlobal(global, expected.path("global"), golden.tolerance());
        checkRanking(
                global.of(Aggregation.MEAN_ABS, 0),
                expected.path("feature_names"),
                expected.path("ranking_by_mean_abs"));
    }

    private static void checkGlobal(GlobalAttribution global, JsonNode expected, Tolerance tolerance) {
        tolerance.check("mean_abs", global.of(Aggregation.MEAN_ABS, 0), expected.path("mean_abs"));
        tolerance.check("median", global.of(Aggregation.MEDIAN, 0), expected.path("median"));
        tolerance.check("mean_sq", global.of(Aggregation.MEAN_SQ, 0), expected.path("mean_sq"));
        tolerance.check("mean", global.means(0), expected.path("mean"));
    }

    /** Values that are equal but for rounding may be in any order. */
    private static void checkRanking(double[] values, JsonNode names, JsonNode ranking) {
        List<String> inOrder = IntStream.range(0, names.size())
                .mapToObj(j -> names.get(j).asText())
                .toList();
        double above = Double.POSITIVE_INFINITY;
        for (JsonNode name : ranking) {
            double value = values[inOrder.indexOf(name.asText())];
            assertThat(value).as("attribution of %s", name).isLessThanOrEqualTo(above + 1e-12);
            above = value;
        }
        assertThat(Ndcg.ranks(values)).hasSize(ranking.size());
    }

    private static void ndcg(GoldenCase golden) throws IOException {
        List<String[]> lines = lines(golden.input("attributions"));
        double[] baseline =
                lines.stream().mapToDouble(line -> Double.parseDouble(line[1])).toArray();
        double[] live =
                lines.stream().mapToDouble(line -> Double.parseDouble(line[2])).toArray();
        JsonNode expected = golden.expected();

        double ndcg = Ndcg.of(baseline, live);

        golden.tolerance().check("ndcg_textbook", ndcg, expected.path("ndcg_textbook"));
        assertThat(ranking(lines, baseline)).isEqualTo(texts(expected.path("ranking_baseline")));
        assertThat(ranking(lines, live)).isEqualTo(texts(expected.path("ranking_live")));
        JsonNode alert = expected.path("alert_below_0_90");
        assertThat(Double.isNaN(ndcg)).isEqualTo(alert.isNull());
        if (!alert.isNull()) {
            assertThat(ndcg < 0.90).isEqualTo(alert.booleanValue());
        }
    }

    private static List<String> ranking(List<String[]> lines, double[] values) {
        String[] names = new String[values.length];
        int[] ranks = Ndcg.ranks(values);
        for (int j = 0; j < names.length; j++) {
            names[ranks[j] - 1] = lines.get(j)[0];
        }
        return List.of(names);
    }

    private static List<String> texts(JsonNode array) {
        return IntStream.range(0, array.size())
                .mapToObj(i -> array.get(i).asText())
                .toList();
    }

    private static double[][] rows(Path csv) throws IOException {
        return lines(csv).stream()
                .map(line ->
                        Arrays.stream(line).mapToDouble(Double::parseDouble).toArray())
                .toArray(double[][]::new);
    }

    private static List<String[]> lines(Path csv) throws IOException {
        return Csv.rows(csv);
    }
}
