package io.modelmonitor.stats.fairness;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Tests whether the model would have decided otherwise if a person of the group were one of the rest. Each person of the group is
 * compared with the k nearest of the rest, and with what the model decided for the most of them (Black, Yeom and Fredrikson,
 * FlipTest, FAT* 2020; Amazon Clarify guide, Counterfactual Fliptest).
 *
 * <p>With F⁺ the number of people who were rejected while their neighbours were accepted, and F⁻ of those who were accepted
 * while their neighbours were rejected, the result is (F⁺ − F⁻) / n_d: positive when the group is treated worse, as the
 * guide has it. The reference library of the service computes the negative of this.
 *
 * <p>Ties: everybody at the distance of the k-th neighbour shares the places that are left, so the order of people does not
 * matter. When the neighbours are divided evenly, nothing is flipped.
 *
 * <p>The default distance is the heterogeneous one of Wilson and Martinez (JAIR 6, 1997): for numbers the difference
 * divided by four standard deviations, for categories 0 or 1, and 1 where a feature is unknown. Neighbours are found in a
 * k-d tree; n people of m features take about n · log n · m with few features, up to n² · m with many.
 */
public final class FlipTest {

    /** The name of the metric. */
    public static final String METRIC = "bias.flip_test";

    /** The default number of neighbours that decide. */
    public static final int NEIGHBOURS = 5;

    private final int neighbours;
    private final boolean scaled;

    private FlipTest(int neighbours, boolean scaled) {
        this.neighbours = neighbours;
        this.scaled = scaled;
    }

    /**
     * Returns a test with a number of neighbours.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static FlipTest withNeighbours(int neighbours) {
        if (neighbours < 1) {
            throw new IllegalArgumentException("neighbours " + neighbours + "; at least 1 is needed");
        }
        return new FlipTest(neighbours, true);
    }

    /** Returns this test with numbers as they are, in their own units. */
    public FlipTest unscaled() {
        return new FlipTest(neighbours, false);
    }

    /**
     * The result of a flip test.
     *
     * @param people how many people are in the group
     * @param wronglyRejected how many of them were rejected while their neighbours were accepted
     * @param wronglyAccepted how many of them were accepted while their neighbours were rejected
     */
    public record Result(int people, int wronglyRejected, int wronglyAccepted) {

        /** Returns (F⁺ − F⁻) / n_d, from −1 to 1; NaN when the group is empty. */
        public double value() {
            return people == 0 ? Double.NaN : (double) (wronglyRejected - wronglyAccepted) / people;
        }

        /** Returns the standard error of the value, the rest being taken as given; NaN below two people. */
        public double standardError() {
            if (people < 2) {
                return Double.NaN;
            }
            double share = (double) (wronglyRejected + wronglyAccepted) / people;
            return Math.sqrt(Math.max(0, share - value() * value()) / (people - 1));
        }
    }

    /**
     * Runs the test.
     *
     * @return the result; of no people when the rest is empty, because nobody can be compared
     */
    public Result of(People people) {
        int[] rest = IntStream.range(0, people.size())
                .filter(person -> !people.isInGroup(person))
                .toArray();
        if (rest.length == 0) {
            return new Result(0, 0, 0);
        }
        double[] scales = scales(people);
        NeighbourTree tree = NeighbourTree.of(people, rest, scales);
        NeighbourTree.Query query = tree.query(Math.min(neighbours, rest.length));
        int group = 0;
        int rejected = 0;
        int accepted = 0;
        for (int person = 0; person < people.size(); person++) {
            if (people.isInGroup(person)) {
                group++;
                int majority = query.majority(person);
                boolean isAccepted = people.isAccepted(person);
                rejected += majority > 0 && !isAccepted ? 1 : 0;
                accepted += majority < 0 && isAccepted ? 1 : 0;
            }
        }
        return new Result(group, rejected, accepted);
    }

    private double[] scales(People people) {
        double[] scales = new double[people.numbers()];
        Arrays.fill(scales, 1);
        for (int feature = 0; scaled && feature < scales.length; feature++) {
            double mean = 0;
            double squares = 0;
            int n = 0;
            for (int person = 0; person < people.size(); person++) {
                double value = people.number(person, feature);
                if (!Double.isNaN(value)) {
                    n++;
                    double delta = value - mean;
                    mean += delta / n;
                    squares += delta * (value - mean);
                }
            }
            double deviation = Math.sqrt(squares / n);
            // A constant feature separates nobody, whatever it is divided by.
            scales[feature] = deviation > 0 ? 1 / (4 * deviation) : 1;
        }
        return scales;
    }
}
