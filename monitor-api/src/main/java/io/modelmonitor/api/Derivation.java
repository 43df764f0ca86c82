package io.modelmonitor.api;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Adds a column that is made of each row, or puts it in the place of another. */
final class Derivation implements DatasetView.Step {

    private final Feature feature;
    private final RowFunction<Object> value;
    private Schema source = Schema.ofNames();
    private Schema derived;
    private int[] kept = {-1};

    Derivation(Feature feature, Function<? super Row, ?> value) {
        this.feature = feature;
        this.value =
                new RowFunction<>(value, "value of column '" + feature.name() + "' could not be made; it is missing");
        this.derived = Schema.of(List.of(feature));
    }

    /**
     * Returns the columns of a source and this one. It keeps its place between those of the source that were met before it was
     * first made and those that are met later.
     */
    @Override
    public Schema schema(Schema given) {
        if (!given.equals(source)) {
            boolean begun = source.size() > 0;
            int place = given.indexOf(feature.name());
            List<Feature> features = new ArrayList<>(given.features());
            int[] positions = new int[given.size() + (place < 0 ? 1 : 0)];
            int at = place >= 0 ? place : begun ? derived.indexOf(feature.name()) : given.size();
            for (int i = 0; i < positions.length; i++) {
                positions[i] = i == at ? -1 : i - (place < 0 && i > at ? 1 : 0);
            }
            if (place >= 0) {
                features.set(place, feature);
            } else {
                features.add(at, feature);
            }
            derived = Schema.of(features);
            kept = positions;
        }
        source = given;
        return derived;
    }

    @Override
    public @Nullable Batch change(Batch batch) {
        Schema schema = schema(batch.schema());
        @Nullable Object[] values = new Object[batch.extent()];
        value.begin(batch);
        for (int i = 0; i < batch.size(); i++) {
            values[batch.position(i)] = value.of(batch.row(i));
        }
        return batch.withColumns(schema, kept, ObjectColumn.of(values));
    }

    @Override
    public List<DataProblem> problems() {
        return value.problems();
    }
}
