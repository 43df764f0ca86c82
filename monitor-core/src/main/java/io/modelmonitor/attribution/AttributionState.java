package io.modelmonitor.attribution;

import io.modelmonitor.api.Explanation;
import io.modelmonitor.api.Row;
import io.modelmonitor.stats.attribution.GlobalAttribution;
import io.modelmonitor.stats.attribution.RowSample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** What an {@link Attribution} keeps of the rows: those to be explained in the end, or what was explained as they came. */
final class AttributionState {

    /** The most rows that wait to be explained, whatever the budget pays for: memory is bounded. */
    private static final int MOST_KEPT = 100_000;

    private final FeatureReader reader;
    private final Method method;
    private final Budget budget;
    private final Executor executor;
    private final boolean everyRow;
    private final RowSample sample;
    private final GlobalAttribution global;
    private final Failures failures = new Failures();
    private List<String> features = List.of();
    private long rows;

    AttributionState(FeatureReader reader, Method method, long seed, Budget budget, Executor executor) {
        this.reader = reader;
        this.method = method;
        this.budget = budget;
        this.executor = executor;
        this.everyRow = budget.isEveryRow(method.callsPerRow());
        long most = Math.min(budget.rowsAt(method.callsPerRow()), MOST_KEPT);
        this.sample = RowSample.of((int) Math.max(1, most), seed);
        this.global = GlobalAttribution.empty(seed);
    }

    void add(Row row) {
        rows++;
        try {
            double[] values = reader.read(row);
            if (everyRow) {
                global.add(method.attributor().explain(values));
            } else {
                sample.add(values);
            }
        } catch (RuntimeException e) {
            failures.add(e, rows);
            sample.skip();
        }
        features = reader.names();
    }

    AttributionState merge(AttributionState other) {
        failures.addAll(other.failures, rows);
        global.merge(other.global);
        sample.merge(other.sample);
        rows += other.rows;
        features = features.isEmpty() ? other.features : features;
        return this;
    }

    /**
     * What became of the rows.
     *
     * @param features the names of the features, in order
     * @param global the explained rows
     * @param rows how many rows there were
     * @param note what was left out, and why; empty if nothing was
     */
    record Finished(List<String> features, GlobalAttribution global, long rows, String note) {}

    Finished finish() {
        String limit = everyRow ? "" : explainSample();
        List<String> notes = new ArrayList<>();
        if (!limit.isEmpty()) {
            notes.add(limit);
        }
        if (failures.count() > 0) {
            notes.add(failures.toString());
        }
        return new Finished(features, global, rows, String.join("; ", notes));
    }

    private String explainSample() {
        long affordable = budget.rowsAt(method.callsPerRow());
        if (affordable == 0) {
            return "a budget of " + budget.calls() + " calls does not pay for one row, which takes up to "
                    + method.callsPerRow();
        }
        Instant deadline = budget.deadline();
        // In random order, so that those done before a deadline are a fair sample too.
        List<RowSample.Row> chosen = sample.shuffled();
        List<CompletableFuture<Outcome>> pending = new ArrayList<>(chosen.size());
        for (RowSample.Row row : chosen) {
            pending.add(submitted(row, deadline));
        }
        List<Outcome> outcomes =
                new ArrayList<>(pending.stream().map(CompletableFuture::join).toList());
        outcomes.sort(Comparator.comparingLong(Outcome::row));
        long late = 0;
        for (Outcome outcome : outcomes) {
            late += outcome.explanation == null && outcome.failure == null ? 1 : 0;
            take(outcome);
        }
        if (late > 0) {
            return "time was up after " + budget.time() + ", " + late + " of " + chosen.size() + " sampled rows of "
                    + sample.rows() + " were left";
        }
        return chosen.size() < sample.rows()
                ? "a uniform sample of " + chosen.size() + " of " + sample.rows() + " rows"
                        + (affordable < budget.rows() ? ", which " + budget.calls() + " calls pay for" : "")
                : "";
    }

    private CompletableFuture<Outcome> submitted(RowSample.Row row, @Nullable Instant deadline) {
        try {
            return CompletableFuture.supplyAsync(() -> explain(row, deadline), executor);
        } catch (RejectedExecutionException e) {
            // Its own message names objects by their addresses, which differ from row to row.
            return CompletableFuture.completedFuture(new Outcome(
                    row.position(), null, new IllegalStateException("the executor is full or shut down", e)));
        }
    }

    /** A row's explanation, why there is none, or neither when time was up. */
    private record Outcome(
            long row,
            @Nullable Explanation explanation,
            @Nullable RuntimeException failure) {}

    private Outcome explain(RowSample.Row row, @Nullable Instant deadline) {
        if (budget.isOver(deadline)) {
            return new Outcome(row.position(), null, null);
        }
        try {
            return new Outcome(row.position(), method.attributor().explain(row.values()), null);
        } catch (RuntimeException e) {
            return new Outcome(row.position(), null, e);
        }
    }

    private void take(Outcome outcome) {
        if (outcome.failure != null) {
            failures.add(outcome.failure, outcome.row);
        }
        if (outcome.explanation != null) {
            try {
                global.add(outcome.explanation);
            } catch (RuntimeException e) {
                failures.add(e, outcome.row);
            }
        }
    }
}
