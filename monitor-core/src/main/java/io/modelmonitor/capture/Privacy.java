package io.modelmonitor.capture;

import io.modelmonitor.api.ValueKind;
import io.modelmonitor.internal.bytes.HmacSha256;
import io.modelmonitor.stats.internal.text.LexicalForm;
import io.modelmonitor.stats.internal.text.NumberText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The treatment of a named field before it leaves the calling thread, so that neither the queue nor a file ever holds it.
 *
 * <p>It holds for the field in inputs and outputs, at any depth of a map or of JSON. Arrays and CSV have names if the
 * capture was given them, else {@code _c0}, {@code _c1} and so on. Names match regardless of case; {@code a.b} is the field b
 * within a. In a CSV row a dropped field stays, empty, so that those behind it keep their places.
 *
 * <p>It fails closed: a payload that may hold the field where it cannot be found is not captured, and counts as failed. That is
 * an image, malformed JSON, a row without names or with more or fewer values than there are names, lists of JSON without
 * names, and a header of CSV that does not agree with the schema. Safe for use by several threads.
 */
public final class Privacy {

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]{1,4})?");
    private static final int LONGEST_NUMBER = 100;

    private final String field;
    private final boolean dropping;
    private final Change change;
    private final Change changeOfText;

    private interface Change {
        @Nullable
        Object apply(Object value);
    }

    private Privacy(String field, boolean dropping, Change change) {
        this(field, dropping, change, change);
    }

    private Privacy(String field, boolean dropping, Change change, Change changeOfText) {
        if (field.isEmpty()) {
            throw new IllegalArgumentException("field is empty; privacy needs the name of a field");
        }
        this.field = field;
        this.dropping = dropping;
        this.change = change;
        this.changeOfText = changeOfText;
    }

    /** Leaves a field out. */
    public static Privacy drop(String field) {
        return new Privacy(field, true, value -> null);
    }

    /** Replaces every present value of a field by three asterisks. */
    public static Privacy mask(String field) {
        return new Privacy(field, false, value -> "***");
    }

    /**
     * Replaces every present value of a field by a keyed hash of its text, in which equal numbers are one, so that equal values
     * stay equal and nobody
     * without the key can try them out: the first 16 bytes of HMAC-SHA256 (RFC 2104) in hexadecimal digits.
     *
     * @param key the secret, at least 16 bytes
     * @throws IllegalArgumentException if the key is shorter
     */
    public static Privacy hash(String field, byte[] key) {
        if (key.length < 16) {
            throw new IllegalArgumentException(
                    "key of '" + field + "' has " + key.length + " bytes; it must have at least 16");
        }
        HmacSha256 secret = new HmacSha256(key);
        return new Privacy(
                field, false, value -> hashed(secret, canonical(value)), text -> hashed(secret, text.toString()));
    }

    /**
     * Replaces every number of a field by the lower end of its bucket: with a width of 10, 37 becomes 30, and with a width of 0.1,
     * 0.37 becomes 0.3. Anything that is no finite number becomes missing.
     *
     * @param width of a bucket, finite and above 0
     * @throws IllegalArgumentException if the width is not
     */
    public static Privacy bucket(String field, double width) {
        if (!(width > 0 && width < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "bucket width of '" + field + "' is " + width + "; it must be finite and above 0");
        }
        BigDecimal exact = decimal(width);
        return new Privacy(field, false, value -> bucketed(value, exact));
    }

    /** Returns the name of the field. */
    public String field() {
        return field;
    }

    /** Returns whether the field is left out where it can be. */
    public boolean isDropping() {
        return dropping;
    }

    /**
     * Returns what a value of the field is captured as.
     *
     * @return null if the value is missing, is left out or, where a bucket is wanted, is no number
     */
    public @Nullable Object apply(@Nullable Object value) {
        return value == null ? null : change.apply(value);
    }

    /**
     * Returns what an identifier or an attribute is captured as: a text in which digits are no number, so that the hashes of "7" and
     * "007" differ.
     *
     * @return null if it is left out or, where a bucket is wanted, is no number
     */
    public @Nullable String applyToText(String text) {
        Object changed = changeOfText.apply(text);
        return changed == null ? null : changed.toString();
    }

    /** Returns one text for equal values: 37, 37.0 and "37.00" are one number, however they were given. */
    private static String canonical(Object value) {
        String text = value.toString();
        if (text.length() > LONGEST_NUMBER || !NUMBER.matcher(text).matches()) {
            return text;
        }
        BigDecimal number = new BigDecimal(text);
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toString();
    }

    private static String hashed(HmacSha256 secret, String text) {
        return HexFormat.of().formatHex(secret.of(text.getBytes(StandardCharsets.UTF_8)), 0, 16);
    }

    /** Computes with decimals: three tenths are in the fourth bucket of a tenth, not in the third. */
    private static @Nullable Object bucketed(Object value, BigDecimal width) {
        double number = number(value);
        return Double.isFinite(number)
                ? (Object) decimal(number)
                        .divide(width, 0, RoundingMode.FLOOR)
                        .multiply(width)
                        .doubleValue()
                : null;
    }

    private static double number(Object value) {
        if (value instanceof Number given) {
            return given.doubleValue();
        }
        String text = value.toString().trim();
        return ValueKind.isNumber(LexicalForm.of(text)) ? Double.parseDouble(text) : Double.NaN;
    }

    private static BigDecimal decimal(double number) {
        return new BigDecimal(NumberText.of(number, true));
    }

    @Override
    public String toString() {
        return (dropping ? "drops " : "changes ") + field;
    }
}
