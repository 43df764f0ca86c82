package io.modelmonitor.internal.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.modelmonitor.api.internal.VisibleText;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON token by token. All methods throw {@link IllegalArgumentException}, with one line that says where, if the
 * input is not JSON, and {@link UncheckedIOException} if it cannot be read.
 */
public final class JsonReader implements JsonTokens, AutoCloseable {

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final JsonParser parser;

    JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Takes the words {@code NaN}, {@code Infinity} and {@code -Infinity} for fractions from here on. JSON has none of them, but what
     * writes tables, as Python does, has.
     */
    public JsonReader allowingNonFinite() {
        parser.enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS.mappedFeature());
        return this;
    }

    @Override
    public Token next() {
        return token(call(parser::nextToken));
    }

    /** Returns the present token. */
    public Token token() {
        return token(parser.currentToken());
    }

    @Override
    public String text() {
        return call(parser::getText);
    }

    /** Returns the present number. */
    public double number() {
        return call(parser::getDoubleValue);
    }

    @Override
    public void skip() {
        call(parser::skipChildren);
    }

    /** Returns the line of the present token, from 1. */
    public long line() {
        return parser.currentTokenLocation().getLineNr();
    }

    /** Returns the line up to which has been read, from 1: that of an error, after one. */
    public long lineReached() {
        return parser.currentLocation().getLineNr();
    }

    /** Returns how many bytes have been read, up to where the present token ends, or is wrong. */
    long bytesRead() {
        return parser.currentLocation().getByteOffset();
    }

    /** Reads the present value, with all that it contains, into a tree. */
    public @Nullable Object tree() {
        switch (token()) {
            case OBJECT -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                while (next() == Token.NAME) {
                    String name = text();
                    next();
                    map.put(name, tree());
                }
                return map;
            }
            case ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                while (next() != Token.END_ARRAY) {
                    list.add(tree());
                }
                return list;
            }
            case STRING -> {
                return text();
            }
            case INTEGER -> {
                BigInteger exact = call(parser::getBigIntegerValue);
                return exact.bitLength() < Long.SIZE ? (Object) exact.longValue() : exact;
            }
            case FRACTION -> {
                return number();
            }
            case TRUE -> {
                return true;
            }
            case FALSE -> {
                return false;
            }
            case NULL -> {
                return null;
            }
            default -> throw new IllegalArgumentException("a JSON value was expected at line " + line());
        }
    }

    @Override
    public void close() {
        call(() -> {
            parser.close();
            return true;
        });
    }

    private static Token token(@Nullable JsonToken token) {
        if (token == null) {
            return Token.END;
        }
        return switch (token) {
            case START_OBJECT -> Token.OBJECT;
            case END_OBJECT -> Token.END_OBJECT;
            case START_ARRAY -> Token.ARRAY;
            case END_ARRAY -> Token.END_ARRAY;
            case FIELD_NAME -> Token.NAME;
            case VALUE_STRING -> Token.STRING;
            case VALUE_NUMBER_INT -> Token.INTEGER;
            case VALUE_NUMBER_FLOAT -> Token.FRACTION;
            case VALUE_TRUE -> Token.TRUE;
            case VALUE_FALSE -> Token.FALSE;
            case VALUE_NULL -> Token.NULL;
            case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("a blocking parser of text never meets " + token);
        };
    }

    /** A token of a {@link JsonReader}. */
    public enum Token {
        /** The beginning of an object. */
        OBJECT,
        /** The end of an object. */
        END_OBJECT,
        /** The beginning of an array. */
        ARRAY,
        /** The end of an array. */
        END_ARRAY,
        /** The name of a field, in {@link JsonReader#text()}. */
        NAME,
        /** A string, in {@link JsonReader#text()}. */
        STRING,
        /** A number without point and exponent. */
        INTEGER,
        /** A number with a point or an exponent. */
        FRACTION,
        /** The word {@code true}. */
        TRUE,
        /** The word {@code false}. */
        FALSE,
        /** The word {@code null}. */
        NULL,
        /** There is nothing more. */
        END
    }

    interface Read<T> {
        T call() throws IOException;
    }

    static <T> T call(Read<T> read) {
        try {
            return read.call();
        } catch (JsonParseException e) {
            throw new IllegalArgumentException(
                    "no JSON at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ": " + oneLine(e.getOriginalMessage()),
                    e);
        } catch (StreamConstraintsException e) {
            throw new IllegalArgumentException("JSON beyond a limit: " + oneLine(e.getOriginalMessage()), e);
        } catch (CharConversionException e) {
            // Its first bytes look like those of another encoding, which is not what follows.
            throw new IllegalArgumentException("no JSON: " + oneLine(String.valueOf(e.getMessage())), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read JSON: " + oneLine(String.valueOf(e.getMessage())), e);
        } catch (IllegalStateException e) {
            // Names that were made to have equal hashes.
            throw new IllegalArgumentException("JSON beyond a limit: " + oneLine(String.valueOf(e.getMessage())), e);
        }
    }

    private static String oneLine(String message) {
        return VisibleText.cut(CONTROL.matcher(message).replaceAll(" "), 160);
    }
}
