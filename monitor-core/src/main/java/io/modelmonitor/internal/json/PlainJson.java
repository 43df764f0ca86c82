package io.modelmonitor.internal.json;

import io.modelmonitor.internal.bytes.EightBytes;
import io.modelmonitor.internal.json.JsonReader.Token;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the plainest JSON, several times as fast as a parser of all of it: one object of objects and texts, in ASCII, without
 * blanks between them and without anything in a text that must be unescaped. Meeting anything else, it gives up, and there
 * are no more tokens; whoever uses it then begins anew with {@link JsonReader}, which also says what is wrong, if anything
 * is. What is alike in one document after the other, such as names, is the same object. Not safe for use by several threads.
 */
public final class PlainJson implements JsonTokens {

    private static final int MOST_DEPTH = 16;

    /** Texts up to this length may be the same as those of the last document. */
    private static final int MOST_REMEMBERED = 32;

    private static final int TEXTS_REMEMBERED = 64;

    private enum State {
        VALUE,
        FIRST_NAME,
        AFTER_VALUE,
        AFTER_ALL,
        GIVEN_UP
    }

    private final String[] remembered = new String[TEXTS_REMEMBERED];
    private final byte[][] rememberedBytes = new byte[TEXTS_REMEMBERED][];
    private byte[] bytes = {};
    private int at;
    private int end;
    private int textFrom;
    private int textTo;
    private int texts;
    private int depth;
    private State state = State.GIVEN_UP;

    /** Creates a reader of no document. */
    public PlainJson() {
        Arrays.fill(remembered, "");
        Arrays.fill(rememberedBytes, new byte[0]);
    }

    /** Begins to read a document. */
    public void start(byte[] document, int from, int length) {
        bytes = document;
        at = from;
        end = from + length;
        texts = 0;
        depth = 0;
        state = State.VALUE;
    }

    /** Returns whether the document is not as plain as that. */
    public boolean gaveUp() {
        return state == State.GIVEN_UP;
    }

    @Override
    public Token next() {
        byte b = at < end ? bytes[at] : 0;
        return switch (state) {
            case VALUE -> {
                if (b == '{' && depth < MOST_DEPTH) {
                    at++;
                    depth++;
                    state = State.FIRST_NAME;
                    yield Token.OBJECT;
                }
                state = State.AFTER_VALUE;
                yield depth > 0 && skipText() ? Token.STRING : giveUp();
            }
            case FIRST_NAME -> b == '}' ? endObject() : name();
            case AFTER_VALUE -> {
                if (b == '}') {
                    yield endObject();
                }
                at++;
                yield b == ',' ? name() : giveUp();
            }
            case AFTER_ALL -> at == end ? Token.END : giveUp();
            case GIVEN_UP -> Token.END;
        };
    }

    private Token endObject() {
        at++;
        depth--;
        state = depth == 0 ? State.AFTER_ALL : State.AFTER_VALUE;
        return Token.END_OBJECT;
    }

    private Token name() {
        if (!skipText() || at == end || bytes[at++] != ':') {
            return giveUp();
        }
        state = State.VALUE;
        return Token.NAME;
    }

    private Token giveUp() {
        state = State.GIVEN_UP;
        return Token.END;
    }

    /** Reads over a text; returns false if it is not plain. */
    private boolean skipText() {
        if (at == end || bytes[at] != '"') {
            return false;
        }
        textFrom = at + 1;
        texts++;
        int i = endOfPlain(textFrom);
        textTo = i;
        at = i + 1;
        return i < end && bytes[i] == '"';
    }

    /** Returns where, from a place on, the first byte is that is not plain; the document's end if all are. */
    private int endOfPlain(int from) {
        int i = from;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            long eight = EightBytes.at(bytes, i);
            long hits = EightBytes.escapedInJson(eight) | EightBytes.beyondAscii(eight);
            if (hits != 0) {
                return i + EightBytes.first(hits);
            }
        }
        while (i < end && bytes[i] >= ' ' && bytes[i] != '"' && bytes[i] != '\\') {
            i++;
        }
        return i;
    }

    @Override
    public String text() {
        int length = textTo - textFrom;
        if (length > MOST_REMEMBERED || texts > TEXTS_REMEMBERED) {
            return new String(bytes, textFrom, length, StandardCharsets.ISO_8859_1);
        }
        byte[] last = rememberedBytes[texts - 1];
        if (!Arrays.equals(bytes, textFrom, textTo, last, 0, last.length)) {
            rememberedBytes[texts - 1] = Arrays.copyOfRange(bytes, textFrom, textTo);
            remembered[texts - 1] = new String(bytes, textFrom, length, StandardCharsets.ISO_8859_1);
        }
        return remembered[texts - 1];
    }

    @Override
    public void skip() {
        int outside = depth - 1;
        if (state == State.FIRST_NAME) {
            while (depth > outside && next() != Token.END) {
                // Its tokens are of no interest.
            }
        }
    }
}
