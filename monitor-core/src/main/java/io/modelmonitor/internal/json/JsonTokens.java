package io.modelmonitor.internal.json;

import io.modelmonitor.internal.json.JsonReader.Token;

/** JSON token by token, by whichever parser reads it. */
public interface JsonTokens {

    /** Reads on to the next token. */
    Token next();

    /** Returns the present token as it is written: a name, the content of a string, the digits of a number. */
    String text();

    /** Reads over the children of the present object or array, to its end. */
    void skip();
}
