package io.modelmonitor.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelmonitor.stats.internal.drift.Bins;
import io.modelmonitor.stats.internal.drift.EmpiricalDistances;
import io.modelmonitor.stats.internal.drift.EmpiricalDistribution;
import io.modelmonitor.stats.test.AndersonDarling;
import io.modelmonitor.stats.test.CramerVonMises;
import io.modelmonitor.stats.test.EppsSingleton;
import io.modelmonitor.stats.test.KolmogorovSmirnov;
import io.modelmonitor.stats.test.MeanTests;
import io.modelmonitor.stats.test.MultipleTesting;
import io.modelmonitor.stats.test.RankTests;
import io.modelmonitor.stats.test.TestResult;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Distances and tests have the values of SciPy, statsmodels and Deequ. */
class DriftCasesTest {

    // The cases state this rule in words: relative 1e-6, absolute 1e-12.
    private static final Tolerance P_VALUES = new Tolerance(1e-6, 1e-12);

    // SciPy leaves out the terms of the Cramer-von Mises series below this.
    private static final double SERIES_CUT = 1e-7;

    private static final double[] LEVELS = {0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001};

    private static final Map<String, MultipleTesting> CORRECTIONS = Map.of(
            "bonferroni", MultipleTesting.BONFERRONI,
            "sidak", MultipleTesting.SIDAK,
            "holm", MultipleTesting.HOLM,
            "hommel", MultipleTesting.HOMMEL,
            "simes_hochberg", MultipleTesting.HOCHBERG,
            "fdr_bh", MultipleTesting.BENJAMINI_HOCHBERG,
            "fdr_by", MultipleTesting.BENJAMINI_YEKUTIELI);

    @TestFactory
    Stream<DynamicTest> twoNumericSamples() {
        return GoldenCases.of("drift", "numeric_pair", golden -> {
            double[] reference = DriftInputs.numbers(golden.input("reference"));
            double[] current = DriftInputs.numbers(golden.input("current"));
            checkNumericPair(golden, reference, current);
        });
    }

    @TestFactory
    Stream<DynamicTest> twoGeneratedNumericSamples() {
        return GoldenCases.of("drift", "numeric_pair_generated", golden -> {
            double[] reference = DriftInputs.generated(golden.parameters().path("reference"));
            double[] current = DriftInputs.generated(golden.parameters().path("current"));
            JsonNode fingerprints = golden.expected().path("fingerprints");
            DriftInputs.checkRebuilt(reference, fingerprints.path("reference"));
            DriftInputs.checkRebuilt(current, fingerprints.path("current"));
            checkNumericPair(golden, reference, current);
        });
    }

