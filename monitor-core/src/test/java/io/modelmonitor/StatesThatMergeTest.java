package io.modelmonitor;

import static io.modelmonitor.api.Constraint.on;
import static io.modelmonitor.api.Constraint.onDataset;
import static io.modelmonitor.attribution.Attribution.attributionByRow;
import static io.modelmonitor.fairness.Bias.bias;
import static io.modelmonitor.quality.ModelQuality.modelQuality;
import static java.util.stream.Collectors.averagingDouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.NamedDrift;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Schema;
import io.modelmonitor.capture.CaptureFiles;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.labels.GroundTruth;
import io.modelmonitor.labels.LabelledCaptures;
import io.modelmonitor.report.Reports;
import io.modelmonitor.sink.Sinks;
import io.modelmonitor.spi.MetricCalculator;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one idea from end to end: what is saved, merged, live or in files is the same measurement, judged the same. */
class StatesThatMergeTest {

    private static final Schema APPLICATIONS =
            Schema.ofNames("age", "debt", "sex", "region", "defaulted", "score", "always", "never");

    private static final MetricCalculator<?>[] CALCULATORS = {
        modelQuality().label("defaulted").score("score"),
        modelQuality().label("always").prediction("always").named("perfect"),
        modelQuality().label("defaulted").score("score").by("region"),
        bias("sex", "F").label("defaulted").predictionAbove("score", 0.5),
        attributionByRow(row -> 0.01 * row[0] + row[1])
                .background(
                        Datasets.of(
                                Schema.ofNames("age", "debt"), List.of(new Object[] {30, 0.2}, new Object[] {50, 0.6})),
                        "age",
                        "debt")
                .maxRows(60),
        MetricCalculator.of("mean_debt", averagingDouble(row -> row.number("debt")))
    };

    @TempDir
    private Path folder;

    @Test
    @Tag("exhaustive")
    void aBaselineFromDiskSuggestsAndJudgesAsTheOneInMemory() {
        Baseline made = Baseline.of(applications(2_000, 1, 0, 0.5), distinct());
        made.save(folder.resolve("baseline"));
        Baseline loaded = Baseline.load(folder.resolve("baseline"), distinct());

        assertThat(loaded.metrics()).isEqualTo(made.metrics());
        assertThat(ConstraintSuggester.standard().suggest(loaded))
                .isEqualTo(ConstraintSuggester.standard().suggest(made));
        Monitor one = watching(made);
        Monitor other = watching(loaded);
        Set<Class<?>> kinds = new HashSet<>();
        int violated = 0;
        for (int window = 0; window < 200; window++) {
            // Every other window is of a population that drifts further and further.
            double shift = window % 2 == 0 ? 0 : window / 200.0;
            Dataset data = applications(60 + window, 100 + window, shift, window % 5 == 0 ? 0 : 0.5);
            Report report = one.check(data);
            assertThat(other.check(data)).isEqualTo(report);
            report.metrics().forEach(metric -> kinds.add(metric.evidence().getClass()));
            violated += report.violations().isEmpty() ? 0 : 1;
        }
        assertThat(violated).isBetween(20, 180);
        assertThat(kinds)
                .containsExactlyInAnyOrder(
                        Evidence.Exact.class,
                        Evidence.Proportion.class,
                        Evidence.ComparedProportion.class,
                        Evidence.ComparedMean.class,
                        Evidence.StandardError.class,
                        Evidence.Limits.class,
                        Evidence.PValue.class);
    }

    @Test
    void aReportIsEqualToItselfAfterJson() {
        Monitor monitor = watching(Baseline.of(applications(2_000, 1, 0, 0.5), distinct()));
        for (int window = 0; window < 10; window++) {
            Report report = monitor.check(applications(300, 50 + window, window / 10.0, 0.5));
            assertThat(Reports.fromJson(Reports.json(report))).isEqualTo(report);
            assertThat(Reports.fromJson(Reports.json(report))).hasToString(report.toString());
        }
        Report nothing = monitor.check(applications(0, 1, 0, 0));
        assertThat(Reports.fromJson(Reports.json(nothing))).isEqualTo(nothing);
        Reports.save(nothing, folder.resolve("report.json"));
        assertThat(Reports.load(folder.resolve("report.json"))).isEqualTo(nothing);
    }

    @Test
    void measurementsOfPartsThatWereSavedAreJudgedAsTheWhole() {
        Monitor monitor = watching(Baseline.of(applications(2_000, 1, 0, 0.5), distinct()));
        Dataset[] parts = {
            applications(400, 7, 0.3, 0.5),
            applications(1, 8, 0.3, 0.5),
            applications(0, 9, 0, 0),
            applications(900, 10, 0.3, 0.5)
        };
        Measurement merged = null;
        for (int i = 0; i < parts.length; i++) {
            monitor.measure(parts[i]).save(folder.resolve("part" + i));
            Measurement part = monitor.load(folder.resolve("part" + i));
            merged = merged == null ? part : merged.merge(part);
        }
        Report whole = monitor.check(Datasets.concat(parts));
        alike(monitor.judge(merged), whole);
    }

