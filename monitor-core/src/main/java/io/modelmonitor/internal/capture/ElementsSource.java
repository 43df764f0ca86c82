package io.modelmonitor.internal.capture;

import io.modelmonitor.internal.json.Json;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A payload whose elements are not examined yet: they may be endless, and a list may contain itself
 * at any depth. The copy visits them within its allowance of bytes, and is content of another kind.
 */
final class ElementsSource extends PayloadSource {

    /** The bytes of a list of rows, beside those of the rows. */
    private static final int LIST = 64;

    private final Object elements;
    private final boolean mayBeRows;
    private final int depth;

    /**
     * Creates content.
     *
     * @param elements an array, something iterable, or a tree of JSON
     * @param mayBeRows whether elements that are maps, arrays or lists are rows, and not the values of one
     */
    ElementsSource(Object elements, boolean mayBeRows) {
        this(elements, mayBeRows, 0);
    }

    private ElementsSource(Object elements, boolean mayBeRows, int depth) {
        this.elements = elements;
        this.mayBeRows = mayBeRows;
        this.depth = depth;
    }

    /** Returns whether a value has elements. */
    static boolean isOne(@Nullable Object value) {
        return value != null && (ValueCopies.isJsonTree(value.getClass()) || Json.elements(value) != null);
    }

    @Override
    PayloadSource copy(PayloadFormat form, Allowance allowance) {
        if (depth > ValueCopies.MOST_DEPTH) {
            throw new IllegalArgumentException("rows are nested deeper than " + ValueCopies.MOST_DEPTH + " levels");
        }
        if (ValueCopies.isJsonTree(elements.getClass())) {
            return PayloadSource.of(ValueCopies.copy(elements, allowance)).copy(form, allowance);
        }
        boolean isArray = elements.getClass().isArray();
        if (isArray) { // whose length can be believed
            allowance.take(Array.getLength(elements), ValueCopies.ELEMENT);
        }
        List<@Nullable Object> list = new ArrayList<>();
        boolean areRows = mayBeRows;
        Iterable<?> all = Json.elements(elements);
        if (all != null) {
            for (Object element : all) {
                allowance.take(isArray ? 0 : ValueCopies.ELEMENT);
                boolean isTree = element != null && ValueCopies.isJsonTree(element.getClass());
                Object one = isTree ? ValueCopies.copy(element, allowance) : element;
                list.add(one);
                areRows &= one instanceof PayloadSource || one instanceof Map || isOne(one);
            }
        }
        if (!areRows || list.isEmpty()) {
            return new ValueSource(list.toArray()).copy(form, allowance);
        }
        allowance.take(LIST);
        List<PayloadSource> rows = new ArrayList<>(list.size());
        for (Object element : list) {
            allowance.take(ValueCopies.ELEMENT);
            rows.add(row(element).copy(form, allowance));
        }
        return new RowsSource(rows);
    }

    private PayloadSource row(@Nullable Object element) {
        boolean isNumbers = element instanceof double[] || element instanceof float[];
        return isOne(element) && !isNumbers && element != null
                ? new ElementsSource(element, true, depth + 1)
                : PayloadSource.of(element);
    }

    @Override
    long weight() {
        throw new IllegalStateException("this is no copy");
    }

    @Override
    void append(TextBuffer out, PayloadFormat form) {
        throw new IllegalStateException("this is no copy");
    }

    @Override
    boolean isJson(PayloadFormat form) {
        throw new IllegalStateException("this is no copy");
    }
}
