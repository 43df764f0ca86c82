package io.modelmonitor.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes JSON objects that remember which of their fields were asked for by name, so that none is passed over in silence. */
final class Ledger extends JsonNodeFactory {

    private static final long serialVersionUID = 1;

    @Override
    public ObjectNode objectNode() {
        return new Remembering(this);
    }

    /**
     * Returns the paths of all values below a node that nobody asked for, with {@code []} for every place in an array. An array
     * of plain values counts as one value; to look whether a field is there, or through all fields, is not to ask for it.
     */
    static Set<String> unread(JsonNode node) {
        Set<String> unread = new LinkedHashSet<>();
        collect("", node, unread);
        return unread;
    }

    private static void collect(String path, JsonNode node, Set<String> unread) {
        if (node.isArray()) {
            node.forEach(element -> collect(path + "[]", element, unread));
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String name = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            if (!(node instanceof Remembering known && known.asked.contains(field.getKey()))
                    && !holdsObjects(field.getValue())) {
                unread.add(name);
            }
            collect(name, field.getValue(), unread);
        }
    }

    private static boolean holdsObjects(JsonNode value) {
        List<JsonNode> elements = new ArrayList<>();
        value.forEach(elements::add);
        return (value.isObject() && !value.isEmpty())
                || (value.isArray() && elements.stream().anyMatch(Ledger::holdsObjects));
    }

    /** An object that remembers what it was asked for. */
    @SuppressWarnings("unchecked") // The library's own deepCopy() narrows a type that it leaves open.
    private static final class Remembering extends ObjectNode {

        private static final long serialVersionUID = 1;

        private final transient Set<String> asked = new HashSet<>();

        Remembering(JsonNodeFactory factory) {
            super(factory);
        }

        @Override
        public JsonNode get(String name) {
            asked.add(name);
            return super.get(name);
        }

        @Override
        public JsonNode path(String name) {
            asked.add(name);
            return super.path(name);
        }

        @Override
        public boolean has(String name) {
            return _children.containsKey(name);
        }
    }
}
