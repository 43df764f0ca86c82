package benchmarks;

import benchmarks.DriftFamilies.Family;
import io.modelmonitor.stats.test.MultipleTesting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Rates of alerts of {@code on(x).drift()} without drift and with it, beside the default rules of others on the same streams.
 *
 * <p>Every cell of the grid is a kind of column at a number of reference rows n and of rows to judge m. Printed are the share
 * of reports on 20 undrifted columns that ring at all, the share of undrifted columns that each rule flags, and for each
 * change {@code theirs/ours}: the power of a rule and ours at the same share of false alarms, set on the same undrifted
 * streams ({@link DriftRoc}). Ours goes through profiles, as a monitor does.
 *
 * <p>A cell is loud when more than 5 % of its reports ring, by more than two standard errors, and a comparison is behind when
 * their power exceeds ours by more than two standard errors of the difference. As chance alone flags some of so many, cells
 * that are flagged are run once more, with other seeds and four times the references; what is flagged again is listed at the
 * end. A change whose size drift() reports as at most its floor of one row in a hundred is none to alarm at; such comparisons
 * are listed apart.
 *
 * <p>Run with {@code small} (the default) or {@code full} (n up to 1,000,000, m up to 100,000, up to 100,000 categories), and
 * further words to run only the cells whose name has all of them, such as {@code full zero-inflated 50/50}. Seeds are fixed,
 * and each cell has its own. All cells of {@code full} take about half an hour on one processor, those of {@code small} half
 * a minute.
 */
public final class DriftPower {

    private static final int COLUMNS = 20;
    private static final double LEVEL = 0.05;
    private static final int AGAIN = 4;

    /**
     * A number of rows, and how much to draw there.
     *
     * @param references how many references
     * @param judged windows of each that all rules judge, without a change and with each
     * @param more undrifted windows of each, for reports
     */
    private record Size(int n, int m, int references, int judged, int more) {

        Size times(int factor) {
            return new Size(n, m, references * factor, judged, more);
        }
    }

    private static final List<Size> SMALL =
            List.of(new Size(50, 50, 400, 1, 9), new Size(1_001, 100, 400, 1, 9), new Size(10_000, 1_000, 200, 1, 19));

    private static final List<Size> FULL = List.of(
            new Size(50, 50, 2_000, 1, 9),
            new Size(1_000, 50, 2_000, 1, 9),
            new Size(1_001, 100, 2_000, 1, 9),
            new Size(1_000, 1_000, 2_000, 1, 9),
            new Size(10_000, 1_000, 1_000, 1, 19),
            new Size(100_000, 10_000, 100, 4, 56),
            new Size(1_000_000, 100, 20, 16, 484),
            new Size(1_000_000, 100_000, 20, 10, 90));

    private final boolean aloud;
    private final List<String> loud = new ArrayList<>();
    private final List<String> behind = new ArrayList<>();
    private final List<String> belowFloor = new ArrayList<>();
    private final Map<String, List<Map<String, Double>>> flagged = new LinkedHashMap<>();
    private int compared;
    private int contested;

    private DriftPower(boolean aloud) {
        this.aloud = aloud;
    }

    /** Prints the table. */
    public static void main(String[] arguments) {
        long start = System.nanoTime();
        boolean full = arguments.length > 0 && arguments[0].equals("full");
        List<String> words = Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
        List<Family> families = new ArrayList<>(DriftFamilies.numeric());
        families.addAll(
                DriftFamilies.categorical(full ? new int[] {2, 10, 100, 1_000, 100_000} : new int[] {2, 10, 1_000}));
        DriftPower first = new DriftPower(true);
        DriftPower second = new DriftPower(false);
        int cells = 0;
        int again = 0;
        for (Family family : families) {
            for (Size size : full ? FULL : SMALL) {
                if (!words.stream().allMatch(name(family, size)::contains)) {
                    continue;
                }
                cells++;
                if (first.flags(family, size, 1)) {
                    again++;
                    second.flags(family, size.times(AGAIN), 2);
                }
            }
        }
        first.printFlagged();
        System.out.printf("%nCells: %d; loud %d%n", cells, first.loud.size());
        System.out.printf(
                "Comparisons: %d, of which %d are not decided by all windows or none; behind %d, below the floor %d%n",
                first.compared, first.contested, first.behind.size(), first.belowFloor.size());
        System.out.printf(
                "%d cells run again; loud then %d, behind %d%n", again, second.loud.size(), second.behind.size());
        second.loud.forEach(cell -> System.out.println("    loud   " + cell));
        second.behind.forEach(cell -> System.out.println("    behind " + cell));
        first.belowFloor.forEach(cell -> System.out.println("    below the floor " + cell));
        System.out.printf("Took %d s%n", (System.nanoTime() - start) / 1_000_000_000L);
    }

