package io.modelmonitor.api;

import static io.modelmonitor.api.Constraint.on;
import static io.modelmonitor.api.Constraint.onDataset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bounds that no value can meet or miss, which are refused where they are said. */
class ImpossibleBoundsTest {

    private interface Said extends Supplier<Constraint> {}

    static Stream<Arguments> impossible() {
        return Stream.of(
                said(
                        "x completeness: 98 is no share; between 0 and 1 is expected, such as 0.98",
                        () -> on("x").completeness().atLeast(98)),
                said(
                        "x type_share: 99 is no share; between 0 and 1 is expected, such as 0.99",
                        () -> on("x").typeShare().atLeast(99)),
                said(
                        "x domain_share: 100 is no share; between 0 and 1 is expected, such as 1",
                        () -> on("x").domainShare().within(Bound.atLeast(100))),
                said(
                        "x non_negative_share: 2 is no share; between 0 and 1 is expected, such as 0.98",
                        () -> on("x").nonNegativeShare().between(0.5, 2)),
                said(
                        "x completeness: -0.1 is no share; between 0 and 1 is expected, such as 0.98",
                        () -> on("x").completeness().atMost(-0.1)),
                said(
                        "dataset accuracy: 85 is no share; between 0 and 1 is expected, such as 0.85",
                        () -> onDataset().accuracy().atLeast(85)),
                said(
                        "dataset roc_auc: 1.5 is no share; between 0 and 1 is expected, such as 0.98",
                        () -> onDataset().rocAuc().between(0.5, 1.5)),
                said(
                        "x drift: -1 is never reached, as it is not negative; at least 0 is expected",
                        () -> on("x").drift().atMost(-1)),
                said(
                        "x drift.psi: -0.1 is never reached, as it is not negative; at least 0 is expected",
                        () -> on("x").drift("psi").atMost(-0.1)),
                said(
                        "dataset mae: -3 is never reached, as it is not negative; at least 0 is expected",
                        () -> onDataset().mae().atMost(-3)),
                said(
                        "dataset r2: 95 is never reached; at most 1 is expected",
                        () -> onDataset().r2().atLeast(95)));
    }

    private static Arguments said(String message, Said constraint) {
        return Arguments.of(message, constraint);
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void aLimitThatTheMetricCannotHaveIsRefused(String message, Said constraint) {
        assertThatIllegalArgumentException().isThrownBy(constraint::get).withMessage(message);
    }

    @Test
    void limitsAtTheEndsAreAllowedAndSoIsAnyOfAMetricOfTheUser() {
        assertThat(Stream.of(
                        on("x").completeness().atLeast(1),
                        on("x").completeness().between(0, 1),
                        on("x").drift().atMost(0),
                        on("x").drift("psi").atMost(25),
                        on("x").mean().atLeast(-98),
                        onDataset().r2().atLeast(-4),
                        onDataset().metric("fill").atLeast(98),
                        onDataset().metric("accuracy").atLeast(98),
                        on("x").metric("margin").atMost(-1).atMost(-2)))
                .doesNotContainNull();
    }
}
