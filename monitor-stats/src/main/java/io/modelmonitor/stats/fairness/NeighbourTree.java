package io.modelmonitor.stats.fairness;

import java.util.Arrays;

/**
 * People of the rest in a k-d tree of boxes (J. Bentley, 1975; J. Friedman, J. Bentley and R. Finkel, 1977). The people
 * of a leaf lie next to each other, feature by feature, so that a leaf is scanned in loops that compilers vectorize; leaves
 * are large, because with many features boxes exclude little.
 */
final class NeighbourTree {

    private static final int LEAF = 256;

    private final People people;
    private final double[] scales;
    private final int size;
    private final int numbers;
    private final int categories;
    /** Feature by feature, people in the order of the leaves. */
    private final double[][] number;

    private final int[][] category;
    private final boolean[] accepted;
    private final boolean unknowns;

    private final int[] from;
    private final int[] to;
    private final int[] left;
    private final int[] right;
    /** Node by node, the least place of each feature, then the greatest. */
    private final double[] boxes;

    private int nodes;
    private int longestLeaf;

    private NeighbourTree(People people, int[] rest, double[] scales) {
        this.people = people;
        this.scales = scales;
        this.size = rest.length;
        this.numbers = people.numbers();
        this.categories = people.categories();
        this.number = new double[numbers][size];
        this.category = new int[categories][size];
        this.accepted = new boolean[size];
        // Halving leaves more than half of LEAF in each leaf.
        int most = Math.max(1, 4 * (size / LEAF + 1));
        this.from = new int[most];
        this.to = new int[most];
        this.left = new int[most];
        this.right = new int[most];
        this.boxes = new double[most * 2 * numbers];
        build(rest, 0, size);
        boolean missing = false;
        for (int i = 0; i < size; i++) {
            for (int f = 0; f < numbers; f++) {
                number[f][i] = people.number(rest[i], f) * scales[f];
                missing |= Double.isNaN(number[f][i]);
            }
            for (int f = 0; f < categories; f++) {
                category[f][i] = people.category(rest[i], f);
            }
            accepted[i] = people.isAccepted(rest[i]);
        }
        this.unknowns = missing;
    }

    /** Builds a tree. */
    static NeighbourTree of(People people, int[] rest, double[] scales) {
        return new NeighbourTree(people, rest.clone(), scales);
    }

    /** Prepares to ask for k neighbours, of whom there must be as many. Not safe for use by several threads. */
    Query query(int k) {
        return new Query(k);
    }

    private int build(int[] order, int start, int end) {
        int node = nodes++;
        from[node] = start;
        to[node] = end;
        left[node] = -1;
        int widest = box(order, node);
        if (end - start <= LEAF || widest < 0) {
            longestLeaf = Math.max(longestLeaf, end - start);
        } else {
            int middle = (start + end) >>> 1;
            select(order, start, end - 1, middle, widest);
            left[node] = build(order, start, middle);
            right[node] = build(order, middle, end);
        }
        return node;
    }

    /** Sets the box of a node and returns its widest feature, or −1 if everybody in it is at the same place. */
    private int box(int[] order, int node) {
        int widest = -1;
        double width = 0;
        for (int f = 0; f < numbers; f++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            boolean missing = false;
            for (int i = from[node]; i < to[node]; i++) {
                double value = people.number(order[i], f) * scales[f];
                missing |= Double.isNaN(value);
                low = value < low ? value : low;
                high = value > high ? value : high;
            }
            if (high - low > width) {
                width = high - low;
                widest = f;
            }
            // Whoever is unknown may be at any distance up to 1: such a box cannot exclude anybody by this feature.
            boxes[node * 2 * numbers + f] = missing ? Double.NEGATIVE_INFINITY : low;
            boxes[(node * 2 + 1) * numbers + f] = missing ? Double.POSITIVE_INFINITY : high;
        }
        return widest;
    }

    /** Hoare's selection: afterwards the people before {@code middle} have no greater feature than those from it. */
    private void select(int[] order, int start, int end, int middle, int feature) {
        int low = start;
        int high = end;
        while (low < high) {
            double pivot = key(order[(low + high) >>> 1], feature);
            int i = low;
            int j = high;
            while (i <= j) {
                while (key(order[i], feature) < pivot) {
                    i++;
                }
                while (key(order[j], feature) > pivot) {
                    j--;
                }
                if (i <= j) {
                    int swap = order[i];
                    order[i++] = order[j];
                    order[j--] = swap;
                }
            }
            if (middle <= j) {
                high = j;
            } else if (middle >= i) {
                low = i;
            } else {
                return;
            }
        }
    }

    private double key(int person, int feature) {
        double value = people.number(person, feature);
        return Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value;
    }

    /** Finds the neighbours of one person after the other. */
    final class Query {

        private final int k;
        private final double[] at = new double[numbers];
        private final int[] in = new int[categories];
        private final double[] sums = new double[Math.min(size, longestLeaf)];
        private boolean placeUnknown;
        /** The k nearest so far, nearest first. */
        private final double[] nearest;

        private final boolean[] nearestAccepted;
        private int found;
        /** Those as far as the k-th, but not among the k. */
        private int tied;

        private int tiedAccepted;

        private Query(int k) {
            this.k = k;
            this.nearest = new double[k];
            this.nearestAccepted = new boolean[k];
        }

