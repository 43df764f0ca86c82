package io.modelmonitor.internal.data;

import io.modelmonitor.internal.json.JsonReader;
import io.modelmonitor.internal.json.JsonReader.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON values into maps and lists, whose numbers keep their spelling; one after the other. */
final class JsonTree {

    /** The cost of a value beside its characters, about that of a digit and its comma. */
    private static final int VALUE = 2;

    private final JsonReader reader;
    private final long mostCharacters;
    private long characters;
    private boolean hasNameTwice;
    private long nans;

    /** @param mostCharacters the most characters of a value in all, beyond which it is read over */
    private JsonTree(JsonReader reader, long mostCharacters) {
        this.reader = reader;
        this.mostCharacters = mostCharacters;
    }

    /** Starts to read values of any size, since what they are read from is bounded. */
    static JsonTree of(JsonReader reader) {
        return new JsonTree(reader, Long.MAX_VALUE);
    }

    /** Starts to read values from a stream without a bound. */
    static JsonTree bounded(JsonReader reader) {
        return new JsonTree(reader, Limits.LINE);
    }

    /**
     * Reads the present value.
     *
     * @throws IllegalArgumentException if it is no JSON
     */
    @Nullable
    Object read() {
        characters = 0;
        hasNameTwice = false;
        nans = 0;
        return value();
    }

    /** Reads the present value and those behind it to the end of their array, as {@link #read()} would have read that. */
    List<@Nullable Object> readElements() {
        characters = VALUE;
        hasNameTwice = false;
        nans = 0;
        return elements();
    }

    /** Returns whether the value that was read last is too large, and what was returned of it is not all. */
    boolean isTooLarge() {
        return characters > mostCharacters;
    }

    /** Returns whether an object of the value that was read last has a name twice; its last value counts. */
    boolean hasNameTwice() {
        return hasNameTwice;
    }

    /** Returns how many numbers of the value that was read last are NaN, in whose place there is null. */
    long nans() {
        return nans;
    }

    private @Nullable Object value() {
        characters += VALUE;
        return switch (reader.token()) {
            case OBJECT -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                while (reader.next() == Token.NAME) {
                    String name = text();
                    reader.next();
                    Object member = value();
                    if (!isTooLarge()) {
                        hasNameTwice |= map.containsKey(name);
                        map.put(name, member);
                    }
                }
                yield map;
            }
            case ARRAY -> {
                reader.next();
                yield elements();
            }
            case STRING -> text();
            case INTEGER, FRACTION -> {
                SpelledNumber number = SpelledNumber.of(text());
                nans += number == null ? 1 : 0;
                yield number;
            }
            default -> reader.tree();
        };
    }

    private List<@Nullable Object> elements() {
        List<@Nullable Object> list = new ArrayList<>();
        while (reader.token() != Token.END_ARRAY) {
            Object element = value();
            if (!isTooLarge()) {
                list.add(element);
            }
            reader.next();
        }
        return list;
    }

    private String text() {
        String text = reader.text();
        characters += text.length();
        return text;
    }
}
