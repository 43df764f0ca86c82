package io.modelmonitor.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.internal.json.JsonReader.Token;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainJsonTest {

    private static final String RECORD =
            "{\"captureData\":{\"endpointInput\":{\"observedContentType\":\"text/csv\",\"mode\":\"INPUT\","
                    + "\"data\":\"1,2.5,-3e7,,x\",\"encoding\":\"CSV\"},\"empty\":{}},\"eventMetadata\":"
                    + "{\"eventId\":\"019f6846-ea8d-4551-b843-1e5627a79a31\"},\"eventVersion\":\"0\"}";

    private final PlainJson plain = new PlainJson();

    @Test
    void plainDocumentsHaveTheTokensThatAParserFinds() {
        assertThat(plainTokens(RECORD)).isEqualTo(parsedTokens(RECORD)).contains("STRING 1,2.5,-3e7,,x");
        assertThat(plain.gaveUp()).isFalse();
    }

    @Test
    void whateverAByteIsChangedToItGivesUpOrFindsWhatAParserFinds() {
        SplittableRandom random = new SplittableRandom(11);
        String punctuation = "{}[]:,\"\\ \n\t\u0001\u00e91tn";
        int plainOnes = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder changed = new StringBuilder(RECORD);
            int at = random.nextInt(changed.length());
            char with = punctuation.charAt(random.nextInt(punctuation.length()));
            switch (random.nextInt(3)) {
                case 0 -> changed.setCharAt(at, with);
                case 1 -> changed.insert(at, with);
                default -> changed.deleteCharAt(at);
            }
            List<String> tokens = plainTokens(changed.toString());
            if (!plain.gaveUp()) {
                assertThat(tokens).as(changed.toString()).isEqualTo(parsedTokens(changed.toString()));
                plainOnes++;
            }
        }
        assertThat(plainOnes).isBetween(2_000, 18_000);
    }

    @Test
    void textsOfTheDocumentBeforeAreUsedAgainOnlyIfTheyAreTheSame() {
        List<String> first = plainTokens("{\"a\":\"1\",\"b\":\"2\"}");
        assertThat(plainTokens("{\"a\":\"1\",\"c\":\"22\"}"))
                .startsWith(first.get(0), first.get(1), first.get(2))
                .contains("NAME c", "STRING 22");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}x",
                "[]",
                "\"a\"",
                "7",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1}",
                "{\"a\":\"b\",}",
                "{,}",
                "{\"a\":\"b\" }",
                " {}",
                "{\"a\":\"b\\n\"}",
                "{\"a\":\"\u00e9\"}",
                "{\"a\":\"b\"}}",
                "{\"a\":\"b\"}\r"
            })
    void itGivesUpOnAllElse(String document) {
        plainTokens(document);
        assertThat(plain.gaveUp()).isTrue();
        assertThat(plain.next()).isEqualTo(Token.END);
    }

    @Test
    void objectsOfNoInterestAreReadOver() {
        byte[] bytes = RECORD.getBytes(StandardCharsets.US_ASCII);
        plain.start(bytes, 0, bytes.length);
        plain.next();
        plain.next();
        assertThat(plain.next()).isEqualTo(Token.OBJECT);
        plain.skip();
        assertThat(plain.next()).isEqualTo(Token.NAME);
        assertThat(plain.text()).isEqualTo("eventMetadata");
    }

    private List<String> plainTokens(String document) {
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        plain.start(bytes, 0, bytes.length);
        return tokens(plain);
    }

    private static List<String> parsedTokens(String document) {
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        try (JsonReader reader = Json.reader(bytes, 0, bytes.length)) {
            return tokens(reader);
        } catch (IllegalArgumentException e) {
            return List.of("no JSON: " + e.getMessage());
        }
    }

    private static List<String> tokens(JsonTokens json) {
        List<String> tokens = new ArrayList<>();
        for (Token token = json.next(); token != Token.END; token = json.next()) {
            boolean hasText = token == Token.NAME || token == Token.STRING;
            tokens.add(hasText ? token + " " + json.text() : token.toString());
        }
        return tokens;
    }
}