    private static String name(Family family, Size size) {
        return family.name() + " " + size.n + "/" + size.m;
    }

    /** Runs a cell, prints it, and returns whether it is loud or behind. */
    private boolean flags(Family family, Size size, int seed) {
        int flags = loud.size() + behind.size();
        SplittableRandom random = new SplittableRandom(
                31L * (31L * size.n + size.m) + family.name().hashCode() + ((long) seed << 40));
        double[] changes = family.changes();
        int judged = size.references * size.judged;
        double[] none = new double[judged + size.references * size.more];
        Alarms[] alarms = new Alarms[changes.length + 1];
        Arrays.setAll(alarms, i -> new Alarms(judged));
        for (int r = 0; r < size.references; r++) {
            double[] rows = family.draw(random, size.n, 0);
            DriftTrial ours = new DriftTrial(family, rows);
            PublishedRules theirs = new PublishedRules(rows, family.isCategorical(), size.m);
            for (int w = r * size.judged; w < (r + 1) * size.judged; w++) {
                for (int change = 0; change < alarms.length; change++) {
                    double[] window = family.draw(random, size.m, change == 0 ? 0 : changes[change - 1]);
                    alarms[change].add(w, ours.judge(window), theirs.judge(window));
                }
            }
            for (int w = 0; w < size.more; w++) {
                none[judged + r * size.more + w] =
                        ours.judge(family.draw(random, size.m, 0)).pValue();
            }
        }
        System.arraycopy(alarms[0].pValues, 0, none, 0, judged);
        printFalseAlarms(name(family, size), family, size, none, alarms[0]);
        for (int i = 0; i < changes.length; i++) {
            String change = family.isCategorical() ? "points " + Math.round(100 * changes[i]) : "shift " + changes[i];
            printPower(name(family, size), change, new DriftRoc(none), alarms[0], alarms[i + 1]);
        }
        return loud.size() + behind.size() > flags;
    }

