package io.modelmonitor.api;

import java.util.List;

/** Data to be drawn beside a metric's number. Immutable values; whoever shows a report decides how each kind is drawn. */
public sealed interface Plot {

    /** Returns what is shown, as a caption. */
    String title();

    /**
     * Points joined by a line, such as a ROC curve.
     *
     * @param title the caption
     * @param xName what is on the horizontal axis
     * @param yName what is on the vertical axis
     * @param x the points' horizontal positions
     * @param y the points' vertical positions, as many
     */
    record Curve(String title, String xName, String yName, List<Double> x, List<Double> y) implements Plot {

        /**
         * Creates a curve.
         *
         * @throws IllegalArgumentException if there are not as many x as y
         */
        public Curve {
            x = Doubles.copyOf(x);
            y = Doubles.copyOf(y);
            sameSize("x", x.size(), "y", y.size());
        }
    }

    /**
     * Counts by two labels, such as a confusion matrix.
     *
     * @param title the caption
     * @param rowName what the rows are
     * @param columnName what the columns are
     * @param labels the labels of rows and columns alike
     * @param counts a list of counts for each row, each with a count for each column
     */
    record Matrix(String title, String rowName, String columnName, List<String> labels, List<List<Long>> counts)
            implements Plot {

        /**
         * Creates a matrix.
         *
         * @throws IllegalArgumentException if it is not square, or its labels do not fit
         */
        public Matrix {
            labels = List.copyOf(labels);
            counts = counts.stream().map(List::copyOf).toList();
            sameSize("labels", labels.size(), "counts", counts.size());
            for (List<Long> row : counts) {
                sameSize("labels", labels.size(), "a row of counts", row.size());
            }
        }
    }

    /**
     * Counts by intervals of numbers.
     *
     * @param title the caption
     * @param edges the ends of the intervals in ascending order, one more than there are counts; the last interval is closed
     * @param counts a count for each interval
     */
    record Histogram(String title, List<Double> edges, List<Double> counts) implements Plot {

        /**
         * Creates a histogram.
         *
         * @throws IllegalArgumentException if there is not exactly one edge more than counts
         */
        public Histogram {
            edges = Doubles.copyOf(edges);
            counts = Doubles.copyOf(counts);
            sameSize("edges", edges.size(), "counts and one", counts.size() + 1);
        }
    }

    /**
     * A value for each of several names, such as global attributions, in the order to be shown.
     *
     * @param title the caption
     * @param names the names
     * @param values the values, as many
     */
    record Bars(String title, List<String> names, List<Double> values) implements Plot {

        /**
         * Creates bars.
         *
         * @throws IllegalArgumentException if there are not as many values as names
         */
        public Bars {
            names = List.copyOf(names);
            values = Doubles.copyOf(values);
            sameSize("names", names.size(), "values", values.size());
        }
    }

    /**
     * Two values for each of several names, such as attributions in a baseline and in a window: drawn as pairs of bars, or as
     * lines between two ranks.
     *
     * @param title the caption
     * @param beforeName what the first values are
     * @param afterName what the second values are
     * @param names the names, in the order to be shown
     * @param before the first values, as many
     * @param after the second values, as many
     */
    record Pairs(
            String title,
            String beforeName,
            String afterName,
            List<String> names,
            List<Double> before,
            List<Double> after)
            implements Plot {

        /**
         * Creates pairs.
         *
         * @throws IllegalArgumentException if there are not as many values of either kind as names
         */
        public Pairs {
            names = List.copyOf(names);
            before = Doubles.copyOf(before);
            after = Doubles.copyOf(after);
            sameSize("names", names.size(), "before", before.size());
            sameSize("names", names.size(), "after", after.size());
        }
    }

    /**
     * Points on a line for each of several names, such as the local attributions of each feature.
     *
     * @param title the caption
     * @param valueName what the points' positions are
     * @param names the names, in the order to be shown
     * @param points a list of positions for each name
     */
    record Strips(String title, String valueName, List<String> names, List<List<Double>> points) implements Plot {

        /**
         * Creates strips.
         *
         * @throws IllegalArgumentException if there are not as many lists of points as names
         */
        public Strips {
            names = List.copyOf(names);
            points = points.stream().map(Doubles::copyOf).toList();
            sameSize("names", names.size(), "points", points.size());
        }
    }

    private static void sameSize(String one, int oneSize, String other, int otherSize) {
        if (oneSize != otherSize) {
            throw new IllegalArgumentException(one + ": " + oneSize + ", " + other + ": " + otherSize
                    + "; there must be as many of one as of the other");
        }
    }
}
