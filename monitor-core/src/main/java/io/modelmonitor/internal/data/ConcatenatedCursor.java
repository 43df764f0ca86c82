package io.modelmonitor.internal.data;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Column;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Feature;
import io.modelmonitor.api.Schema;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads datasets one after the other, matching their columns by name. */
public final class ConcatenatedCursor implements Dataset.Cursor {

    private final Iterator<? extends Dataset> rest;
    private final List<DataProblem> earlierProblems = new ArrayList<>();
    private Dataset.Cursor cursor;
    private Schema schema;
    private Schema matched = Schema.ofNames();
    private int[] positions = {};

    /** Opens the first of some datasets. */
    public ConcatenatedCursor(List<? extends Dataset> datasets) {
        this.rest = datasets.iterator();
        this.cursor = rest.next().open();
        this.schema = cursor.schema();
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public @Nullable Batch next() {
        while (true) {
            Batch batch = cursor.next();
            if (batch != null) {
                return matched(batch);
            }
            if (!rest.hasNext()) {
                return null;
            }
            earlierProblems.addAll(cursor.problems());
            cursor.close();
            cursor = rest.next().open();
        }
    }

    private Batch matched(Batch batch) {
        match(batch.schema());
        Column[] columns = new Column[schema.size()];
        for (int i = 0; i < positions.length; i++) {
            columns[positions[i]] = batch.column(i);
        }
        for (int i = 0; i < columns.length; i++) {
            columns[i] = columns[i] == null ? ValueColumns.missing(batch.size()) : columns[i];
        }
        return new Batch(schema, batch.size(), columns);
    }

    /** Finds where the columns of a schema go, adding those that are new. */
    private void match(Schema given) {
        if (given.equals(matched)) {
            return;
        }
        List<Feature> features = new ArrayList<>(schema.features());
        positions = new int[given.size()];
        for (int i = 0; i < positions.length; i++) {
            Feature feature = given.features().get(i);
            positions[i] = schema.indexOf(feature.name());
            if (positions[i] < 0) {
                positions[i] = features.size();
                features.add(feature);
            }
        }
        schema = features.size() == schema.size() ? schema : Schema.of(features);
        matched = given;
    }

    @Override
    public List<DataProblem> problems() {
        List<DataProblem> all = new ArrayList<>(earlierProblems);
        all.addAll(cursor.problems());
        return all;
    }

    @Override
    public void close() {
        cursor.close();
    }
}
