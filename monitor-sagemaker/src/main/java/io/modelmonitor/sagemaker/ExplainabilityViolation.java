package io.modelmonitor.sagemaker;

import io.modelmonitor.internal.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A label whose features have left their order, as the managed service reports it.
 *
 * @param label the label's name
 * @param ndcg the normalised discounted cumulative gain that was found
 */
public record ExplainabilityViolation(String label, double ndcg) {

    /** The service's limit, which no configuration changes. */
    public static final double LEAST_NDCG = 0.90;

    /** Returns the service's text, which says that the value exceeds the threshold when it is below. */
    public String description() {
        return "Feature attribution drift " + Json.write(ndcg) + " exceeds threshold " + LEAST_NDCG;
    }

    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("label", label);
        tree.put("metric_name", "shap");
        tree.put("constraint_check_type", "feature_attribution_drift_check");
        tree.put("description", description());
        return tree;
    }
}
