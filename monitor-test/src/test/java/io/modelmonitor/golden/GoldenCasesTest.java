package io.modelmonitor.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class GoldenCasesTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @Test
    void aGroupThatIsNotThereIsOneSkippedTestThatSaysSo() {
        List<DynamicTest> tests = GoldenCases.of("no-such-group", golden -> {}).toList();

        assertThat(tests).hasSize(1);
        assertThatThrownBy(() -> tests.get(0).getExecutable().execute())
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("no-such-group");
    }

    @Test
    void toleranceAddsItsAbsoluteAndItsRelativePart() {
        Tolerance tolerance = new Tolerance(0.1, 1);

        assertThat(tolerance.accepts(100, 110)).isTrue();
        assertThat(tolerance.accepts(100, 112)).isTrue();
        assertThat(tolerance.accepts(100, 113)).isFalse();
        assertThat(tolerance.accepts(0, 1)).isTrue();
    }

    @Test
    void numbersThatAreNotFiniteEqualOnlyThemselves() {
        Tolerance generous = new Tolerance(1, 1e300);

        assertThat(generous.accepts(Double.NaN, Double.NaN)).isTrue();
        assertThat(generous.accepts(Double.NaN, 1)).isFalse();
        assertThat(generous.accepts(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY))
                .isTrue();
        assertThat(generous.accepts(Double.POSITIVE_INFINITY, Double.MAX_VALUE)).isFalse();
        assertThat(generous.accepts(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY))
                .isFalse();
    }

    @Test
    void readsNumbersThatAreNotFiniteFromStrings() {
        assertThat(Tolerance.number(JSON.textNode("-Infinity"))).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Tolerance.number(JSON.textNode("NaN"))).isNaN();
        assertThat(Tolerance.number(JSON.nullNode())).isNaN();
        assertThatThrownBy(() -> Tolerance.number(JSON.missingNode())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDifferenceIsReportedByName() {
        assertThatThrownBy(() -> Tolerance.EXACT.check("mean", 1.0, JSON.numberNode(2.0)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("mean")
                .hasMessageContaining("2.0");
        assertThatCode(() -> Tolerance.EXACT.check("mean", 1.0, JSON.numberNode(1.0)))
                .doesNotThrowAnyException();
    }
}
