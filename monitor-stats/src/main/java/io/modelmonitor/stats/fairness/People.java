package io.modelmonitor.stats.fairness;

import java.util.ArrayList;
import java.util.List;

/**
 * People with their features, for the {@link FlipTest}. Not safe for use by several threads while people are added.
 */
public final class People {

    private final int numbers;
    private final int categories;
    private final List<double[]> numberRows = new ArrayList<>();
    private final List<int[]> categoryRows = new ArrayList<>();
    private final List<Boolean> inGroup = new ArrayList<>();
    private final List<Boolean> accepted = new ArrayList<>();

    private People(int numbers, int categories) {
        this.numbers = numbers;
        this.categories = categories;
    }

    /**
     * Returns an empty set of people.
     *
     * @param numbers how many features are numbers
     * @param categories how many features are categories
     * @throws IllegalArgumentException if there is no feature
     */
    public static People with(int numbers, int categories) {
        if (numbers < 0 || categories < 0 || numbers + categories == 0) {
            throw new IllegalArgumentException(
                    "features: " + numbers + " numbers and " + categories + " categories; there must be one at least");
        }
        return new People(numbers, categories);
    }

    /**
     * Adds a person.
     *
     * @param numberFeatures the features that are numbers, NaN when unknown; kept, not copied
     * @param categoryFeatures the codes of the features that are categories, −1 when unknown; kept, not copied
     * @param isInGroup whether the person is in the group that may be treated worse
     * @param isAccepted whether the prediction is positive
     * @throws IllegalArgumentException if the numbers of features differ from those announced
     */
    public void add(double[] numberFeatures, int[] categoryFeatures, boolean isInGroup, boolean isAccepted) {
        if (numberFeatures.length != numbers || categoryFeatures.length != categories) {
            throw new IllegalArgumentException("features: " + numberFeatures.length + " numbers and "
                    + categoryFeatures.length + " categories; there must be " + numbers + " and " + categories);
        }
        numberRows.add(numberFeatures);
        categoryRows.add(categoryFeatures);
        inGroup.add(isInGroup);
        accepted.add(isAccepted);
    }

    /** Returns the number of people. */
    public int size() {
        return numberRows.size();
    }

    int numbers() {
        return numbers;
    }

    int categories() {
        return categories;
    }

    double number(int person, int feature) {
        return numberRows.get(person)[feature];
    }

    int category(int person, int feature) {
        return categoryRows.get(person)[feature];
    }

    boolean isInGroup(int person) {
        return inGroup.get(person);
    }

    boolean isAccepted(int person) {
        return accepted.get(person);
    }
}
