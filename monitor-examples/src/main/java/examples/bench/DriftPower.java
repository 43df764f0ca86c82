package examples.bench;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Column;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.stats.drift.FeatureDrift;
import io.modelmonitor.stats.drift.MultipleTesting;
import io.modelmonitor.stats.sketch.ColumnProfile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How often {@code on(x).drift()} rings without drift and with it, beside the default rules of others on the same streams.
 *
 * <p>Every cell of the grid is a kind of column at a number of reference rows n and of rows to judge m. Printed are the share
 * of reports on 20 undrifted columns that ring at all, the share of undrifted columns that each rule flags, and for each
 * change {@code theirs/ours}: the power of a rule and ours at the same share of false alarms, set on the same undrifted
 * streams. Ours goes through profiles, as a monitor does.
 *
 * <p>Run with {@code small} (the default, about two minutes of one core) or {@code full} (n up to 1,000,000, m up to 100,000, up to
 * 100,000 categories, some hours). Seeds are fixed.
 */
public final class DriftPower {

    /** The alarms of a rule that was not defined without drift. */
    private static final boolean[] NEVER = {false};

    private static final int COLUMNS = 20;
    private static final double LEVEL = 0.05;
    private static final Bound FLOOR = Bound.atMost(Constraint.Subject.SMALLEST_DRIFT);

    private final int reports;
    private final int windows;
    private final long rowsForReports;
    private int compared;
    private final List<String> behind = new ArrayList<>();
    private final List<String> loud = new ArrayList<>();

    private DriftPower(int reports, int windows, long rowsForReports) {
        this.reports = reports;
        this.windows = windows;
        this.rowsForReports = rowsForReports;
    }

    /** Prints the table. */
    public static void main(String[] arguments) {
        boolean full = arguments.length > 0 && arguments[0].equals("full");
        DriftPower power = full ? new DriftPower(1_000, 300, 400_000_000L) : new DriftPower(100, 100, 2_500_000L);
        int[][] sizes = full
                ? new int[][] {
                    {50, 50},
                    {1_000, 50},
                    {1_001, 100},
                    {1_000, 1_000},
                    {10_000, 1_000},
                    {100_000, 10_000},
                    {1_000_000, 100},
                    {1_000_000, 100_000}
                }
                : new int[][] {{50, 50}, {1_001, 100}, {10_000, 1_000}};
        int[] categories = full ? new int[] {2, 10, 100, 1_000, 100_000} : new int[] {2, 10, 1_000};
        List<DriftFamilies.Family> families = new ArrayList<>(DriftFamilies.numeric());
        families.addAll(DriftFamilies.categorical(categories));
        long start = System.nanoTime();
        for (DriftFamilies.Family family : families) {
            for (int[] size : sizes) {
                power.cell(family, size[0], size[1]);
            }
        }
        power.summary((System.nanoTime() - start) / 1_000_000_000L);
    }

    private void cell(DriftFamilies.Family family, int n, int m) {
        SplittableRandom random =
                new SplittableRandom(31L * n + m + family.name().hashCode());
        // One reference serves several windows where drawing it costs more than they do.
        int perReference = Math.max(1, Math.min(50, n / (4 * m)));
        int undrifted =
                (int) Math.max(windows, Math.min((long) reports * COLUMNS, rowsForReports / (m + n / perReference)));
        double[] none = new double[undrifted];
        Map<String, boolean[]> alarms = new LinkedHashMap<>();
        Map<String, double[]> ours = new LinkedHashMap<>();
        Map<String, Map<String, boolean[]>> theirs = new LinkedHashMap<>();
        Trial trial = new Trial(family, random, n, m, true);
        for (int i = 0; i < undrifted; i++) {
            if (i > 0 && i % perReference == 0) {
                trial = new Trial(family, random, n, m, i < windows);
            }
            double[] current = family.draw(random, m, 0);
            none[i] = trial.pValue(current);
            if (i < windows) {
                trial.record(current, i, windows, alarms);
            }
        }
        for (double change : family.changes()) {
            String name = (family.isCategorical() ? "points " + Math.round(100 * change) : "shift " + change);
            double[] p = new double[windows];
            Map<String, boolean[]> changed = new LinkedHashMap<>();
            for (int i = 0; i < windows; i++) {
                if (i % perReference == 0) {
                    trial = new Trial(family, random, n, m, true);
                }
                double[] current = family.draw(random, m, change);
                p[i] = trial.pValue(current);
                trial.record(current, i, windows, changed);
            }
            ours.put(name, p);
            theirs.put(name, changed);
        }
        print(family.name() + " " + n + "/" + m, none, alarms, ours, theirs);
    }

