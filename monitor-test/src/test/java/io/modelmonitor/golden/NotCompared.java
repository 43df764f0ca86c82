package io.modelmonitor.golden;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;

/**
 * The values of the cases that are deliberately not compared, and why. Everything else that a case expects has to be asked for by its
 * test, or the test fails.
 *
 * @param kind the kind of cases
 * @param path where the field is in {@code expected}, with {@code *} for anything; all fields below it belong to it
 * @param reason why it is not compared
 */
record NotCompared(String kind, String path, String reason) {

    private static final String WORDS = "reasons are in words of our own; that a value is undefined is compared";
    private static final String BEYOND_EXACT =
            "beyond 4,096 distinct values a profile has a sketch; compared where exact";
    private static final String UNSUPPORTED = "the library has no such measure";
    private static final String CONSTANT =
            "of a constant classifier the library has the accuracy and weighted averages";
    private static final String BASIC = "facts about the input, which the library does not report";

    private static final List<NotCompared> ALL = List.of(
            new NotCompared("numeric_pair", "undefined", WORDS),
            new NotCompared("numeric_pair_generated", "undefined", WORDS),
            new NotCompared("categorical_pair", "undefined", WORDS),
            new NotCompared("table", "correlations", UNSUPPORTED),
            new NotCompared("table", "columns[].categories.complete", "how many categories the case itself lists"),
            new NotCompared("table", "columns[].categories.values", BEYOND_EXACT),
            new NotCompared("table", "columns[].unique_count", BEYOND_EXACT),
            new NotCompared("table", "columns[].distinctness", BEYOND_EXACT),
            new NotCompared("table", "columns[].uniqueness", BEYOND_EXACT),
            new NotCompared("table", "columns[].unique_value_ratio", BEYOND_EXACT),
            new NotCompared("table", "columns[].entropy_nats", BEYOND_EXACT),
            new NotCompared("table", "columns[].numeric.quantiles.linear", BEYOND_EXACT),
            new NotCompared("table", "columns[].numeric.median_linear", BEYOND_EXACT),
            new NotCompared("table", "columns[].numeric.equal_width_buckets", BEYOND_EXACT),
            new NotCompared(
                    "table", "per_value_types", "the counts of the column say the same; LexicalFormTest has each form"),
            new NotCompared(
                    "error_stream", "runs[].parameters", "settings; those that a detector here has are given to it"),
            new NotCompared(
                    "error_stream", "runs[].result.warning_count", "a detector finds changes, and does not warn"),
            new NotCompared(
                    "error_stream", "runs[].result.first_warnings", "a detector finds changes, and does not warn"),
            new NotCompared(
                    "error_stream", "runs[].result.trace", "the state within; the changes it leads to are compared"),
            new NotCompared(
                    "value_stream", "runs[].parameters", "settings; those that a detector here has are given to it"),
            new NotCompared(
                    "value_stream", "runs[].result.warning_count", "a detector finds changes, and does not warn"),
            new NotCompared(
                    "value_stream", "runs[].result.first_warnings", "a detector finds changes, and does not warn"),
            new NotCompared(
                    "value_stream", "runs[].result.trace", "the state within; the changes it leads to are compared"),
            new NotCompared("sequence", "singleton_count", BEYOND_EXACT),
            new NotCompared("sequence", "entropy_nats", BEYOND_EXACT),
            new NotCompared("distinct_keys", "singleton_count", BEYOND_EXACT),
            new NotCompared("distinct_keys", "first_two_quarters_intersection", UNSUPPORTED),
            new NotCompared("shapley", "kernel_shap_max_abs_difference", "a fact about another implementation"),
            new NotCompared("shapley", "global.median_abs", UNSUPPORTED),
            new NotCompared("aggregation", "global.median_abs", UNSUPPORTED),
            new NotCompared("ndcg", "dcg", "the library has their ratio, which is compared"),
            new NotCompared("ndcg", "ideal_dcg", "the library has their ratio, which is compared"),
            new NotCompared("ndcg", "ndcg_sklearn", "another definition of ties, beside the textbook's"),
            new NotCompared("ndcg", "ndcg_sklearn_ignore_ties", "another definition of ties, beside the textbook's"),
            new NotCompared("ndcg", "ties_in_live", "a fact about the input"),
            new NotCompared("binary", "undefined", WORDS),
            new NotCompared("binary", "log_loss_clip", "how the case was made; the loss itself is compared"),
            new NotCompared("multiclass", "undefined", WORDS),
            new NotCompared("multiclass", "constant_classifiers.*.macro_*", CONSTANT),
            new NotCompared("multiclass", "constant_classifiers.*.micro_*", CONSTANT),
            new NotCompared("multiclass", "macro_one_vs_one_roc_auc", UNSUPPORTED),
            new NotCompared("regression", "undefined", WORDS),
            new NotCompared("regression", "sum_of_squared_errors", "the mean is compared"),
            new NotCompared("regression", "sum_of_squares_total", "r2 is compared, which has it"),
            new NotCompared("bias_report", "documented_values", "from the guide; what is computed is compared"),
            new NotCompared("bias_report", "label", BASIC),
            new NotCompared("bias_report", "facet_data_type", BASIC),
            new NotCompared("bias_report", "label_data_type", BASIC),
            new NotCompared("bias_report", "model_performance", "model quality has cases of its own"),
            new NotCompared("bias_report", "pre_training_basic_stats", BASIC),
            new NotCompared("bias_report", "post_training_basic_stats", BASIC),
            new NotCompared("bias_report", "pre_training_bias.raw", "the same values as in facets"),
            new NotCompared("bias_report", "post_training_bias.raw", "the same values as in facets"),
            new NotCompared("bias_report", "pre_training_bias.report_error", "there is no report, which is compared"),
            new NotCompared("bias_report", "post_training_bias.report_error", "there is no report, which is compared"),
            new NotCompared("bias_report", "post_training_bias.facets[].metrics.FT", "undefined where neighbours tie"),
            new NotCompared("bias_report", "post_training_bias.facets[].errors.FT", "undefined where neighbours tie"),
            new NotCompared("bias_report", "flip_test", "how FT came about; the value is compared"),
            new NotCompared("bias_report", "pre_training_on_uncollapsed_labels", UNSUPPORTED));

    /** Returns what is not compared in cases of a kind. */
    static List<NotCompared> in(String kind) {
        return ALL.stream().filter(field -> field.kind.equals(kind)).toList();
    }

    /** Fails if anything of a case was neither asked for nor is listed here. */
    static void check(GoldenCase golden) {
        List<NotCompared> listed = in(golden.kind());
        Set<String> passedOver = Ledger.unread(golden.expected()).stream()
                .filter(path -> listed.stream().noneMatch(field -> field.covers(path)))
                .collect(Collectors.toCollection(TreeSet::new));
        Assertions.assertThat(passedOver).as("fields that no test asked for").isEmpty();
    }

    private boolean covers(String field) {
        String known = Arrays.stream(path.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return field.matches(known + "((\\.|\\[]).*)?");
    }
}
