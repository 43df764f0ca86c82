package benchmarks;

import java.util.Arrays;

/**
 * The power of a p-value at a given share of false alarms, from p-values of undrifted windows. Where the share falls among
 * equal p-values, as many of those count as make it exact, as for a test that decides by lot.
 */
final class DriftRoc {

    private final double[] none;

    DriftRoc(double[] none) {
        this.none = none.clone();
        Arrays.sort(this.none);
    }

    /**
     * Both powers at the same share of false alarms.
     *
     * @param error the standard error of their difference, which has two sources: the windows, judged by both, and how far
     *     the share of false alarms may be off, on which ours depends
     */
    record Comparison(double theirs, double ours, double error) {

        boolean isBehind() {
            return theirs - ours > 2 * error;
        }
    }

    /** Compares a rule's alarms on undrifted and drifted windows with the p-values of the latter. */
    Comparison compare(boolean[] falseAlarms, boolean[] alarms, double[] pValues) {
        double windows = falseAlarms.length;
        double share = count(falseAlarms) / windows;
        double[] ours = alarms(share, pValues);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < ours.length; i++) {
            double difference = (alarms[i] ? 1 : 0) - ours[i];
            sum += difference;
            squares += difference * difference;
        }
        double mean = sum / ours.length;
        double byWindows = (squares / ours.length - mean * mean) / ours.length;
        double likely = (count(falseAlarms) + 1) / (windows + 2);
        double spread = Math.sqrt(likely * (1 - likely) * (1 / windows + 1.0 / none.length));
        double power = mean(ours);
        double byShare = Math.max(
                mean(alarms(Math.min(1, share + spread), pValues)) - power,
                power - mean(alarms(Math.max(0, share - spread), pValues)));
        return new Comparison(count(alarms) / (double) alarms.length, power, Math.sqrt(byWindows + byShare * byShare));
    }

    /** Returns by which part each window alarms, when this share of undrifted ones does. */
    private double[] alarms(double share, double[] pValues) {
        double allowed = share * none.length;
        double limit = none[(int) Math.min(none.length - 1, Math.floor(allowed))];
        double below = Arrays.stream(none).filter(p -> p < limit).count();
        double equal = Arrays.stream(none).filter(p -> p == limit).count();
        double part = Math.min(1, (allowed - below) / equal);
        return Arrays.stream(pValues)
                .map(p -> p < limit ? 1 : p == limit ? part : 0)
                .toArray();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    private static int count(boolean[] alarms) {
        int count = 0;
        for (boolean alarm : alarms) {
            count += alarm ? 1 : 0;
        }
        return count;
    }
}