    private void print(
            String cell,
            double[] none,
            Map<String, boolean[]> alarms,
            Map<String, double[]> ours,
            Map<String, Map<String, boolean[]>> theirs) {
        int groups = none.length / COLUMNS;
        int ringing = 0;
        for (int i = 0; i < groups; i++) {
            double[] report = Arrays.copyOfRange(none, i * COLUMNS, (i + 1) * COLUMNS);
            double[] adjusted = MultipleTesting.BENJAMINI_HOCHBERG.adjust(report);
            ringing += Arrays.stream(adjusted).anyMatch(p -> p <= LEVEL) ? 1 : 0;
        }
        double share = (double) ringing / groups;
        double error = Math.sqrt(LEVEL * (1 - LEVEL) / groups);
        if (share > LEVEL + 2 * error) {
            loud.add(String.format(Locale.ROOT, "%s %.1f %%", cell, 100 * share));
        }
        StringBuilder line = new StringBuilder(
                String.format(Locale.ROOT, "%-28s reports ringing %4.1f %% of %d; flagged", cell, 100 * share, groups));
        alarms.forEach(
                (rule, rings) -> line.append(String.format(Locale.ROOT, "  %s %.1f %%", rule, 100 * rate(rings))));
        System.out.println(line);
        double[] sorted = Arrays.copyOf(none, Math.min(none.length, windows));
        Arrays.sort(sorted);
        ours.forEach((change, p) -> {
            StringBuilder powers = new StringBuilder(String.format(
                    Locale.ROOT, "    %-12s ours in a report %.2f; theirs/ours", change, share(p, LEVEL / COLUMNS)));
            theirs.getOrDefault(change, Map.of()).forEach((rule, rings) -> {
                double their = rate(rings);
                int falseAlarms = (int) Math.round(rate(alarms.getOrDefault(rule, NEVER)) * sorted.length);
                double our = falseAlarms >= sorted.length ? 1 : below(p, sorted[falseAlarms]);
                powers.append(String.format(Locale.ROOT, "  %s %.2f/%.2f", rule, their, our));
                compared++;
                double spread = Math.sqrt((their * (1 - their) + our * (1 - our) + 0.5 / windows) / windows);
                if (our < their - 2 * spread) {
                    behind.add(String.format(Locale.ROOT, "%s %s: %s %.2f, ours %.2f", cell, change, rule, their, our));
                }
            });
            System.out.println(powers);
        });
    }

    private void summary(long seconds) {
        System.out.println();
        System.out.println(
                "Cells in which more than 5 % of reports ring, by more than two standard errors: " + loud.size());
        loud.forEach(cell -> System.out.println("    " + cell));
        System.out.println("Comparisons of power at equal false alarms: " + compared
                + "; behind by more than two standard errors: " + behind.size());
        behind.forEach(cell -> System.out.println("    " + cell));
        System.out.println("Took " + seconds + " s");
    }

    private static double rate(boolean[] rings) {
        int count = 0;
        for (boolean ring : rings) {
            count += ring ? 1 : 0;
        }
        return (double) count / rings.length;
    }

    private static double share(double[] p, double level) {
        return (double) Arrays.stream(p).filter(value -> value <= level).count() / p.length;
    }

    private static double below(double[] p, double limit) {
        return (double) Arrays.stream(p).filter(value -> value < limit).count() / p.length;
    }

    /** A reference, and all rules against it. */
    private static final class Trial {

        private final boolean categorical;
        private final ColumnProfile reference;
        private final Map<String, PublishedRules.Alarm> rules;

        Trial(DriftFamilies.Family family, SplittableRandom random, int n, int m, boolean withOthers) {
            double[] rows = family.draw(random, n, 0);
            categorical = family.isCategorical();
            reference = profile(rows, categorical);
            rules = withOthers ? PublishedRules.against(rows, categorical, m) : Map.of();
        }

        /** Returns what drift() is judged by: 1 up to the floor, beyond it the p-value. */
        double pValue(double[] current) {
            Metric drift = FeatureDrift.of("x", reference, profile(current, categorical))
                    .get(0);
            return FLOOR.holds(drift.value()) ? 1 : drift.evidence().pValue(drift.value(), FLOOR);
        }

        void record(double[] current, int index, int size, Map<String, boolean[]> alarms) {
            rules.forEach((name, rule) ->
                    alarms.computeIfAbsent(name, unknown -> new boolean[size])[index] = rule.rings(current));
        }
    }

    private static ColumnProfile profile(double[] rows, boolean categorical) {
        byte[] kinds = new byte[rows.length];
        Arrays.fill(kinds, ValueKind.code(categorical ? ValueKind.STRING : ValueKind.FRACTIONAL));
        ColumnProfile profile = ColumnProfile.create();
        profile.add(new Rows(kinds, rows, categorical), rows.length);
        return profile;
    }

    private static final class Rows implements Column {

        private final byte[] kinds;
        private final double[] numbers;
        private final boolean isText;

        Rows(byte[] kinds, double[] numbers, boolean isText) {
            this.kinds = kinds;
            this.numbers = numbers;
            this.isText = isText;
        }

        @Override
        public byte[] kinds() {
            return kinds;
        }

        @Override
        public double[] numbers() {
            return numbers;
        }

        @Override
        public boolean isText() {
            return isText;
        }

        @Override
        public CharSequence text(int row) {
            return isText ? "c" + (int) numbers[row] : Double.toString(numbers[row]);
        }
    }
}
