package io.modelmonitor;

import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Reference;
import io.modelmonitor.api.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A baseline whose features are expected as the constraints say, which may have been edited. */
record ExpectedReference(Baseline baseline, Schema schema) implements Reference {

    @Override
    public List<Metric> metrics() {
        return baseline.metrics();
    }

    @Override
    public @Nullable Metric metric(String name, String subject) {
        return baseline.metric(name, subject);
    }
}
