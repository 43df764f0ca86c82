package io.modelmonitor.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelmonitor.api.Distribution;
import io.modelmonitor.spi.DriftMeasure;
import io.modelmonitor.stats.internal.drift.BinnedDistances;
import io.modelmonitor.stats.internal.drift.ZeroRule;
import io.modelmonitor.stats.test.ContingencyTests;
import io.modelmonitor.stats.test.TestResult;
import io.modelmonitor.stats.test.TwoByTwo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Compares what is said of counts with a golden case. */
final class DriftChecks {

    // The cases state this rule in words: relative 1e-6, absolute 1e-12.
    private static final Tolerance P_VALUES = new Tolerance(1e-6, 1e-12);

    private static final Map<String, DriftMeasure> MEASURES = measures();

    private DriftChecks() {}

    private static Map<String, DriftMeasure> measures() {
        Map<String, DriftMeasure> all = new LinkedHashMap<>();
        all.put("psi_no_smoothing", (p, q) -> BinnedDistances.psi(p, q, ZeroRule.NONE));
        all.put("psi_zero_replaced_by_1e_4", (p, q) -> BinnedDistances.psi(p, q, ZeroRule.ONE_IN_TEN_THOUSAND));
        all.put("psi_evidently_zero_rule", (p, q) -> BinnedDistances.psi(p, q, ZeroRule.MILLIONTH_OF_SMALLEST));
        all.put("psi_add_half_to_counts", BinnedDistances::psi);
        all.put("kl_reference_from_current_nats", (p, q) -> BinnedDistances.kullbackLeibler(q, p));
        all.put("kl_current_from_reference_nats", BinnedDistances::kullbackLeibler);
        all.put("js_divergence_nats", BinnedDistances::jensenShannonDivergence);
        all.put("js_distance_nats", BinnedDistances::jensenShannon);
        all.put("js_divergence_bits", BinnedDistances::jensenShannonDivergenceBits);
        all.put("js_distance_bits", BinnedDistances::jensenShannonBits);
        all.put("hellinger_distance", BinnedDistances::hellinger);
        all.put("bhattacharyya_coefficient", BinnedDistances::bhattacharyyaCoefficient);
        all.put("total_variation_distance", BinnedDistances::totalVariation);
        all.put("l2_distance", BinnedDistances::euclidean);
        all.put("l_infinity_distance", BinnedDistances::infinity);
        all.put("deequ_linf_simple", BinnedDistances::infinity);
        all.put("deequ_linf_robust", BinnedDistances::robustInfinity);
        return all;
    }

    static void binned(GoldenCase golden, String prefix, double[] reference, double[] current, JsonNode metrics) {
        Distribution p = distribution(reference);
        Distribution q = distribution(current);
        MEASURES.forEach(
                (name, measure) -> golden.tolerance().check(prefix + name, measure.between(p, q), metrics.path(name)));
        result(golden, prefix + "chi_square", ContingencyTests.chiSquare(p, q), metrics.path("chi_square"));
        result(golden, prefix + "g_test", ContingencyTests.g(p, q), metrics.path("g_test"));
        result(
                golden,
                prefix + "chi_square_goodness_of_fit",
                ContingencyTests.goodnessOfFit(p, q),
                metrics.path("chi_square_goodness_of_fit"));
        if (metrics.has("chi_square_yates")) {
            result(
                    golden,
                    prefix + "chi_square_yates",
                    ContingencyTests.chiSquareYates(p, q),
                    metrics.path("chi_square_yates"));
        }
        JsonNode chiSquare = metrics.path("chi_square");
        if (!chiSquare.isNull()) {
            golden.tolerance()
                    .check(prefix + "cramers_v", ContingencyTests.cramersV(p, q), chiSquare.path("cramers_v"));
            golden.tolerance()
                    .check(
                            prefix + "min_expected_count",
                            ContingencyTests.leastExpected(p, q),
                            chiSquare.path("min_expected_count"));
        }
    }

    static void twoByTwo(GoldenCase golden, JsonNode expected) {
        JsonNode cells = expected.path("table");
        TwoByTwo table = new TwoByTwo(
                cells.get(0).get(0).asInt(),
                cells.get(0).get(1).asInt(),
                cells.get(1).get(0).asInt(),
                cells.get(1).get(1).asInt());
        String name = cells.toString() + " ";
        golden.tolerance().check(name + "odds ratio", table.oddsRatio(), expected.path("fisher_odds_ratio_sample"));
        P_VALUES.check(name + "fisher", table.fisher(TwoByTwo.Side.BOTH).pValue(), expected.path("fisher_p_two_sided"));
        P_VALUES.check(
                name + "fisher less",
                table.fisher(TwoByTwo.Side.REFERENCE_LESS).pValue(),
                expected.path("fisher_p_less"));
        P_VALUES.check(
                name + "fisher greater",
                table.fisher(TwoByTwo.Side.REFERENCE_GREATER).pValue(),
                expected.path("fisher_p_greater"));
        result(golden, name + "pooled z", table.pooledZ(), expected.path("two_proportion_z_pooled"));
        result(golden, name + "unpooled z", table.unpooledZ(), expected.path("two_proportion_z_unpooled"));
        Distribution p = distribution(new double[] {table.a(), table.b()});
        Distribution q = distribution(new double[] {table.c(), table.d()});
        result(golden, name + "chi-square", ContingencyTests.chiSquare(p, q), expected.path("chi_square"));
        result(golden, name + "Yates", ContingencyTests.chiSquareYates(p, q), expected.path("chi_square_yates"));
    }

    static void result(GoldenCase golden, String name, TestResult result, JsonNode expected) {
        assertThat(result.isDefined()).as("%s: %s", name, result.reason()).isEqualTo(!expected.isNull());
        if (result.isDefined()) {
            golden.tolerance().check(name, result.statistic(), expected.path("statistic"));
            P_VALUES.check(name + " p", result.pValue(), expected.path("p_value"));
            if (expected.has("degrees_of_freedom")) {
                golden.tolerance().check(name + " df", result.degreesOfFreedom(), expected.path("degrees_of_freedom"));
            }
        }
    }

    private static Distribution distribution(double[] counts) {
        List<Distribution.Cell> cells = Stream.iterate(0, i -> i < counts.length, i -> i + 1)
                .map(i -> new Distribution.Cell("cell " + i))
                .toList();
        return Distribution.of(cells, counts);
    }
}