    @TestFactory
    Stream<DynamicTest> twoCategoricalSamples() {
        return GoldenCases.of("drift", "categorical_pair", golden -> {
            JsonNode expected = golden.expected();
            Map<String, double[]> counts = categories(golden);
            assertThat(counts.keySet()).containsExactlyElementsOf(texts(expected.path("categories")));
            double[] reference = counts.values().stream().mapToDouble(c -> c[0]).toArray();
            double[] current = counts.values().stream().mapToDouble(c -> c[1]).toArray();
            golden.tolerance().check("n_reference", Arrays.stream(reference).sum(), expected.path("n_reference"));
            golden.tolerance().check("n_current", Arrays.stream(current).sum(), expected.path("n_current"));
            golden.tolerance().check("counts_reference", reference, expected.path("counts_reference"));
            golden.tolerance().check("counts_current", current, expected.path("counts_current"));
            DriftChecks.binned(golden, "", reference, current, expected.path("metrics"));
            if (expected.has("two_by_two")) {
                DriftChecks.twoByTwo(golden, expected.path("two_by_two"));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> tablesOfTwoByTwo() {
        return GoldenCases.of("drift", "two_by_two_tables", golden -> {
            JsonNode tables = golden.expected().path("tables");
            assertThat(tables).isNotEmpty();
            for (JsonNode table : tables) {
                DriftChecks.twoByTwo(golden, table);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> severalSamples() {
        return GoldenCases.of("drift", "k_sample", golden -> {
            JsonNode expected = golden.expected();
            double[][] samples = DriftInputs.samples(golden.input("samples"));
            double[] sizes = Arrays.stream(samples).mapToDouble(s -> s.length).toArray();
            Tolerance.EXACT.check("sample_sizes", sizes, expected.path("sample_sizes"));
            checkAndersonDarling(golden, samples);
            DriftChecks.result(
                    golden, "kruskal_wallis", RankTests.kruskalWallis(samples), expected.path("kruskal_wallis"));
            DriftChecks.result(golden, "one_way_anova", MeanTests.oneWayAnova(samples), expected.path("one_way_anova"));
        });
    }

    @TestFactory
    Stream<DynamicTest> correctionsForMultipleTesting() {
        return GoldenCases.of("drift", "multiple_testing", golden -> {
            double[] pValues = DriftInputs.numbers(golden.input("p_values"));
            double level = golden.parameters().path("alpha").asDouble();
            CORRECTIONS.forEach((name, correction) -> {
                JsonNode expected = golden.expected().path(name);
                double[] adjusted = correction.adjust(pValues);
                P_VALUES.check(name, adjusted, expected.path("adjusted_p_values"));
                JsonNode reject = expected.path("reject");
                assertThat(reject).as(name).hasSize(adjusted.length);
                for (int i = 0; i < adjusted.length; i++) {
                    assertThat(adjusted[i] <= level)
                            .as(name + "[" + i + "]")
                            .isEqualTo(reject.get(i).booleanValue());
                }
            });
        });
    }

    private static void checkNumericPair(GoldenCase golden, double[] reference, double[] current) {
        JsonNode expected = golden.expected();
        Tolerance tolerance = golden.tolerance();
        assertThat(reference.length).isEqualTo(expected.path("n_reference").asInt());
        assertThat(current.length).isEqualTo(expected.path("n_current").asInt());

        checkDistances(golden, EmpiricalDistribution.of(reference), EmpiricalDistribution.of(current));
        checkKolmogorovSmirnov(golden, reference, current);
        checkAndersonDarling(golden, reference, current);
        checkCramerVonMises(golden, reference, current);
        checkMannWhitney(golden, reference, current);
        DriftChecks.result(golden, "welch_t", MeanTests.welch(reference, current), expected.path("welch_t"));
        DriftChecks.result(golden, "student_t", MeanTests.student(reference, current), expected.path("student_t"));
        DriftChecks.result(
                golden, "brown_forsythe", MeanTests.brownForsythe(reference, current), expected.path("brown_forsythe"));

        JsonNode eppsSingleton = expected.path("epps_singleton");
        TestResult result = EppsSingleton.test(reference, current);
        assertThat(result.isDefined()).as("epps_singleton: %s", result.reason()).isEqualTo(!eppsSingleton.isNull());
        if (result.isDefined()) {
            P_VALUES.check("epps_singleton", result.statistic(), eppsSingleton.path("statistic"));
            P_VALUES.check("epps_singleton p", result.pValue(), eppsSingleton.path("p_value"));
            assertThat(EppsSingleton.isSmall(reference, current))
                    .isEqualTo(eppsSingleton
                            .path("small_sample_correction_applied")
                            .asBoolean());
        }
        for (JsonNode binned : expected.path("binned")) {
            checkBinned(golden, binned, reference, current);
        }
        tolerance.check("mean_reference", EmpiricalDistribution.of(reference).mean(), expected.path("mean_reference"));
        tolerance.check("mean_current", EmpiricalDistribution.of(current).mean(), expected.path("mean_current"));
        long distinct = DoubleStream.concat(Arrays.stream(reference), Arrays.stream(current))
                .map(value -> value + 0.0)
                .distinct()
                .count();
        assertThat(distinct < reference.length + current.length)
                .as("pooled_has_ties")
                .isEqualTo(expected.path("pooled_has_ties").booleanValue());
    }

    private static void checkDistances(
            GoldenCase golden, EmpiricalDistribution reference, EmpiricalDistribution current) {
        JsonNode expected = golden.expected();
        Tolerance tolerance = golden.tolerance();
        JsonNode ks = expected.path("ks");
        double distance = EmpiricalDistances.kolmogorovSmirnov(reference, current);
        double n = reference.total();
        double m = current.total();
        tolerance.check("ks", distance, ks.path("statistic"));
        tolerance.check(
                "ks greater",
                EmpiricalDistances.kolmogorovSmirnovGreater(reference, current),
                ks.path("statistic_greater"));
        tolerance.check(
                "ks less", EmpiricalDistances.kolmogorovSmirnovLess(reference, current), ks.path("statistic_less"));
        P_VALUES.check("ks limit", KolmogorovSmirnov.limitPValue(distance, n, m), ks.path("p_value_kolmogorov_limit"));
        P_VALUES.check("ks Stephens", KolmogorovSmirnov.stephensPValue(distance, n, m), ks.path("p_value_stephens"));
        tolerance.check("deequ_linf_simple", distance, expected.path("deequ_linf_simple"));
        tolerance.check(
                "deequ_linf_robust", EmpiricalDistances.robust(reference, current), expected.path("deequ_linf_robust"));
        tolerance.check(
                "wasserstein_1", EmpiricalDistances.wasserstein(reference, current), expected.path("wasserstein_1"));
        tolerance.check(
                "wasserstein_1 normed",
                EmpiricalDistances.wassersteinNormed(reference, current),
                expected.path("wasserstein_1_over_reference_std_population_floor_0_001"));
        double energy = EmpiricalDistances.energy(reference, current);
        tolerance.check("energy_distance", energy, expected.path("energy_distance"));
        tolerance.check("energy_distance_squared", energy * energy, expected.path("energy_distance_squared"));
    }

    private static void checkKolmogorovSmirnov(GoldenCase golden, double[] reference, double[] current) {
        JsonNode ks = golden.expected().path("ks");
        TestResult asymptotic = KolmogorovSmirnov.asymptotic(reference, current);
        P_VALUES.check("ks asymptotic", asymptotic.pValue(), ks.path("p_value_asymptotic_scipy"));
        if (!ks.path("p_value_exact").isNull()) {
            TestResult exact = KolmogorovSmirnov.exact(reference, current, KolmogorovSmirnov.Side.BOTH);
            P_VALUES.check("ks exact", exact.pValue(), ks.path("p_value_exact"));
            golden.tolerance().check("ks statistic", exact.statistic(), ks.path("statistic"));
        }
    }

    private static void checkAndersonDarling(GoldenCase golden, double[]... samples) {
        checkAndersonDarling(golden, "anderson_darling_k_sample_midrank", AndersonDarling.midrank(samples), samples);
        checkAndersonDarling(golden, "anderson_darling_k_sample_right", AndersonDarling.right(samples), samples);
    }

    private static void checkAndersonDarling(GoldenCase golden, String name, TestResult result, double[]... samples) {
        JsonNode expected = golden.expected().path(name);
        assertThat(result.isDefined()).as("%s: %s", name, result.reason()).isEqualTo(!expected.isNull());
        if (result.isDefined()) {
            golden.tolerance().check(name, result.statistic(), expected.path("statistic_normalised"));
            golden.tolerance()
                    .check(name, AndersonDarling.criticalValues(samples.length), expected.path("critical_values"));
            Tolerance.EXACT.check(name, LEVELS, expected.path("critical_levels"));
            String pValue = "p_value_clipped_0_001_to_0_25";
            golden.tolerance(pValue).check(name + " p", result.pValue(), expected.path(pValue));
        }
    }

    private static void checkCramerVonMises(GoldenCase golden, double[] reference, double[] current) {
        JsonNode expected = golden.expected().path("cramer_von_mises");
        TestResult result = CramerVonMises.asymptotic(reference, current, SERIES_CUT);
        assertThat(result.isDefined())
                .as("cramer_von_mises: %s", result.reason())
                .isEqualTo(!expected.isNull());
        if (result.isDefined()) {
            golden.tolerance().check("cramer_von_mises", result.statistic(), expected.path("statistic"));
            P_VALUES.check("cramer_von_mises p", result.pValue(), expected.path("p_value_asymptotic"));
            double exact = CramerVonMises.exact(reference, current).pValue();
            P_VALUES.check("cramer_von_mises exact", exact, expected.path("p_value_exact"));
        }
    }

    private static void checkMannWhitney(GoldenCase golden, double[] reference, double[] current) {
        JsonNode expected = golden.expected().path("mann_whitney");
        TestResult plain = RankTests.mannWhitney(reference, current, RankTests.Method.NORMAL);
        assertThat(plain.isDefined()).as("mann_whitney: %s", plain.reason()).isEqualTo(!expected.isNull());
        if (!plain.isDefined()) {
            return;
        }
        golden.tolerance().check("u_reference", plain.statistic(), expected.path("u_reference"));
        double pairs = (double) reference.length * current.length;
        golden.tolerance().check("u_current", pairs - plain.statistic(), expected.path("u_current"));
        P_VALUES.check("mann_whitney", plain.pValue(), expected.path("p_value_no_continuity"));
        double corrected = RankTests.mannWhitney(reference, current, RankTests.Method.NORMAL_WITH_CONTINUITY)
                .pValue();
        P_VALUES.check("mann_whitney continuity", corrected, expected.path("p_value_continuity"));
        if (!expected.path("p_value_exact").isNull()) {
            double exact = RankTests.mannWhitney(reference, current, RankTests.Method.EXACT)
                    .pValue();
            P_VALUES.check("mann_whitney exact", exact, expected.path("p_value_exact"));
        }
    }

    private static void checkBinned(GoldenCase golden, JsonNode binned, double[] reference, double[] current) {
        String scheme = binned.path("scheme").asText();
        Bins bins = DriftInputs.bins(binned);
        double[] n = bins.counts(EmpiricalDistribution.of(reference));
        double[] m = bins.counts(EmpiricalDistribution.of(current));
        Tolerance.EXACT.check(scheme + " counts_reference", n, binned.path("counts_reference"));
        Tolerance.EXACT.check(scheme + " counts_current", m, binned.path("counts_current"));
        DriftChecks.binned(golden, scheme + " ", n, m, binned.path("metrics"));
        if (scheme.equals("reference_deciles")) {
            double[] edges = Bins.interpolatedQuantiles(reference, 10).innerEdges();
            golden.tolerance().check(scheme, edges, binned.path("inner_edges"));
        }
    }

    private static Map<String, double[]> categories(GoldenCase golden) throws IOException {
        Map<String, double[]> counts = new LinkedHashMap<>();
        List<String> reference = DriftInputs.texts(golden.input("reference"));
        List<String> current = DriftInputs.texts(golden.input("current"));
        Stream.concat(reference.stream(), current.stream())
                .distinct()
                .sorted(DriftInputs.CODE_POINTS)
                .forEach(category -> counts.put(category, new double[2]));
        reference.forEach(category -> counts.get(category)[0]++);
        current.forEach(category -> counts.get(category)[1]++);
        return counts;
    }

    private static List<String> texts(JsonNode array) {
        return Stream.iterate(0, i -> i < array.size(), i -> i + 1)
                .map(i -> array.get(i).asText())
                .toList();
    }
}