        /** Returns what most of the nearest got: 1 accepted, −1 rejected, 0 evenly divided. */
        int majority(int person) {
            placeUnknown = false;
            for (int f = 0; f < numbers; f++) {
                at[f] = people.number(person, f) * scales[f];
                placeUnknown |= Double.isNaN(at[f]);
            }
            for (int f = 0; f < categories; f++) {
                in[f] = people.category(person, f);
            }
            Arrays.fill(nearest, Double.POSITIVE_INFINITY);
            found = 0;
            tied = 0;
            tiedAccepted = 0;
            visit(0);
            return vote();
        }

        private int vote() {
            double farthest = nearest[k - 1];
            int nearer = 0;
            int places = 0;
            int sharing = tied;
            int sharingAccepted = tiedAccepted;
            for (int i = 0; i < k; i++) {
                if (nearest[i] < farthest) {
                    nearer += nearestAccepted[i] ? 1 : 0;
                } else {
                    places++;
                    sharing++;
                    sharingAccepted += nearestAccepted[i] ? 1 : 0;
                }
            }
            // (nearer + places · sharingAccepted / sharing) against k / 2, in whole numbers.
            long votes = 2L * ((long) nearer * sharing + (long) places * sharingAccepted);
            return Long.compare(votes, (long) k * sharing);
        }

        private void visit(int node) {
            if (left[node] < 0) {
                scan(from[node], to[node]);
                return;
            }
            double toLeft = distance(left[node]);
            double toRight = distance(right[node]);
            boolean leftFirst = toLeft <= toRight;
            if ((leftFirst ? toLeft : toRight) <= nearest[k - 1]) {
                visit(leftFirst ? left[node] : right[node]);
            }
            if ((leftFirst ? toRight : toLeft) <= nearest[k - 1]) {
                visit(leftFirst ? right[node] : left[node]);
            }
        }

        /** The least squared distance to anybody in a box; an unknown coordinate excludes no box. */
        private double distance(int node) {
            double sum = 0;
            int low = node * 2 * numbers;
            int high = low + numbers;
            for (int f = 0; f < numbers; f++) {
                double outside = Math.max(boxes[low + f] - at[f], at[f] - boxes[high + f]);
                sum += outside > 0 ? outside * outside : 0;
            }
            return sum;
        }

        private void scan(int start, int end) {
            int length = end - start;
            Arrays.fill(sums, 0, length, 0);
            boolean unknown = unknowns || placeUnknown;
            int f = 0;
            while (!unknown && f + 4 <= numbers) {
                addFour(sums, length, start, f);
                f += 4;
            }
            while (f < numbers) {
                if (unknown) {
                    addPartlyUnknown(number[f], at[f], start, length);
                } else {
                    addOne(sums, number[f], at[f], start, length);
                }
                f++;
            }
            for (int c = 0; c < categories; c++) {
                addCategory(category[c], in[c], start, length);
            }
            for (int i = 0; i < length; i++) {
                if (sums[i] <= nearest[k - 1]) {
                    offer(sums[i], accepted[start + i]);
                }
            }
        }

        /** Adds the squares of four features at once, which reads and writes the sums once instead of four times. */
        private void addFour(double[] sum, int length, int start, int first) {
            double[] a = number[first];
            double[] b = number[first + 1];
            double[] c = number[first + 2];
            double[] d = number[first + 3];
            double atA = at[first];
            double atB = at[first + 1];
            double atC = at[first + 2];
            double atD = at[first + 3];
            for (int i = 0; i < length; i++) {
                double toA = a[start + i] - atA;
                double toB = b[start + i] - atB;
                double toC = c[start + i] - atC;
                double toD = d[start + i] - atD;
                sum[i] += toA * toA + toB * toB + (toC * toC + toD * toD);
            }
        }

        private void addOne(double[] sum, double[] values, double value, int start, int length) {
            for (int i = 0; i < length; i++) {
                double difference = values[start + i] - value;
                sum[i] += difference * difference;
            }
        }

        private void addPartlyUnknown(double[] values, double value, int start, int length) {
            for (int i = 0; i < length; i++) {
                double difference = values[start + i] - value;
                // An unknown feature is as far as another category.
                sums[i] += Double.isNaN(difference) ? 1 : difference * difference;
            }
        }

        private void addCategory(int[] values, int value, int start, int length) {
            for (int i = 0; i < length; i++) {
                sums[i] += values[start + i] == value && value >= 0 ? 0 : 1;
            }
        }

        private void offer(double distance, boolean isAccepted) {
            double farthest = nearest[k - 1];
            if (found == k) {
                if (distance == farthest) {
                    tied++;
                    tiedAccepted += isAccepted ? 1 : 0;
                    return;
                }
                boolean stillTied = k > 1 ? nearest[k - 2] == farthest : false;
                tied = stillTied ? tied + 1 : 0;
                tiedAccepted = stillTied ? tiedAccepted + (nearestAccepted[k - 1] ? 1 : 0) : 0;
            } else {
                found++;
            }
            int i = found - 1;
            while (i > 0 && nearest[i - 1] > distance) {
                nearest[i] = nearest[i - 1];
                nearestAccepted[i] = nearestAccepted[i - 1];
                i--;
            }
            nearest[i] = distance;
            nearestAccepted[i] = isAccepted;
        }
    }
}