    private void printFalseAlarms(String cell, Family family, Size size, double[] none, Alarms alarms) {
        double ringing = ringing(none);
        int reports = none.length / COLUMNS;
        if (ringing > LEVEL + 2 * Math.sqrt(LEVEL * (1 - LEVEL) / reports)) {
            loud.add(String.format(Locale.ROOT, "%s %.1f %%", cell, 100 * ringing));
        }
        Map<String, Double> shares = new TreeMap<>();
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%s%-28s reports ringing %4.1f %% of %d; flagged",
                aloud ? "" : "again: ",
                cell,
                100 * ringing,
                reports));
        alarms.rings.forEach((rule, rings) -> {
            double share = rate(rings);
            line.append(String.format(Locale.ROOT, "  %s %.1f %%", rule, 100 * share));
            shares.put(rule, 1 - Math.pow(1 - share, COLUMNS));
        });
        System.out.println(line);
        shares.put("drift()", ringing);
        if (family.changes().length > 0) {
            String kind = family.isCategorical() ? family.name().replaceAll(" of .*", " categories") : "numbers";
            flagged.computeIfAbsent(
                            String.format(Locale.ROOT, "%-19s %,d / %,d", kind, size.n, size.m),
                            unknown -> new ArrayList<>())
                    .add(shares);
        }
    }

    /** Returns the share of reports on 20 columns that ring. Columns of a report are against different references. */
    private static double ringing(double[] none) {
        int reports = none.length / COLUMNS;
        int ringing = 0;
        for (int report = 0; report < reports; report++) {
            double[] p = new double[COLUMNS];
            for (int column = 0; column < COLUMNS; column++) {
                p[column] = none[report + column * reports];
            }
            double[] adjusted = MultipleTesting.BENJAMINI_HOCHBERG.adjust(p);
            ringing += Arrays.stream(adjusted).anyMatch(value -> value <= LEVEL) ? 1 : 0;
        }
        return (double) ringing / reports;
    }

    private void printPower(String cell, String change, DriftRoc roc, Alarms none, Alarms changed) {
        double inReport =
                Arrays.stream(changed.pValues).filter(p -> p <= LEVEL / COLUMNS).count()
                        / (double) changed.pValues.length;
        StringBuilder line = new StringBuilder(
                String.format(Locale.ROOT, "    %-12s ours in a report %.2f; theirs/ours", change, inReport));
        changed.rings.forEach((rule, rings) -> {
            DriftRoc.Comparison comparison = roc.compare(none.of(rule), rings, changed.pValues);
            line.append(String.format(Locale.ROOT, "  %s %.2f/%.2f", rule, comparison.theirs(), comparison.ours()));
            compared++;
            contested += comparison.error() > 0 ? 1 : 0;
            if (comparison.isBehind()) {
                String text = String.format(
                        Locale.ROOT,
                        "%s %s: %s %.3f, ours %.3f at %.2f %% false alarms; standard error %.3f",
                        cell,
                        change,
                        rule,
                        comparison.theirs(),
                        comparison.ours(),
                        100 * rate(none.of(rule)),
                        comparison.error());
                (changed.isBelowFloor() ? belowFloor : behind).add(text);
            }
        });
        System.out.println(line);
    }

    /** Prints the share of reports on 20 undrifted columns that ring, by kind and size, averaged over families. */
    private void printFlagged() {
        System.out.printf("%nShare of reports on 20 undrifted columns that ring, in %%%n");
        List<String> rules = List.of("drift()", "KS 0.05", "Evidently", "NannyML", "Robust");
        flagged.forEach((kindAndSize, families) -> {
            StringBuilder line = new StringBuilder(String.format("%-42s", kindAndSize));
            for (String rule : rules) {
                double mean = families.stream()
                        .mapToDouble(shares -> shares.getOrDefault(rule, Double.NaN))
                        .average()
                        .orElse(Double.NaN);
                line.append(
                        Double.isNaN(mean)
                                ? String.format("  %s -", rule)
                                : String.format(Locale.ROOT, "  %s %.1f", rule, 100 * mean));
            }
            System.out.println(line);
        });
    }

    private static double rate(boolean[] rings) {
        int count = 0;
        for (boolean ring : rings) {
            count += ring ? 1 : 0;
        }
        return (double) count / rings.length;
    }

    /** The results of all rules for the same windows. */
    private static final class Alarms {

        private final double[] pValues;
        private final Map<String, boolean[]> rings = new LinkedHashMap<>();
        private int belowFloor;

        Alarms(int windows) {
            pValues = new double[windows];
        }

        void add(int window, DriftTrial.Verdict ours, Map<String, Boolean> theirs) {
            pValues[window] = ours.pValue();
            belowFloor += ours.isBelowFloor() ? 1 : 0;
            theirs.forEach((rule, alarm) ->
                    rings.computeIfAbsent(rule, unknown -> new boolean[pValues.length])[window] = alarm);
        }

        /** Returns a rule's alarms, none where it was never defined. */
        boolean[] of(String rule) {
            return rings.getOrDefault(rule, new boolean[pValues.length]);
        }

        boolean isBelowFloor() {
            return belowFloor > pValues.length / 2;
        }
    }
}
