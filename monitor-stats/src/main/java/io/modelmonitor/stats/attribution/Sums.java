package io.modelmonitor.stats.attribution;

/** Several sums with Neumaier's compensation (A. Neumaier, 1974), so that many small terms are not lost in a large sum. */
final class Sums {

    private final double[] sums;
    private final double[] lost;

    Sums(int count) {
        this.sums = new double[count];
        this.lost = new double[count];
    }

    void add(int index, double term) {
        double sum = sums[index];
        double next = sum + term;
        lost[index] += Math.abs(sum) >= Math.abs(term) ? (sum - next) + term : (term - next) + sum;
        sums[index] = next;
    }

    void add(Sums other) {
        for (int i = 0; i < sums.length; i++) {
            add(i, other.sums[i]);
            lost[i] += other.lost[i];
        }
    }

    double get(int index) {
        return sums[index] + lost[index];
    }
}
