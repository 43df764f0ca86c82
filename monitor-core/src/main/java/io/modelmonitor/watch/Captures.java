package io.modelmonitor.watch;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.capture.CaptureFiles;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.labels.GroundTruth;
import io.modelmonitor.labels.LabelledCaptures;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The captured requests of each window, as rows; with labels, those that have one. Only the folders of a window's hours are read.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class Captures implements WindowSource {

    private final Path folder;
    private final List<String> outputs;
    private final List<String> inputs;
    private final @Nullable GroundTruth labels;

    private Captures(Path folder, List<String> outputs, List<String> inputs, @Nullable GroundTruth labels) {
        this.folder = folder;
        this.outputs = outputs;
        this.inputs = inputs;
        this.labels = labels;
    }

    /**
     * Returns the captures below a folder.
     *
     * @param folder the root of captures, or the folder of an endpoint or of a variant
     */
    public static Captures in(Path folder) {
        return new Captures(Objects.requireNonNull(folder, "folder"), List.of(), List.of(), null);
    }

    /** Names the columns of the model's answer that have no name of their own. */
    public Captures outputs(String... names) {
        return new Captures(folder, List.of(names), inputs, labels);
    }

    /** Names the columns of what the model was asked that have no name of their own. */
    public Captures inputs(String... names) {
        return new Captures(folder, outputs, List.of(names), labels);
    }

    /** Returns the requests that have a label, with a column {@code label}. */
    public Captures labelled(GroundTruth truth) {
        return new Captures(folder, outputs, inputs, Objects.requireNonNull(truth, "truth"));
    }

    @Override
    public Dataset of(Window window) {
        String[] answers = outputs.toArray(String[]::new);
        String[] questions = inputs.toArray(String[]::new);
        return labels == null
                ? Datasets.captures(folder)
                        .between(window.start(), window.end())
                        .outputs(answers)
                        .inputs(questions)
                : LabelledCaptures.of(CaptureFiles.in(folder).between(window.start(), window.end()), labels)
                        .outputs(answers)
                        .inputs(questions);
    }

    @Override
    public String toString() {
        return "captures in " + folder;
    }
}