    @Test
    void aLiveWindowItsFilesItsLabelledCapturesAndThreeMergedReplicasGiveEqualReports() {
        Schema features = Schema.ofNames("age", "debt");
        Schema answers = Schema.ofNames("score");
        Baseline baseline = Baseline.of(
                answered(3_000, 1), MetricCalculator.of("mean_debt", averagingDouble(row -> row.number("debt"))));
        List<Report> live = new CopyOnWriteArrayList<>();
        List<CaptureRecord> records = new CopyOnWriteArrayList<>();
        Monitor monitor = Monitor.against(baseline).requiring(on("debt").drift("psi"));
        Monitor telling = monitor.reportingTo(live::add);
        Clock noon = Clock.fixed(Instant.parse("2026-03-04T12:00:00Z"), ZoneOffset.UTC);
        GroundTruth labels = GroundTruth.create();
        Random random = new Random(2);
        try (DataCapture capture = DataCapture.of("credit")
                .inputs(features)
                .outputs(answers)
                .sink(Sinks.all(
                        Sinks.files(folder),
                        batch -> records.addAll(batch.records()),
                        telling.every(Duration.ofHours(1)).clock(noon)))
                .clock(noon)
                .start()) {
            for (int i = 0; i < 6_000; i++) {
                capture.record(
                        "id" + i, new double[] {18 + random.nextInt(60), random.nextDouble()}, random.nextDouble());
                labels.record("id" + i, "1");
            }
        }
        Dataset files = Datasets.captures(folder).columns("score", "age", "debt");
        Report ofFiles = monitor.check(files);
        assertThat(live).hasSize(1);
        assertThat(live.get(0).metrics()).isEqualTo(ofFiles.metrics());
        assertThat(live.get(0).assessments()).isEqualTo(ofFiles.assessments());
        assertThat(live.get(0).status()).isEqualTo(ofFiles.status());
        assertThat(live.get(0).start()).isEqualTo(Instant.parse("2026-03-04T12:00:00Z"));
        assertThat(live.get(0).end()).isEqualTo(Instant.parse("2026-03-04T13:00:00Z"));

        Dataset labelled = LabelledCaptures.of(CaptureFiles.in(folder), labels)
                .outputs("score")
                .inputs("age", "debt")
                .labelled("truth");
        Report withLabels = monitor.check(labelled);
        for (String subject : List.of("score", "age", "debt")) {
            assertThat(withLabels.metrics(subject)).isEqualTo(ofFiles.metrics(subject));
        }
        assertThat(withLabels.metric("", "mean_debt")).isEqualTo(ofFiles.metric("", "mean_debt"));

        Measurement replicas = null;
        for (int replica = 0; replica < 3; replica++) {
            LiveWindow window = new LiveWindow(monitor, io.modelmonitor.internal.data.CaptureRows.standard());
            window.add(records.subList(2_000 * replica, 2_000 * (replica + 1)));
            Measurement part = window.finish(null, null);
            part.save(folder.resolve("replica"));
            Measurement read = monitor.load(folder.resolve("replica"));
            replicas = replicas == null ? read : replicas.merge(read);
        }
        alike(monitor.judge(replicas), ofFiles);
    }

    /** The calculators, of which one is split. */
    private static MetricCalculator<?>[] distinct() {
        return CALCULATORS.clone();
    }

    private static Monitor watching(Baseline baseline) {
        Monitor monitor = Monitor.against(baseline)
                .requiring(onDataset().metric("mean_debt").between(0.45, 0.55));
        for (NamedDrift measure : NamedDrift.values()) {
            monitor = monitor.requiring(on("debt").drift(measure.toString()));
        }
        return monitor;
    }

    /**
     * Compares two reports of the same rows, of which one was merged: what counts is equal, sums to rounding, and what is sketched
     * to the sketch's error.
     */
    private static void alike(Report merged, Report whole) {
        assertThat(merged.rows()).isEqualTo(whole.rows());
        assertThat(merged.status()).isEqualTo(whole.status());
        assertThat(merged.failures()).isEqualTo(whole.failures());
        assertThat(merged.metrics().stream().map(Metric::id))
                .containsExactlyElementsOf(
                        whole.metrics().stream().map(Metric::id).toList());
        for (int i = 0; i < whole.metrics().size(); i++) {
            Metric expected = whole.metrics().get(i);
            double value = merged.metrics().get(i).value();
            boolean isSampled = expected.name().startsWith("attribution")
                    && !expected.name().equals("attribution.ndcg");
            if (expected.isDefined() && !isSampled) {
                double tolerance =
                        expected.name().startsWith("drift") ? 0.005 : 1e-9 * Math.max(1, Math.abs(expected.value()));
                tolerance = expected.name().equals("attribution.ndcg") ? 0.2 : tolerance;
                assertThat(value).as("%s", expected.id()).isCloseTo(expected.value(), within(tolerance));
            }
        }
        assertThat(merged.violations().stream()
                        .map(violation -> violation.constraint().id()))
                .containsExactlyInAnyOrderElementsOf(whole.violations().stream()
                        .map(violation -> violation.constraint().id())
                        .toList());
    }

    private static Dataset answered(int rows, long seed) {
        Random random = new Random(seed);
        List<Object[]> table = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            table.add(new Object[] {random.nextDouble(), 18 + random.nextInt(60), random.nextDouble()});
        }
        return Datasets.of(Schema.ofNames("score", "age", "debt"), table);
    }

    /** Returns applications whose debts are shifted, and of which a share is from women. */
    private static Dataset applications(int rows, long seed, double shift, double women) {
        Random random = new Random(seed);
        List<Object[]> table = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            double debt = random.nextDouble() + shift;
            boolean defaulted = random.nextDouble() < 0.2 + 0.4 * debt;
            table.add(new Object[] {
                18 + random.nextInt(60),
                random.nextInt(50) == 0 ? null : debt,
                random.nextDouble() < women ? "F" : "M",
                random.nextInt(3) == 0 ? "north" : "south",
                defaulted ? 1 : 0,
                Math.min(1, Math.max(0, 0.2 + 0.4 * debt + 0.2 * random.nextGaussian())),
                i % 2,
                null
            });
        }
        return Datasets.of(APPLICATIONS, table);
    }
}
