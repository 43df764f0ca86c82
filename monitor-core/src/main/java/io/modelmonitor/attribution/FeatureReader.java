package io.modelmonitor.attribution;

import io.modelmonitor.api.Row;
import io.modelmonitor.api.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the columns that are wanted of a row, by positions that are looked up once per schema. Not thread-safe. */
final class FeatureReader {

    private final Columns columns;
    private @Nullable Schema schema;
    private int[] indexes = new int[0];
    private List<String> names = List.of();

    FeatureReader(Columns columns) {
        this.columns = columns;
    }

    /** Selects columns of a schema, and names the features that they hold. */
    interface Columns {

        /** Returns the names of the columns in order, all of which are in the schema. */
        List<String> of(Schema schema);

        /** Returns the name of the feature that a column stands for. */
        String feature(String column);
    }

    static Columns named(List<String> names) {
        return new Columns() {
            @Override
            public List<String> of(Schema schema) {
                names.forEach(schema::requireIndexOf);
                return names;
            }

            @Override
            public String feature(String column) {
                return column;
            }
        };
    }

    static Columns starting(String prefix) {
        return new Columns() {
            @Override
            public List<String> of(Schema schema) {
                List<String> found = schema.names().stream()
                        .filter(name -> name.startsWith(prefix) && name.length() > prefix.length())
                        .toList();
                if (found.isEmpty()) {
                    throw new IllegalArgumentException("no column starts with '" + prefix + "'");
                }
                return found;
            }

            @Override
            public String feature(String column) {
                return column.substring(prefix.length());
            }
        };
    }

    /**
     * Reads a row. A missing value is NaN, which models may know what to do with.
     *
     * @throws IllegalArgumentException if a column is not there, or holds text that is no number
     */
    @SuppressWarnings("ReferenceEquality") // rows of one source share their schema; comparing names would cost more
    double[] read(Row row) {
        if (row.schema() != schema) {
            bind(row.schema());
        }
        double[] values = new double[indexes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.number(indexes[i]);
            if (Double.isNaN(values[i]) && !row.isMissing(indexes[i])) {
                throw new IllegalArgumentException("feature '" + names.get(i) + "' is no number");
            }
        }
        return values;
    }

    /** The features' names; empty before the first row. */
    List<String> names() {
        return names;
    }

    private void bind(Schema newSchema) {
        List<String> wanted = columns.of(newSchema);
        List<String> features = wanted.stream().map(columns::feature).toList();
        if (!names.isEmpty() && !features.equals(names)) {
            throw new IllegalArgumentException("the features are not those of the first row");
        }
        indexes = wanted.stream().mapToInt(newSchema::requireIndexOf).toArray();
        names = features;
        schema = newSchema;
    }
}
