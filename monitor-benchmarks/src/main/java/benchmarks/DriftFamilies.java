package benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Kinds of columns, and how they may drift. Values are numbers; categories are the numbers of their names. */
final class DriftFamilies {

    private DriftFamilies() {}

    /** A kind of column, and the changes that it may undergo. */
    interface Family {

        String name();

        /** Returns the names of categories by their numbers, none for numbers. */
        String[] categories();

        default boolean isCategorical() {
            return categories().length > 0;
        }

        /** Returns the changes to look for, none for a column that cannot change. */
        double[] changes();

        /** Draws rows. */
        double[] draw(SplittableRandom random, int rows, double change);
    }

    @FunctionalInterface
    private interface Value {
        double draw(SplittableRandom random, double change);
    }

    private static final class Numbers implements Family {

        private static final String[] NONE = {};

        private final String name;
        private final double[] changes;
        private final Value value;

        Numbers(String name, double[] changes, Value value) {
            this.name = name;
            this.changes = changes;
            this.value = value;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String[] categories() {
            return NONE;
        }

        @Override
        public double[] changes() {
            return changes;
        }

        @Override
        public double[] draw(SplittableRandom random, int rows, double change) {
            double[] values = new double[rows];
            for (int i = 0; i < rows; i++) {
                values[i] = value.draw(random, change);
            }
            return values;
        }
    }

    /**
     * Category i has a share in proportion to (i + 1) to a negative power; a change moves so much to the first. A row costs the
     * same whatever the number of categories. Source: Vose (1991), A linear algorithm for generating random numbers with a
     * given distribution.
     */
    private static final class Categories implements Family {

        private final String name;
        private final String[] categories;
        private final double first;
        /** The probability that a place gives itself, and whom it gives otherwise. */
        private final double[] own;

        private final int[] alias;

        Categories(int size, double power) {
            name = (power == 0 ? "uniform of " : "skewed of ") + size;
            categories = IntStream.range(0, size).mapToObj(i -> "c" + i).toArray(String[]::new);
            own = IntStream.range(0, size)
                    .mapToDouble(i -> Math.pow(i + 1, -power))
                    .toArray();
            alias = new int[size];
            double sum = Arrays.stream(own).sum();
            first = own[0] / sum;
            Arrays.setAll(own, i -> own[i] * size / sum);
            fillPlaces();
        }

        /** Fills each place that has less than its share from one that has more. Shares descend, so neither end goes back. */
        private void fillPlaces() {
            int more = 0;
            int less = own.length - 1;
            int next = less;
            while (more < next) {
                alias[less] = more;
                own[more] -= 1 - own[less];
                if (own[more] <= 1) {
                    less = more++;
                } else {
                    less = --next;
                }
            }
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String[] categories() {
            return categories;
        }

        @Override
        public double[] changes() {
            return new double[] {0.02, 0.05, 0.10};
        }

        @Override
        public double[] draw(SplittableRandom random, int rows, double change) {
            // Others give up in proportion, so the first grows by exactly the change.
            double replaced = change / (1 - first);
            double[] values = new double[rows];
            for (int i = 0; i < rows; i++) {
                values[i] = replaced > 0 && random.nextDouble() < replaced ? 0 : category(random);
            }
            return values;
        }

        private int category(SplittableRandom random) {
            double position = random.nextDouble() * own.length;
            int place = (int) position;
            return position - place < own[place] ? place : alias[place];
        }
    }

    /** Returns the numeric families; changes are shifts in standard deviations. */
    static List<Family> numeric() {
        double[] shifts = {0.1, 0.2, 0.5};
        double logNormalDeviation = Math.sqrt((Math.E - 1) * Math.E);
        // Pareto with exponent 3: mean 1.5, variance 0.75.
        double paretoDeviation = Math.sqrt(0.75);
        return List.of(
                new Numbers("normal", shifts, (random, shift) -> random.nextGaussian() + shift),
                new Numbers(
                        "log-normal",
                        shifts,
                        (random, shift) -> Math.exp(random.nextGaussian()) + shift * logNormalDeviation),
                new Numbers(
                        "Pareto",
                        shifts,
                        (random, shift) -> 1 / Math.cbrt(1 - random.nextDouble()) + shift * paretoDeviation),
                new Numbers(
                        "zero-inflated",
                        shifts,
                        (random, shift) -> random.nextDouble() < 0.8 ? 0 : 3 + random.nextGaussian() + shift),
                new Numbers("integer", shifts, (random, shift) -> Math.floor(10 + 3 * (random.nextGaussian() + shift))),
                new Numbers(
                        "0/1",
                        shifts,
                        (random, shift) -> random.nextDouble() < 0.2 + shift * Math.sqrt(0.2 * 0.8) ? 1 : 0),
                new Numbers("constant", new double[0], (random, shift) -> 7));
    }

    /** Returns a skewed and a uniform family of categories of each size; changes are points moved to the first. */
    static List<Family> categorical(int... sizes) {
        return Arrays.stream(sizes)
                .boxed()
                .flatMap(size -> Stream.<Family>of(new Categories(size, 1), new Categories(size, 0)))
                .toList();
    }
}
