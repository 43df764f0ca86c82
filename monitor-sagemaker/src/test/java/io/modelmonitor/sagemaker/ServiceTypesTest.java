package io.modelmonitor.sagemaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.Baseline;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Schema;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.data.Datasets;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceTypesTest {

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "7,integral",
                "-7,integral",
                "+ 7,integral",
                " 7,integral",
                "007,integral",
                "7 ,string",
                "+  7,string",
                "1.5,fractional",
                "- 3.5,fractional",
                "1e5,fractional",
                "2.5E+10,fractional",
                "1.,string",
                ".5,string",
                "1.e5,string",
                "1e,string",
                "1d,string",
                "NaN,string",
                "true,boolean",
                "false,boolean",
                "True,string",
                "TRUE,string",
                "x,string"
            })
    void textsAreOfTheKindThatTheServiceReads(String text, String kind) {
        assertThat(ServiceTypes.kind(text)).as(text).isEqualTo((byte)
                List.of("missing", "integral", "fractional", "boolean", "string")
                        .indexOf(kind));
        assertThat(counts(Baseline.of(Datasets.csvText("a\n\"" + text + "\"\n"), ServiceFiles.measures()), "a"))
                .containsExactly(
                        kind.equals("integral"),
                        kind.equals("fractional"),
                        kind.equals("boolean"),
                        kind.equals("string"));
    }

    @Test
    void valuesOfTypedSourcesAreOfTheirTypeButTextsAreRead() {
        Baseline baseline = Baseline.of(
                Datasets.of(
                        Schema.ofNames("whole", "double", "decimal", "infinite", "flag", "digits", "word"),
                        List.<Object[]>of(new Object[] {
                            7, 7.0, new BigDecimal("0.10"), Double.POSITIVE_INFINITY, true, "07", "TRUE"
                        })),
                ServiceFiles.measures());
        ServiceTypes types = ServiceTypes.of(baseline);

        assertThat(baseline.profile().names().stream().map(types::type))
                .containsExactly(
                        FeatureType.INTEGRAL,
                        FeatureType.FRACTIONAL,
                        FeatureType.FRACTIONAL,
                        FeatureType.FRACTIONAL,
                        FeatureType.BOOLEAN,
                        FeatureType.INTEGRAL,
                        FeatureType.STRING);
    }

    @Test
    void aBaselineMadeWithoutItsMeasuresIsReadByTheGrammarOfTheLibrary() {
        Baseline baseline = Baseline.of(Datasets.csvText("a\nTRUE\ntrue\n"));

        assertThat(ServiceTypes.of(baseline).type("a")).isEqualTo(FeatureType.BOOLEAN);
    }

    @Test
    void aMonitorOfTheServiceReadsByItsGrammarWhateverTheBaselineWasMadeWith() {
        Baseline baseline = Baseline.of(Datasets.csvText("a\n0.5\n1.5\n"));
        Report report = ServiceMonitor.against(baseline, ServiceConstraints.suggestedFor(baseline))
                .check(Datasets.csvText("a\n.5\n0.5\n1.5\n1.5\n"));

        assertThat(report.metric("a", "type_share").value()).isEqualTo(0.75);
    }

    private static Boolean[] counts(Baseline baseline, String column) {
        ServiceTypes types = ServiceTypes.of(baseline);
        return IntStream.range(ValueKind.INTEGRAL, ValueKind.COUNT)
                .mapToObj(kind -> types.count(column, kind) == 1)
                .toArray(Boolean[]::new);
    }
}
