package io.modelmonitor.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Chooses, orders and renames columns. What becomes of a schema is worked out once, until another comes. */
final class Projection implements DatasetView.Step {

    private static final Schema NONE = Schema.ofNames();

    private final Plan plan;
    private Schema source = NONE;
    private Schema projected = NONE;
    private int[] kept = {};
    private boolean hasRows;

    private Projection(Plan plan) {
        this.plan = plan;
    }

    /** A change of the columns of batches. */
    private sealed interface Plan extends Supplier<Projection> {

        /** Returns the columns that must be there. */
        Set<String> required();

        /** Returns the positions of the columns that are left, in their order, beginning with those that are there already. */
        int[] kept(Schema source, List<String> already);

        /** Returns the new name of a column. */
        default String name(String column) {
            return column;
        }

        @Override
        default Projection get() {
            return new Projection(this);
        }
    }

    /** Keeps the columns named. */
    record Select(Set<String> required) implements Plan {

        @Override
        public int[] kept(Schema source, List<String> already) {
            Set<String> names = new LinkedHashSet<>(already);
            names.addAll(required);
            return names.stream()
                    .mapToInt(source::indexOf)
                    .filter(position -> position >= 0)
                    .toArray();
        }
    }

    /** Keeps all columns but those named. */
    record Without(Set<String> required) implements Plan {

        @Override
        public int[] kept(Schema source, List<String> already) {
            List<String> names = source.names();
            int[] kept = new int[names.size()];
            int count = 0;
            for (int i = 0; i < kept.length; i++) {
                if (!required.contains(names.get(i))) {
                    kept[count++] = i;
                }
            }
            return Arrays.copyOf(kept, count);
        }
    }

    /** Renames a column. */
    record Rename(String from, String to) implements Plan {

        /** @throws IllegalArgumentException if a name is empty */
        Rename {
            names(from);
            names(to);
        }

        @Override
        public Set<String> required() {
            return Set.of(from);
        }

        @Override
        public int[] kept(Schema source, List<String> already) {
            int[] all = new int[source.size()];
            Arrays.setAll(all, i -> i);
            return all;
        }

        @Override
        public String name(String column) {
            return column.equals(from) ? to : column;
        }
    }

    /** Returns names as a set. */
    static Set<String> names(String... columns) {
        Set<String> names = new LinkedHashSet<>();
        for (String column : columns) {
            if (column.isEmpty()) {
                throw new IllegalArgumentException("columns: an empty name given; a column needs a name");
            }
            if (!names.add(column)) {
                throw new IllegalArgumentException("columns: '" + column + "' given twice");
            }
        }
        if (names.isEmpty()) {
            throw new IllegalArgumentException("columns: none given; at least one is needed");
        }
        return names;
    }

    @Override
    public void check(Schema complete) {
        plan.required().forEach(complete::requireIndexOf);
        schema(complete);
    }

    @Override
    public Schema schema(Schema given) {
        if (!given.equals(source)) {
            kept = plan.kept(given, projected.names());
            List<Feature> features = new ArrayList<>(kept.length);
            for (int position : kept) {
                Feature feature = given.features().get(position);
                features.add(new Feature(plan.name(feature.name()), feature.type(), feature.domain()));
            }
            projected = Schema.of(features);
        }
        source = given;
        return projected;
    }

    @Override
    public @Nullable Batch change(Batch batch) {
        hasRows = true;
        return batch.withColumns(schema(batch.schema()), kept);
    }

    @Override
    public List<DataProblem> problems() {
        return plan.required().stream()
                .filter(name -> hasRows && source.indexOf(name) < 0)
                .map(name -> new DataProblem(
                        "column '" + name + "' was named and not met; the nearest is '"
                                + Schema.nearest(name, source.names()) + "'",
                        1,
                        List.of()))
                .toList();
    }
}
