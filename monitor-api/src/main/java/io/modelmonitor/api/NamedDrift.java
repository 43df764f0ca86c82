package io.modelmonitor.api;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The measures of drift that have a name in the field, each with its floor: the size from which a change matters unless said
 * otherwise. Chance is not for the floor to keep out, but for the evidence, so that a floor is the same at any number of rows.
 *
 * <p>The floors are the numbers by which the field reads each measure. They are alike: a shift of normal numbers by three
 * tenths of a standard deviation, or a category's share moved by about ten points, reaches most of them.
 */
public enum NamedDrift {

    /**
     * The population stability index, in nats. From 0.1 on it is read as a change to look at, from 0.25 on as one to act
     * upon. Source: Siddiqi (2006), Credit Risk Scorecards.
     */
    PSI(0.1),

    /** The Jensen-Shannon distance in bits, the root of the divergence, from 0 to 1; 0.1 as in NannyML and Evidently. */
    JENSEN_SHANNON(0.1),

    /** The Hellinger distance, from 0 to 1; 0.1 as in NannyML and Evidently, which is a stability index of about 0.08. */
    HELLINGER(0.1),

    /** The total variation distance: the share of rows that would have to have another value; 0.1, one in ten. */
    TOTAL_VARIATION(0.1),

    /** The greatest change of any cell's share; 0.1, ten points, as in Deequ, NannyML and the managed service. */
    L_INFINITY(0.1),

    /** The Euclidean distance of shares; 0.1, reached when one cell gains seven points that another loses. */
    L2(0.1),

    /** The Kullback-Leibler divergence in nats; 0.05, as a small change is half of its stability index. */
    KULLBACK_LEIBLER(0.05),

    /** The Bhattacharyya distance in nats; 0.01, as a small change is the square of its Hellinger distance. */
    BHATTACHARYYA(0.01),

    /** The Kolmogorov-Smirnov distance of numbers, from 0 to 1; 0.1, the managed service's number. */
    KOLMOGOROV_SMIRNOV(0.1),

    /** The Wasserstein-1 distance of numbers: how far they moved, in standard deviations; 0.1, as in Evidently. */
    WASSERSTEIN(0.1),

    /** The energy distance of numbers in standard deviations; 0.1, as in Evidently, and there without a scale. */
    ENERGY(0.1);

    private final double floor;

    NamedDrift(double floor) {
        this.floor = floor;
    }

    /**
     * Returns the measure of a name, such as {@code psi}.
     *
     * @throws IllegalArgumentException if there is none; the message names the nearest, and lists all
     */
    public static NamedDrift of(String name) {
        for (NamedDrift measure : values()) {
            if (measure.toString().equals(name)) {
                return measure;
            }
        }
        List<String> names = Arrays.stream(values()).map(NamedDrift::toString).toList();
        throw new IllegalArgumentException("measure '" + name + "' is not known; the nearest is '"
                + nearest(name, names) + "'; allowed are " + String.join(", ", names));
    }

    /** Returns the name whose words begin with the letters of another one, as those of {@code ks} do, else the nearest. */
    private static @Nullable String nearest(String name, List<String> names) {
        return names.stream()
                .filter(known -> initials(known).equalsIgnoreCase(name))
                .findFirst()
                .orElseGet(() -> Schema.nearest(name, names));
    }

    private static String initials(String name) {
        StringBuilder initials = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            if (i == 0 || name.charAt(i - 1) == '_') {
                initials.append(name.charAt(i));
            }
        }
        return initials.toString();
    }

    /** Returns the name of the metric, such as {@code drift.psi}. */
    public String metric() {
        return "drift." + this;
    }

    /** Returns the size from which a change matters unless said otherwise, in the measure's unit. */
    public double floor() {
        return floor;
    }

    /** Returns the name, such as {@code psi}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
