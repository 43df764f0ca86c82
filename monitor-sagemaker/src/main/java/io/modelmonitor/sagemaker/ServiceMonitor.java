package io.modelmonitor.sagemaker;

import static io.modelmonitor.api.Constraint.on;

import io.modelmonitor.Baseline;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Report;
import io.modelmonitor.stats.sketch.KllSketch;
import io.modelmonitor.stats.sketch.Profile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * Monitors that give the managed service's own verdicts on data quality, quirk by quirk, so that a migration can show that
 * the same files give the same violations:
 *
 * <pre>{@code
 * Baseline baseline = ServiceFiles.readStatistics(Path.of("statistics.json"));
 * ServiceConstraints constraints = ServiceFiles.readConstraints(Path.of("constraints.json"));
 * Monitor monitor = ServiceMonitor.against(baseline, constraints);
 * Report report = monitor.check(Datasets.csv(Path.of("today.csv")));
 * ServiceFiles.writeViolations(report, monitor.constraints(), Path.of("constraint_violations.json"));
 * }</pre>
 *
 * <p>What differs from the default:
 *
 * <ul>
 *   <li>every value outside its bound is a violation: there is no allowance for chance;
 *   <li>a value is of a numeric type only if it is written exactly so: 7 is not fractional. The guide does not say whether
 *       the service agrees; its engine does;
 *   <li>columns are counted, so that one that is missing and one that is extra make up for each other; data whose columns
 *       are named {@code _c0}, {@code _c1} and so on is taken in the order of the baseline's columns;
 *   <li>drift is the greatest difference of two distribution functions, or of two shares of texts. In the sketch of numbers
 *       equal ones count once, and the correction of {@code Robust} then leaves nothing of the drift of a column of few
 *       values: the service could not see it;
 *   <li>texts are compared if the baseline has their histogram. {@code ChiSquared} gives {@code drift.chi_squared_p_value}
 *       with {@code Robust}, the test's p-value, which the threshold is a lower bound of, and the statistic as
 *       {@code drift} with {@code Simple}; how the service compares either is not known;
 *   <li>a column that has no distribution on either side is not compared, and that is no violation.
 * </ul>
 */
public final class ServiceMonitor {

    private ServiceMonitor() {}

    /**
     * Returns a monitor that judges as the service does.
     *
     * @param baseline the baseline, such as {@link ServiceFiles#readStatistics} gives
     * @param constraints what is required, such as {@link ServiceFiles#readConstraints} gives
     */
    public static Monitor against(Baseline baseline, ServiceConstraints constraints) {
        return against(baseline, constraints, ServiceDistances::collapsed);
    }

    /**
     * Returns a monitor that judges as the service was meant to: as {@link #against} does, but with every number of a
     * sketch counting, also those that are equal.
     */
    public static Monitor countingEveryNumber(Baseline baseline, ServiceConstraints constraints) {
        return against(baseline, constraints, ServiceDistances::complete);
    }

    private static Monitor against(
            Baseline baseline, ServiceConstraints constraints, Function<KllSketch, SortedMap<Double, Long>> weights) {
        return Monitor.against(baseline)
                .exactNames()
                .watchingOnly(new ServiceMetrics(constraints.features(), weights, baseline.profile()))
                .requiringOnly(checked(baseline.profile(), constraints));
    }

    /** Returns what the service checks of what a file says. */
    private static Constraints checked(Profile baseline, ServiceConstraints said) {
        Constraints all =
                said.constraints().without(constraint -> constraint.metric().equals("non_negative_share"));
        Set<String> uncompared = new HashSet<>();
        List<Constraint> tests = new ArrayList<>();
        for (ServiceFeature expected : said.features()) {
            String name = expected.feature().name();
            boolean known = baseline.hasColumn(name)
                    && ServiceMetrics.hasDistribution(expected.feature(), baseline.column(name));
            boolean tested = expected.settings().chiSquared()
                    && !expected.feature().type().isNumeric();
            if (!known || tested) {
                uncompared.add(name);
            }
            if (known && tested && expected.settings().evaluating() && expected.hasDriftCheck()) {
                double threshold = expected.settings().categoricalDistance();
                tests.add(
                        expected.settings().robust()
                                ? on(name).metric(ServiceMetrics.CHI_SQUARED).atLeast(threshold)
                                : on(name).metric("drift").atMost(threshold));
            }
        }
        return all.without(
                        constraint -> constraint.metric().equals("drift") && uncompared.contains(constraint.subject()))
                .with(tests);
    }

    /** Returns the message that a run of the service ends with. */
    public static String exitMessage(Report report) {
        int violations = report.violations().size();
        return switch (report.status()) {
            case NO_DATA -> "Failed: Job inputs had no data";
            case HEALTHY -> "Completed: Job completed successfully with no violations.";
            case INCOMPLETE -> "Failed: " + report.failures().get(0);
            case VIOLATED -> "CompletedWithViolations: Job completed successfully with " + violations + " violations.";
        };
    }
}
