package io.modelmonitor.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says nothing. */
enum NoReference implements Reference {
    INSTANCE;

    @Override
    public Schema schema() {
        return Schema.of(List.of());
    }

    @Override
    public List<Metric> metrics() {
        return List.of();
    }

    @Override
    public @Nullable Metric metric(String name, String subject) {
        return null;
    }
}
