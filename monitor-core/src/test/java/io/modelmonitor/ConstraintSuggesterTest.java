package io.modelmonitor;

import static io.modelmonitor.api.Constraint.on;
import static io.modelmonitor.api.Constraint.onDataset;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.spi.SuggestionRule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A suggester is a list of rules, of which the later ones replace what the earlier ones say. */
class ConstraintSuggesterTest {

    private static final Baseline BASELINE = Baseline.of(Tables.csv("n", 40, i -> String.valueOf(i % 7)));
    private static final Constraint SMALL = on("n").metric("mean").atMost(4);
    private static final Constraint SMALLER = on("n").metric("mean").atMost(3);
    private static final Constraint MANY = onDataset().metric("rows").atLeast(10);

    private static SuggestionRule says(Constraint... constraints) {
        return reference -> List.of(constraints);
    }

    @Test
    void rulesAloneSuggestWhatTheySayAndNothingElseWithTheSchemaOfTheBaseline() {
        assertThat(ConstraintSuggester.of(says(SMALL), says(MANY)).suggest(BASELINE))
                .isEqualTo(new Constraints(BASELINE.schema(), List.of(SMALL, MANY)));
        assertThat(ConstraintSuggester.of().suggest(BASELINE).list()).isEmpty();
    }

    @Test
    void aRuleIsAskedOfTheBaselineItself() {
        SuggestionRule byRows = reference -> List.of(onDataset()
                .metric("rows")
                .atLeast(reference.metrics().stream()
                        .filter(metric -> metric.name().equals("rows"))
                        .findFirst()
                        .orElseThrow()
                        .value()));
        assertThat(ConstraintSuggester.of(byRows).suggest(BASELINE).list())
                .containsExactly(onDataset().metric("rows").atLeast(40));
    }

    @Test
    void aRuleMoreLeavesTheSuggesterAsItWasAndReplacesWhatIsSaidOfTheSameMetric() {
        ConstraintSuggester one = ConstraintSuggester.of(says(SMALL, MANY));
        ConstraintSuggester two = one.with(says(SMALLER));
        assertThat(two.suggest(BASELINE).list()).containsExactly(SMALLER, MANY);
        assertThat(one.suggest(BASELINE).list()).containsExactly(SMALL, MANY);
    }

    @Test
    void theStandardSuggestsWhatCalculatorsDoAndThenWhatRulesAdd() {
        List<Constraint> ofCalculators = BASELINE.suggested();
        assertThat(ofCalculators).contains(on("n").drift().atMost(0.1));
        assertThat(ConstraintSuggester.standard().suggest(BASELINE).list()).isEqualTo(ofCalculators);
        List<Constraint> withOneMore = new ArrayList<>(ofCalculators);
        withOneMore.add(SMALL);
        assertThat(ConstraintSuggester.standard()
                        .with(says(SMALL))
                        .suggest(BASELINE)
                        .list())
                .isEqualTo(withOneMore);
    }

    @Test
    void aSuggesterPrintsWhetherCalculatorsTakePartAndHowManyRulesThereAre() {
        assertThat(ConstraintSuggester.standard().with(says(SMALL)))
                .hasToString("Suggests what calculators suggest, and 1 rules of a user add");
        assertThat(ConstraintSuggester.of(says(SMALL), says(MANY))).hasToString("Suggests what 2 rules of a user add");
    }
}
