package examples.bench;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Streams with and without drift. Values are numbers; categories are the numbers of their names. */
final class DriftFamilies {

    private DriftFamilies() {}

    /** A kind of column, and the changes that it may undergo. */
    interface Family {

        String name();

        boolean isCategorical();

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
        public double[] changes() {
            return changes;
        }

        @Override
        public boolean isCategorical() {
            return false;
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

    /** Category i has a share in proportion to (i + 1) to a negative power; a change moves so much to the first. */
    private static final class Categories implements Family {

        private final String name;
        private final double[] cumulative;

        private Categories(String name, double[] cumulative) {
            this.name = name;
            this.cumulative = cumulative;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public double[] changes() {
            return new double[] {0.02, 0.05, 0.10};
        }

        static Categories of(int size, double power) {
            double[] cumulative = new double[size];
            double sum = 0;
            for (int i = 0; i < size; i++) {
                sum += Math.pow(i + 1, -power);
                cumulative[i] = sum;
            }
            for (int i = 0; i < size; i++) {
                cumulative[i] /= sum;
            }
            String name = (power == 0 ? "uniform of " : "skewed of ") + size;
            return new Categories(name, cumulative);
        }

        @Override
        public boolean isCategorical() {
            return true;
        }

        @Override
        public double[] draw(SplittableRandom random, int rows, double change) {
            // Others give up in proportion, so the first grows by exactly the change.
            double replaced = cumulative.length == 1 ? 0 : change / (1 - cumulative[0]);
            double[] values = new double[rows];
            for (int i = 0; i < rows; i++) {
                values[i] = random.nextDouble() < replaced ? 0 : category(random.nextDouble());
            }
            return values;
        }

        private int category(double u) {
            int low = 0;
            int high = cumulative.length - 1;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (cumulative[middle] <= u) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
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
                        (random, shift) -> Math.pow(1 - random.nextDouble(), -1.0 / 3) + shift * paretoDeviation),
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
                .flatMap(size -> Stream.<Family>of(Categories.of(size, 1), Categories.of(size, 0)))
                .toList();
    }
}
