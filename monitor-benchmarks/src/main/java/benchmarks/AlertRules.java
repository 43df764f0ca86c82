package benchmarks;

import io.modelmonitor.api.Assessment;
import io.modelmonitor.api.Report;
import io.modelmonitor.stats.detection.ChangeDetector;
import io.modelmonitor.stats.detection.ChangeDetectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** When each of some rules first alerts over the same reports of hourly windows. */
final class AlertRules {

    /** The rules. The last three are detectors at their usual defaults, one for each column and its hourly value, or p at most 5 % of DDM. */
    static final List<String> NAMES =
            List.of("promise", "BH 5%", "p<=5%/tests", "3 of 5", "LORD++", "ADWIN", "Page-Hinkley", "DDM");

    private static final double LEVEL = 0.05;

    private final double tests;
    private final int[] first = new int[NAMES.size()];
    private final List<ChangeDetector> adwin = new ArrayList<>();
    private final List<ChangeDetector> pageHinkley = new ArrayList<>();
    private final List<ChangeDetector> ddm = new ArrayList<>();
    private final List<Integer> discoveries = new ArrayList<>();
    private int windows;
    private int counted;
    private int recent;

    /**
     * Creates rules that have seen nothing.
     *
     * @param tests how many tests of a column there are in a year, of all columns
     */
    AlertRules(double tests) {
        this.tests = tests;
    }

    boolean haveAllAlerted() {
        return Arrays.stream(first).allMatch(window -> window > 0);
    }

    /** Returns the window in which a rule first alerted, from 1; 0 for none. */
    int first(int rule) {
        return first[rule];
    }

    /**
     * Takes a report.
     *
     * @param isCounted whether alerts count, which those before a change do not
     */
    void take(Report report, boolean isAlert, boolean isCounted) {
        windows++;
        counted += isCounted ? 1 : 0;
        boolean isViolated = report.status() == Report.Status.VIOLATED;
        List<Assessment> assessments = report.assessments();
        double least = 1;
        boolean[] isFound = new boolean[3];
        for (int i = 0; i < assessments.size(); i++) {
            double p = assessments.get(i).pValue();
            double value = assessments.get(i).metric().value();
            least = Double.isNaN(p) ? least : Math.min(least, p);
            isFound[0] |= detector(adwin, i, () -> ChangeDetectors.adwin(0.002)).add(value);
            isFound[1] |= detector(pageHinkley, i, () -> ChangeDetectors.pageHinkley(0.005, 50, 0.9999, 30))
                    .add(value);
            isFound[2] |= detector(ddm, i, () -> ChangeDetectors.ddm(3, 30)).add(p <= LEVEL ? 1 : 0);
        }
        recent = (recent << 1 | (isViolated ? 1 : 0)) & 31;
        boolean[] isAlerted = {
            isAlert,
            isViolated,
            least <= LEVEL / tests,
            Integer.bitCount(recent) >= 3,
            isDiscovery(Math.min(1, least * assessments.size())),
            isFound[0],
            isFound[1],
            isFound[2]
        };
        for (int rule = 0; rule < first.length; rule++) {
            if (isCounted && isAlerted[rule] && first[rule] == 0) {
                first[rule] = counted;
            }
        }
    }

    private static ChangeDetector detector(List<ChangeDetector> detectors, int i, Supplier<ChangeDetector> made) {
        if (i == detectors.size()) {
            detectors.add(made.get());
        }
        return detectors.get(i);
    }

    /**
     * Returns whether LORD++ discovers the window, with the weights of its authors and an initial wealth of a tenth of the level (A. Ramdas et al.,
     * "Online control of the false discovery rate with decaying memory", NeurIPS 2017).
     */
    private boolean isDiscovery(double p) {
        double wealth = LEVEL / 10;
        double level = wealth * weight(windows);
        for (int i = 0; i < discoveries.size(); i++) {
            level += (i == 0 ? LEVEL - wealth : LEVEL) * weight(windows - discoveries.get(i));
        }
        boolean isDiscovery = p <= level;
        if (isDiscovery) {
            discoveries.add(windows);
        }
        return isDiscovery;
    }

    private static double weight(int t) {
        return 0.07720838 * Math.log(Math.max(t, 2)) / (t * Math.exp(Math.sqrt(Math.log(t))));
    }
}
