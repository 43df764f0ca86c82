package io.modelmonitor;

import static io.modelmonitor.api.Constraint.on;
import static io.modelmonitor.fairness.Bias.bias;
import static io.modelmonitor.quality.ModelQuality.modelQuality;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
import io.modelmonitor.capture.CaptureFiles;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.labels.GroundTruth;
import io.modelmonitor.labels.LabelledCaptures;
import io.modelmonitor.sink.Sinks;
import io.modelmonitor.watch.Captures;
import io.modelmonitor.watch.Watch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests of what JShell prints for the objects that users hold: a description, never an address. */
class WhatPrintsWellTest {

    private static final Path FOLDER = Path.of("captures");

    private static Stream<Object> whatUsersHold() {
        Dataset table =
                Datasets.columns().add("age", new double[] {20, 30, 40, 50}).build();
        Baseline baseline = Baseline.of(table);
        Monitor monitor = Monitor.against(baseline);
        Report report = monitor.check(table);
        Measurement measurement = monitor.measure(table);
        return Stream.of(
                baseline,
                baseline.schema(),
                baseline.metrics(),
                baseline.describe(),
                monitor,
                monitor.constraints(),
                monitor.every(Duration.ofHours(1)),
                monitor.everyRows(5),
                measurement,
                report,
                report.table(),
                report.metrics("age"),
                on("age").drift("psi"),
                modelQuality().label("y").prediction("p"),
                bias("gender", "F").label("y").prediction("p"),
                ConstraintSuggester.standard(),
                DataCapture.of("credit-risk"),
                Sinks.memory(10),
                Sinks.files(FOLDER),
                CaptureFiles.in(FOLDER),
                Captures.in(FOLDER),
                LabelledCaptures.of(CaptureFiles.in(FOLDER), GroundTruth.create()),
                GroundTruth.create(),
                Watch.of(monitor, Captures.in(FOLDER)).hourly(),
                Datasets.captures(FOLDER),
                Datasets.csv(FOLDER),
                Datasets.jsonLines(FOLDER),
                Datasets.file(FOLDER),
                Datasets.rows(List.of(Map.of("a", 1))),
                Datasets.csvText("a\n"),
                Datasets.columns().add("x", new double[2]),
                table,
                table.select("age").with("old", row -> row.number("age") > 30),
                Datasets.concat(table, table));
    }

    @Test
    void noObjectSaysItsAddress() {
        assertThat(whatUsersHold()).allSatisfy(held -> assertThat(held.toString())
                .as(held.getClass().getName())
                .isNotBlank()
                .doesNotContainPattern("[@/][0-9a-f]{4,16}|Lambda"));
    }

    @Test
    void aCaptureSaysWhatItCaptures() {
        try (DataCapture capture =
                DataCapture.of("credit-risk").sink(Sinks.memory(10)).start()) {
            assertThat(capture).hasToString("capture of credit-risk");
        }
    }

    @Test
    void theyFitIntoATerminal() {
        assertThat(whatUsersHold())
                .filteredOn(held -> !(held instanceof Report || held instanceof String || held instanceof List))
                .allSatisfy(held -> assertThat(held.toString().lines().count())
                        .as(held.getClass().getName())
                        .isLessThan(60));
    }
}
