package io.modelmonitor.sagemaker;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.data.Datasets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;

/** Finds real files of the service under the folder of the system property {@code service.files}. */
final class ServiceSamples {

    static final String CHURN_TRAINING = "sagemaker-examples/churn-tabular/training-dataset-with-header.csv";
    static final String CHURN_STATISTICS = "notebook-outputs/dq_churn_2021/statistics.five-features.json";
    static final String CHURN_CONSTRAINTS = "notebook-outputs/dq_churn_2021/constraints.json";
    static final String CHURN_VIOLATIONS = "notebook-outputs/dq_churn_2021/constraint_violations.first10.json";
    static final String PIPELINE = "python-sdk-tests/pipeline/quality_check_step/data_quality/";

    private ServiceSamples() {}

    /** Returns a file, or skips the test with a message that says which is not there. */
    static Path file(String name) {
        Path file = Path.of(System.getProperty("service.files", "")).resolve(name);
        Assumptions.assumeTrue(
                Files.isRegularFile(file),
                "no file '" + file + "'; name the folder of samples with -Dservice.files=..");
        return file;
    }

    static Dataset churnTraining() {
        return Datasets.csv(file(CHURN_TRAINING));
    }

    static Dataset pipelineBaseline() {
        return Datasets.csv(file(PIPELINE + "baseline_dataset.csv")).noHeader();
    }

    /**
     * Returns the hour that the service found 60 violations in: 1,915 captured rows without a header, the model's output in
     * front. Its inputs are reconstructed; the probabilities are made up, which no reported figure depends on.
     */
    static Dataset churnLiveWindow(Path folder) throws IOException {
        List<String> rows =
                new ArrayList<>(Files.readAllLines(file("sagemaker-examples/churn-tabular/test_sample.csv")));
        List<String> inputs = Files.readAllLines(file("sagemaker-examples/churn-tabular/test-dataset-input-cols.csv"));
        for (int i = 0; i < 5; i++) {
            rows.addAll(inputs);
        }
        rows.addAll(inputs.subList(0, 65));
        SplittableRandom random = new SplittableRandom(2021);
        List<String> captured = new ArrayList<>();
        for (String row : rows) {
            double likely = random.nextDouble();
            captured.add(0.005 + 0.99 * likely * likely * likely + "," + row);
        }
        Path file = folder.resolve("captured.csv");
        Files.write(file, captured);
        return Datasets.csv(file).noHeader();
    }
}
