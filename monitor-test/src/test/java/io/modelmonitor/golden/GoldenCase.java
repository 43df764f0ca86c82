package io.modelmonitor.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/**
 * One golden case.
 *
 * @param folder where its files are
 * @param root the whole of its {@code expected.json}
 */
record GoldenCase(Path folder, JsonNode root) {

    String id() {
        return root.path("case_id").asText();
    }

    String kind() {
        return root.path("kind").asText();
    }

    /** Returns the parameters; a missing node where there are none. */
    JsonNode parameters() {
        return root.path("parameters");
    }

    JsonNode expected() {
        return root.path("expected");
    }

    /** Returns the path of an input file by its role, such as {@code table}. */
    Path input(String role) {
        for (JsonNode input : root.path("inputs")) {
            if (input.path("role").asText().equals(role)) {
                return folder.resolve(input.path("file").asText());
            }
        }
        throw new IllegalArgumentException("case " + id() + " has no input of role '" + role + "'");
    }

    /** Returns the path of a file of this case. */
    Path file(String name) {
        return folder.resolve(name);
    }

    /** Returns how far a value may be off unless its field has a rule of its own; exact where nothing is said. */
    Tolerance tolerance() {
        JsonNode node = root.path("tolerance");
        return new Tolerance(
                node.path("relative").asDouble(0), node.path("absolute").asDouble(0));
    }

    /**
     * Returns how far the values of a field may be off: its own relative tolerance where the case names it with a number,
     * the general rule otherwise. Rules that the case states in words are for the test to read.
     */
    Tolerance tolerance(String field) {
        JsonNode own = root.path("tolerance").path(field);
        return own.isNumber() ? new Tolerance(own.asDouble(), tolerance().absolute()) : tolerance();
    }
}
