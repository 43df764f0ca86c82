package io.modelmonitor.attribution;

import io.modelmonitor.api.Explanation;
import io.modelmonitor.api.Row;
import io.modelmonitor.stats.attribution.GlobalAttribution;
import io.modelmonitor.stats.attribution.RowSample;
import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The state of an {@link Attribution}: rows to be explained in the end, or what was explained as they came. */
final class AttributionState {

    /** The most rows that wait to be explained, whatever the budget pays for: memory is bounded. */
    private static final int MOST_KEPT = 100_000;

    private final FeatureReader reader;
    private final Method method;
    private final Budget budget;
    private final Executor executor;
    private final boolean everyRow;
    private final long seed;
    private RowSample sample;
    private GlobalAttribution global;
    private final UnexplainedRows failures = new UnexplainedRows();
    /** Attributions of each output that are known without their rows, in the order of the features; mostly none. */
    private List<double[]> stated = List.of();
    /** The reasons why rows were not explained. */
    private final Set<String> limits = new LinkedHashSet<>();

    private List<String> features = List.of();
    private long rows;

    AttributionState(FeatureReader reader, Method method, long seed, Budget budget, Executor executor) {
        this.reader = reader;
        this.method = method;
        this.budget = budget;
        this.executor = executor;
        this.everyRow = budget.isEveryRow(method.callsPerRow());
        this.seed = seed;
        this.sample = emptySample();
        this.global = GlobalAttribution.empty(seed);
    }

    private RowSample emptySample() {
        long most = Math.min(budget.rowsAt(method.callsPerRow()), MOST_KEPT);
        return RowSample.of((int) Math.max(1, most), seed);
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
        if ((!stated.isEmpty() && other.rows > 0) || (!other.stated.isEmpty() && rows > 0)) {
            throw new IllegalArgumentException("attributions that are known without their rows cannot be merged");
        }
        stated = stated.isEmpty() ? other.stated : stated;
        failures.addAll(other.failures, rows);
        global.merge(other.global);
        sample.merge(other.sample);
        limits.addAll(other.limits);
        rows += other.rows;
        features = features.isEmpty() ? other.features : features;
        return this;
    }

    /** Explains the rows that wait for it. */
    void complete() {
        if (!everyRow && sample.rows() > 0) {
            String limit = explainSample();
            if (!limit.isEmpty()) {
                limits.add(limit);
            }
            sample = emptySample();
        }
    }

    /** Returns the names of the features, in order. */
    List<String> features() {
        return features;
    }

    /** Returns attributions of each output that are known without their rows; empty if there are rows. */
    List<double[]> stated() {
        return stated;
    }

    /** Takes over attributions that are known without their rows. */
    AttributionState state(List<String> ofFeatures, List<double[]> attributions) {
        features = List.copyOf(ofFeatures);
        stated = List.copyOf(attributions);
        return this;
    }

    /** Returns the number of outputs that something is known of. */
    int outputs() {
        return stated.isEmpty() ? global.outputs() : stated.size();
    }

    /** Returns the explained rows. */
    GlobalAttribution global() {
        return global;
    }

    /** Returns how many rows there were. */
    long rows() {
        return rows;
    }

    /** Returns what was left out, and why; empty if nothing was. */
    String note() {
        List<String> notes = new ArrayList<>(limits);
        if (failures.count() > 0) {
            notes.add(failures.toString());
        }
        return String.join("; ", notes);
    }

    void write(DataOutput out) throws IOException {
        Packed.writeCount(out, rows);
        writeTexts(out, features);
        writeTexts(out, limits);
        Packed.writeCount(out, stated.size());
        for (double[] attributions : stated) {
            for (double attribution : attributions) {
                out.writeDouble(attribution);
            }
        }
        failures.write(out);
        global.write(out);
        sample.write(out);
    }

    /** Takes over what was written, in place of what is here. */
    void read(DataInput in) throws IOException {
        rows = Packed.readCount(in, "rows");
        features = readTexts(in, "features");
        limits.addAll(readTexts(in, "reasons"));
        List<double[]> read = new ArrayList<>();
        for (long left = Packed.readCount(in, "outputs"); left > 0; left--) {
            double[] attributions = new double[features.size()];
            for (int i = 0; i < attributions.length; i++) {
                attributions[i] = in.readDouble();
            }
            read.add(attributions);
        }
        stated = List.copyOf(read);
        failures.read(in);
        global = GlobalAttribution.read(in);
        sample = RowSample.read(in);
    }

    private static void writeTexts(DataOutput out, Collection<String> texts) throws IOException {
        Packed.writeCount(out, texts.size());
        for (String text : texts) {
            Packed.writeText(out, text);
        }
    }

    private static List<String> readTexts(DataInput in, String what) throws IOException {
        List<String> texts = new ArrayList<>();
        for (long left = Packed.readCount(in, what); left > 0; left--) {
            texts.add(Packed.readText(in, what));
        }
        return texts;
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
        List<Outcome> outcomes = new Explaining(chosen, deadline).outcomes();
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

    /**
     * The work of explaining rows. Each thread takes the next row that is left, the calling thread too, which waits only
     * for rows that others have begun: an executor may be busy, full, shut down, or forget what it was given.
     */
    private final class Explaining implements Runnable {

        private final List<RowSample.Row> chosen;
        private final @Nullable Instant deadline;
        private final List<CompletableFuture<Outcome>> done;
        private final AtomicInteger next = new AtomicInteger();

        private Explaining(List<RowSample.Row> chosen, @Nullable Instant deadline) {
            this.chosen = chosen;
            this.deadline = deadline;
            this.done =
                    chosen.stream().map(row -> new CompletableFuture<Outcome>()).toList();
        }

        private List<Outcome> outcomes() {
            try {
                for (int helpers = 1; helpers < chosen.size(); helpers++) {
                    executor.execute(this);
                }
            } catch (RejectedExecutionException e) {
                // The executor has no more threads to spare: the calling thread does the rest.
            }
            run();
            return new ArrayList<>(done.stream().map(CompletableFuture::join).toList());
        }

        @Override
        public void run() {
            for (int i = next.getAndIncrement(); i < chosen.size(); i = next.getAndIncrement()) {
                try {
                    done.get(i).complete(explain(chosen.get(i), deadline));
                } catch (Throwable e) { // an error of the model, which is thrown where it is waited for
                    done.get(i).completeExceptionally(e);
                }
            }
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
