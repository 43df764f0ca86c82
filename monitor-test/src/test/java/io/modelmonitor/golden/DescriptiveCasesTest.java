package io.modelmonitor.golden;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Metric;
import io.modelmonitor.data.CsvDataset;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.sagemaker.ServiceFiles;
import io.modelmonitor.spi.MetricCalculator;
import io.modelmonitor.stats.sketch.Profile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class DescriptiveCasesTest {

    @TestFactory
    Stream<DynamicTest> tables() {
        return GoldenCases.of("descriptive", "table", golden -> {
            Profile profile = Profile.create();
            try (Dataset.Cursor cursor = table(golden).open()) {
                profile.announce(cursor.schema());
                for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                    profile.add(batch);
                }
            }
            DescriptiveChecks.check(golden, profile);
            DescriptiveChecks.checkService(golden, measured(ServiceFiles.measures(), table(golden)));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            profile.write(new DataOutputStream(bytes));
            DescriptiveChecks.check(
                    golden, Profile.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))));
        });
    }

    private static <S> List<Metric> measured(MetricCalculator<S> calculator, Dataset table) {
        S state = calculator.start();
        try (Dataset.Cursor cursor = table.open()) {
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                calculator.add(state, batch);
            }
        }
        return calculator.measure(state, null, Constraints.none());
    }

    private static Dataset table(GoldenCase golden) {
        JsonNode parameters = golden.parameters();
        List<String> missing = new ArrayList<>();
        parameters.path("missing_tokens").forEach(token -> missing.add(token.asText()));
        missing.removeIf(String::isEmpty);
        String encoding = parameters.path("encoding").asText();
        CsvDataset csv = Datasets.csv(golden.input("table"))
                .delimiter(parameters.path("delimiter").asText().charAt(0))
                .quote(parameters.path("quote").asText().charAt(0))
                // Python's name for UTF-8 with a byte order mark.
                .charset(encoding.equals("utf-8-sig") ? StandardCharsets.UTF_8 : Charset.forName(encoding))
                .missing(missing.toArray(String[]::new));
        csv = parameters.path("header").asBoolean() ? csv : csv.noHeader();
        return parameters.path("trim").asBoolean() ? csv.trimmed() : csv;
    }
}
