package io.modelmonitor.internal.json;

import io.modelmonitor.internal.json.JsonReader.Token;

/** The form of some bytes. */
public enum JsonForm {

    /** Values of JSON, one after the other, or none. */
    VALUES,

    /** The beginning of such, as far as can be told: it may go on, or only its last few bytes are wrong. */
    BEGINNING,

    /** Anything else. */
    OTHER;

    /** A word, a number or a character that is cut off is told to be wrong no earlier before the end than this. */
    private static final int CUT_OFF = 8;

    /** Returns the form of a part of an array, in which numbers need not be finite; one pass. */
    public static JsonForm of(byte[] bytes, int from, int length) {
        try (JsonReader reader = Json.reader(bytes, from, length).allowingNonFinite()) {
            try {
                Token token = reader.next();
                while (token != Token.END) {
                    token = reader.next();
                }
                return VALUES;
            } catch (IllegalArgumentException e) {
                return reader.bytesRead() + CUT_OFF < length ? OTHER : BEGINNING;
            }
        }
    }
}
