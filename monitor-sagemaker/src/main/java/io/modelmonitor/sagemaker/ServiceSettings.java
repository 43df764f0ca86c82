package io.modelmonitor.sagemaker;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The strictness of a file of constraints, for all features or for one.
 *
 * @param evaluating whether anything is checked at all
 * @param typeShare the least share of present values that are of the expected type
 * @param domainShare the least share of present values that are in the domain
 * @param comparing whether distributions are compared with the baseline's
 * @param numericDistance the greatest distance of numbers
 * @param categoricalDistance the greatest distance of texts, or what is wanted of their chi-square test
 * @param robust whether a distance that few rows explain is taken off
 * @param chiSquared whether texts are compared by a chi-square test
 */
record ServiceSettings(
        boolean evaluating,
        double typeShare,
        double domainShare,
        boolean comparing,
        double numericDistance,
        double categoricalDistance,
        boolean robust,
        boolean chiSquared) {

    static final String EVALUATE = "evaluate_constraints";
    static final String TYPE_SHARE = "datatype_check_threshold";
    static final String DOMAIN_SHARE = "domain_content_threshold";
    static final String DISTRIBUTION = "distribution_constraints";
    static final String COMPARE = "perform_comparison";
    static final String DISTANCE = "comparison_threshold";
    static final String METHOD = "comparison_method";
    static final String CATEGORICAL_DISTANCE = "categorical_comparison_threshold";
    static final String CATEGORICAL_METHOD = "categorical_drift_method";

    /** The service's suggestion, and the default where a file has no entry. */
    static final ServiceSettings DEFAULT = new ServiceSettings(true, 1, 1, true, 0.1, 0.1, true, false);

    private static final String ENABLED = "Enabled";
    private static final String DISABLED = "Disabled";

    /** Returns these settings with whatever an object of a file says in their place. */
    ServiceSettings with(Field config) {
        if (!config.isPresent()) {
            return this;
        }
        Map<String, Field> said = new LinkedHashMap<>();
        collect(config, said);
        double numeric = number(said, DISTANCE, numericDistance, Double.MAX_VALUE);
        return new ServiceSettings(
                flag(said, EVALUATE, evaluating),
                number(said, TYPE_SHARE, typeShare, 1),
                number(said, DOMAIN_SHARE, domainShare, 1),
                flag(said, COMPARE, comparing),
                numeric,
                // Files from before 2023 know one threshold only.
                number(
                        said,
                        CATEGORICAL_DISTANCE,
                        said.containsKey(DISTANCE) ? numeric : categoricalDistance,
                        Double.MAX_VALUE),
                word(said, METHOD, "Robust", "Simple", robust),
                word(said, CATEGORICAL_METHOD, "ChiSquared", "LInfinity", chiSquared));
    }

    /** Returns the greatest distance of a feature's values. */
    double distance(boolean numeric) {
        return numeric ? numericDistance : categoricalDistance;
    }

    /** Gathers keys in any spelling, nested or not. */
    private static void collect(Field config, Map<String, Field> said) {
        config.children().forEach((key, field) -> {
            String name = snakeCase(key);
            if (name.equals(DISTRIBUTION) && field.isPresent()) {
                collect(field, said);
            } else if (field.isPresent()) {
                said.put(name, field);
            }
        });
    }

    /** Returns a key in the spelling of the service's own files: {@code evaluateConstraints} is one of theirs too. */
    static String snakeCase(String key) {
        return key.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    private static double number(Map<String, Field> said, String key, double otherwise, double most) {
        Field field = said.get(key);
        return field == null ? otherwise : field.numberFrom(0, most);
    }

    private static boolean flag(Map<String, Field> said, String key, boolean otherwise) {
        Field field = said.get(key);
        return (field != null && field.value() instanceof Boolean flag)
                ? flag
                : word(said, key, ENABLED, DISABLED, otherwise);
    }

    private static boolean word(Map<String, Field> said, String key, String yes, String no, boolean otherwise) {
        Field field = said.get(key);
        return field == null ? otherwise : field.isFirstOf(yes, no);
    }

    static String enabled(boolean on) {
        return on ? ENABLED : DISABLED;
    }
}
