package io.modelmonitor.labels;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.capture.Privacy;
import io.modelmonitor.internal.ProblemCounts;
import io.modelmonitor.labels.LabelIndex.Label;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Labels as they arrive, by the identifier of the request that they belong to: its inference id, or its event id if it had
 * none.
 *
 * <pre>{@code
 * GroundTruth labels = GroundTruth.create();
 * labels.record("order-17", "1");
 * labels.read(Path.of("ground-truth"));
 * }</pre>
 *
 * <p>Of several labels for one identifier the last one counts. How many came again, and how many of these said something else,
 * is counted; so are labels that came too late. Joining changes nothing here. Needs 35 to 70 bytes for each label, whatever its
 * identifier, and some 200 more for each spelling of a label that is no number, or was read as JSON. Safe for use by several threads.
 */
public final class GroundTruth {

    private final @Nullable Instant deadline;
    private final @Nullable Privacy privacy;
    private final LabelIndex index = new LabelIndex();
    private final ProblemCounts invalid = new ProblemCounts();
    private long repeated;
    private long conflicting;
    private long late;

    private GroundTruth(@Nullable Instant deadline, @Nullable Privacy privacy) {
        this.deadline = deadline;
        this.privacy = privacy;
    }

    /** Returns ground truth without a label. */
    public static GroundTruth create() {
        return new GroundTruth(null, null);
    }

    /** Returns ground truth that takes only labels collected up to a moment; later ones are counted as late. */
    public static GroundTruth collectedUntil(Instant deadline) {
        return new GroundTruth(deadline, null);
    }

    /**
     * Returns ground truth without a label, of the same deadline, whose labels belong to requests that were captured with protected
     * ids. Labels come with ids as they are, and are joined by what the capture made of them:
     *
     * <pre>{@code
     * Privacy ids = Privacy.hash("inferenceId", key);
     * DataCapture.of("churn").protectingMetadata(ids).sink(sink).start();
     * GroundTruth.create().protectingIds(ids).read(Path.of("ground-truth"));
     * }</pre>
     *
     * @param ids the capture's privacy, or one of the same key
     * @throws IllegalArgumentException if it is no hash, so that identifiers are not told apart by what it makes of them
     * @throws IllegalStateException if there is a label already
     */
    public GroundTruth protectingIds(Privacy ids) {
        if (Objects.equals(ids.applyToText("a"), ids.applyToText("b"))) {
            throw new IllegalArgumentException("privacy of '" + ids.field()
                    + "' makes different ids the same, and labels are joined by them; use Privacy.hash");
        }
        if (size() > 0) {
            throw new IllegalStateException("there are " + size() + " labels already, of ids that are not protected");
        }
        return new GroundTruth(deadline, ids);
    }

    /** Records a label as of no particular time, so that it is never late. Text of several lines is a label for each row. */
    public void record(String id, String label) {
        put(id, label, null);
    }

    /** Records a label that was collected at a moment. */
    public void record(String id, String label, Instant collected) {
        record(id, label, null, collected);
    }

    /** Records a label with the JSON that said it, if any, and when it was collected, if that is known. */
    void record(String id, String label, @Nullable String json, @Nullable Instant collected) {
        if (deadline != null && collected != null && collected.isAfter(deadline)) {
            synchronized (this) {
                late++;
            }
        } else {
            put(id, label, json);
        }
    }

    /**
     * Records the labels of a file, or of all files below a folder whose names end with {@code .jsonl}, in the managed
     * service's format. Files in a folder {@code yyyy/mm/dd/hh} were collected in that hour, and are taken to be collected at
     * its beginning. A record that was merged with its request, as by {@link MergedRecords}, is known by that request's inference
     * id, if it has one. Lines that are no ground truth are counted and left out.
     *
     * @throws java.io.UncheckedIOException if a file cannot be read
     */
    public void read(Path fileOrFolder) {
        GroundTruthFiles.read(fileOrFolder, this);
    }

    private synchronized void put(String id, String label, @Nullable String json) {
        Label known = new Label(normalised(label), json);
        Label before = index.put(protectedId(id), known);
        if (before != null) {
            repeated++;
            conflicting += before.text().equals(known.text()) ? 0 : 1;
        }
    }

    private String protectedId(String id) {
        return privacy == null ? id : Objects.requireNonNull(privacy.applyToText(id), "a hash");
    }

    private static String normalised(String label) {
        return label.indexOf('\n') < 0
                ? Labels.normalised(label)
                : String.join(
                        "\n", label.strip().lines().map(Labels::normalised).toList());
    }

    /** Notes a line that could not be read. */
    synchronized void skip(String description, long line) {
        invalid.add(description, 1, line);
    }

    /** Notes a line of a file that could not be read; 0 means the file as a whole. Files are named while they are few. */
    synchronized void skip(String what, Path file, long line) {
        invalid.addIn(file, what, line);
    }

    /** Returns the label of an identifier, one a line if its request has several rows; null if there is none. */
    public @Nullable String label(String id) {
        Label label = find(protectedId(id));
        return label == null ? null : label.text();
    }

    /** Returns what a request's label is kept by: its inference id as it was captured, or its event id as a label's id. */
    String joinId(CaptureRecord request) {
        return request.inferenceId() == null ? protectedId(request.eventId()) : request.inferenceId();
    }

    /** Returns the label of a request, and the JSON that said it; null if there is none. */
    @Nullable
    Label find(CaptureRecord request) {
        return find(joinId(request));
    }

    private synchronized @Nullable Label find(String id) {
        return index.get(id);
    }

    /** Returns the number of identifiers that have a label. */
    public synchronized long size() {
        return index.size();
    }

    /** Returns how many labels came for an identifier that had one. */
    public synchronized long repeated() {
        return repeated;
    }

    /** Returns how many of these were another label. */
    public synchronized long conflicting() {
        return conflicting;
    }

    /** Returns how many labels were collected after the deadline, and left out. */
    public synchronized long late() {
        return late;
    }

    /** Returns what was wrong with the labels; labels of requests that were not captured are known to a join only. */
    public synchronized List<DataProblem> problems() {
        List<DataProblem> problems = new ArrayList<>();
        addIfAny(problems, "label for an identifier that had one; the last counts", repeated);
        addIfAny(problems, "label that contradicts an earlier one; the last counts", conflicting);
        addIfAny(problems, "label collected after the deadline; left out", late);
        invalid.list().stream()
                .map(problem -> new DataProblem(
                        "ground truth left out: " + problem.description(), problem.count(), problem.lines()))
                .forEach(problems::add);
        return problems;
    }

    static void addIfAny(List<DataProblem> problems, String description, long count) {
        if (count > 0) {
            problems.add(new DataProblem(description, count, List.of()));
        }
    }

    @Override
    public String toString() {
        return size() + " labels";
    }
}
