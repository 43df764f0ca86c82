package io.modelmonitor.sagemaker;

import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Feature;
import io.modelmonitor.api.FeatureType;
import java.util.ArrayList;
import java.util.List;

/**
 * The entry of a feature in a file of constraints.
 *
 * @param feature its name, type and domain
 * @param completeness the least share of rows with a value; 0 if nothing is wanted
 * @param nonNegative whether no number was negative
 * @param settings how strictly to take it: the file's settings, with the feature's own in their place
 * @param additional constraints that only this library knows
 */
record ServiceFeature(
        Feature feature,
        double completeness,
        boolean nonNegative,
        ServiceSettings settings,
        List<Constraint> additional) {

    /** Where overrides of settings are found: the guide names one place, the service's own kit writes to another. */
    private static final List<String> OVERRIDES = List.of("monitoringConfigOverrides", "monitoring_config_overrides");

    private static final List<String> BLOCKS = List.of("num_constraints", "string_constraints");

    static ServiceFeature read(Field field, ServiceSettings settings) {
        Field name = field.child("name");
        if (name.text().isEmpty()) {
            throw name.wrong("a name");
        }
        FeatureType type = TypeNames.read(field.child("inferred_type"));
        List<String> domain = new ArrayList<>();
        for (Field value : field.at("string_constraints", "domains").elementsIfPresent()) {
            domain.add(value.text());
        }
        Field completeness = field.child("completeness");
        Field nonNegative = field.at("num_constraints", "is_non_negative");
        return new ServiceFeature(
                new Feature(name.text(), type).withDomain(domain),
                completeness.isPresent() ? completeness.numberFrom(0, 1) : 0,
                nonNegative.isPresent() && nonNegative.flag(),
                settings(field, settings),
                AdditionalConstraints.read(field.child(AdditionalConstraints.KEY), name.text()));
    }

    private static ServiceSettings settings(Field field, ServiceSettings general) {
        ServiceSettings settings = general;
        for (String key : OVERRIDES) {
            settings = settings.with(field.child(key));
            for (String block : BLOCKS) {
                settings = settings.with(field.at(block, key));
            }
        }
        return settings;
    }

    /** Returns whether the values' types are checked; everything is a text, so with texts there is nothing to check. */
    boolean hasTypeCheck() {
        return feature.type() != FeatureType.STRING
                && feature.type() != FeatureType.UNKNOWN
                && settings.typeShare() > 0;
    }

    /** Returns whether the values are looked up in a domain. */
    boolean hasDomainCheck() {
        return !feature.domain().isEmpty() && settings.domainShare() > 0;
    }

    /** Returns whether the distribution is compared with the baseline's. */
    boolean hasDriftCheck() {
        return feature.type() != FeatureType.UNKNOWN && settings.comparing();
    }
}
