package io.modelmonitor;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Feature;
import io.modelmonitor.api.ForwardingCursor;
import io.modelmonitor.api.Schema;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads columns by the names that are expected where they differ from these by case, blanks or Unicode normal form only. A name that
 * could be several expected ones, or that several columns could have, is left as it is.
 */
final class NameMatching extends ForwardingCursor {

    private final Set<String> expected;
    /** The expected names by their forms; null where several have one form. */
    private final Map<String, @Nullable String> byForm = new HashMap<>();

    private final List<DataProblem> problems = new ArrayList<>();
    private Schema given = Schema.ofNames();
    private Schema matched = given;

    NameMatching(Dataset.Cursor cursor, Set<String> expected) {
        super(cursor);
        this.expected = expected;
        expected.forEach(name -> byForm.merge(form(name), name, (first, second) -> first.equals(second) ? first : ""));
        byForm.values().removeIf(name -> Objects.equals(name, ""));
    }

    /** Returns a dataset by the names that are expected. */
    static Dataset of(Dataset dataset, Set<String> expected) {
        return dataset.readThrough(cursor -> new NameMatching(cursor, expected));
    }

    /** Returns a name without regard to case, to the number and kind of blanks, and to the Unicode normal form. */
    static String form(String name) {
        StringBuilder form = new StringBuilder(name.length());
        boolean isBlank = false;
        String composed = Normalizer.normalize(name, Normalizer.Form.NFC);
        for (int i = 0; i < composed.length(); ) {
            int c = composed.codePointAt(i);
            i += Character.charCount(c);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                isBlank = true;
            } else if (Character.getType(c) != Character.FORMAT) {
                form.append(isBlank && !form.isEmpty() ? " " : "").appendCodePoint(c);
                isBlank = false;
            }
        }
        // Upper case first, for letters such as the final sigma that have two lower cases.
        return form.toString().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    private Schema matched(Schema schema) {
        if (schema.equals(given)) {
            return matched;
        }
        Map<String, Integer> forms = new HashMap<>();
        schema.names().forEach(name -> forms.merge(form(name), 1, Integer::sum));
        List<Feature> features = new ArrayList<>(matched.features());
        Set<String> taken = new HashSet<>(matched.names());
        taken.addAll(schema.names());
        for (Feature feature : schema.features().subList(features.size(), schema.size())) {
            features.add(matched(feature, forms, taken));
        }
        given = schema;
        matched = Schema.of(features);
        return matched;
    }

    private Feature matched(Feature feature, Map<String, Integer> forms, Set<String> taken) {
        String name = feature.name();
        if (matched.indexOf(name) >= 0) {
            // It comes after a column that was taken for it.
            String free = name + "_2";
            while (!taken.add(free)) {
                free += "_2";
            }
            note("column '" + name + "' comes after one that is read as it; called '" + free + "'");
            return new Feature(free, feature.type(), feature.domain());
        }
        String form = form(name);
        String meant = expected.contains(name) ? null : byForm.get(form);
        if (meant == null || Objects.requireNonNull(forms.get(form)) > 1 || !taken.add(meant)) {
            return feature;
        }
        note("column '" + name + "' is read as '" + meant + "', from which it differs by case, blanks or Unicode form");
        return new Feature(meant, feature.type(), feature.domain());
    }

    private void note(String problem) {
        problems.add(new DataProblem(problem, 1, List.of()));
    }

    @Override
    public Schema schema() {
        return matched(super.schema());
    }

    @Override
    public @Nullable Batch next() {
        Batch batch = super.next();
        if (batch == null) {
            return null;
        }
        Schema names = matched(batch.schema());
        return names.equals(batch.schema()) ? batch : batch.withSchema(names);
    }

    @Override
    public List<DataProblem> problems() {
        List<DataProblem> all = new ArrayList<>(super.problems());
        all.addAll(problems);
        return all;
    }
}
