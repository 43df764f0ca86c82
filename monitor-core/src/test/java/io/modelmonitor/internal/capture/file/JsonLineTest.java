package io.modelmonitor.internal.capture.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.internal.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A text in a line is the JSON string that it is elsewhere, whatever its characters and its length. */
class JsonLineTest {

    private final JsonLine line = new JsonLine();

    private String moved() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        line.moveTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void eachCharacterIsEscapedAsInJsonWhereverItStands() throws IOException {
        for (char c = 0; c < 300; c++) {
            for (int before = 0; before < 10; before++) {
                String text = "x".repeat(before) + c;
                line.string(text);
                assertThat(moved()).isEqualTo(Json.write(text));
                assertThat(JsonLine.length(text)).isEqualTo(Json.write(text).getBytes(StandardCharsets.UTF_8).length);
            }
        }
    }

    /** Lengths about those at which its array grows. */
    @Test
    void textsOfAnyLengthFindRoomInEachLine() throws IOException {
        for (int length = 1_000; length < 1_030; length++) {
            String text = "x".repeat(length);
            String escaped = "\n".repeat(length);
            JsonLine other = new JsonLine();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            other.string(text).moveTo(out);
            other.string(text)
                    .string(text)
                    .string(escaped)
                    .fixed(new byte[] {'7'})
                    .moveTo(out);
            other.fixed(new byte[] {'8'}).moveTo(out);
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .isEqualTo('"' + text + "\"\"" + text + "\"\"" + text + "\"\"" + "\\n".repeat(length) + "\"78");
        }
    }
}
