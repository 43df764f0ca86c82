package io.modelmonitor.sagemaker;

import io.modelmonitor.api.FeatureType;

/** The service's names of types. It knows no booleans: it takes {@code true} and {@code false} as texts. */
final class TypeNames {

    private TypeNames() {}

    static String of(FeatureType type) {
        return switch (type) {
            case INTEGRAL -> "Integral";
            case FRACTIONAL -> "Fractional";
            case BOOLEAN, STRING -> "String";
            case UNKNOWN -> "Unknown";
        };
    }

    static FeatureType read(Field field) {
        return switch (field.text()) {
            case "Integral" -> FeatureType.INTEGRAL;
            case "Fractional" -> FeatureType.FRACTIONAL;
            case "Boolean" -> FeatureType.BOOLEAN;
            case "String" -> FeatureType.STRING;
            case "Unknown" -> FeatureType.UNKNOWN;
            default -> throw field.wrong("Integral, Fractional, Boolean, String or Unknown");
        };
    }
}
