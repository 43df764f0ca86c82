package io.modelmonitor.sagemaker;

import io.modelmonitor.api.internal.VisibleText;
import io.modelmonitor.internal.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A place in a file: where it is, and what is there. Whatever is asked of it that it cannot give is complained about in one
 * line that says where.
 *
 * @param path where: names joined by points, positions in brackets; empty for the whole file
 * @param value what is there, as {@link Json} reads it; null if there is nothing, or the word {@code null}
 */
record Field(String path, @Nullable Object value) {

    private static final int LONGEST_SHOWN = 40;

    /** Returns what a reader makes of a file, whose warnings get the file's name in front of them. */
    static <T> T read(Path file, Function<Field, T> reader) {
        Object tree = Json.read(file);
        try {
            return reader.apply(new Field("", tree));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    boolean isPresent() {
        return value != null;
    }

    Field child(String name) {
        return new Field(path.isEmpty() ? name : path + '.' + name, object().get(name));
    }

    /** Returns what is at a place further down; nothing, if something on the way there is missing. */
    Field at(String... names) {
        Field place = this;
        for (String name : names) {
            place = place.isPresent()
                    ? place.child(name)
                    : new Field(place.path.isEmpty() ? name : place.path + '.' + name, null);
        }
        return place;
    }

    /** Returns the children of an object by their names, in order. */
    Map<String, Field> children() {
        Map<String, Field> children = new LinkedHashMap<>();
        object().keySet().forEach(name -> children.put(name, child(name)));
        return children;
    }

    /** Returns the elements of an array. */
    List<Field> elements() {
        if (!(value instanceof List<?> list)) {
            throw wrong("an array");
        }
        List<Field> elements = new ArrayList<>(list.size());
        for (Object element : list) {
            elements.add(new Field(path + '[' + elements.size() + ']', element));
        }
        return elements;
    }

    /** Returns the elements of an array; none if there is nothing here. */
    List<Field> elementsIfPresent() {
        return isPresent() ? elements() : List.of();
    }

    /** Returns an array of finite numbers. */
    double[] finiteNumbers() {
        if (!(value instanceof List<?> list)) {
            throw wrong("an array of numbers");
        }
        double[] numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            // A place for every number would cost more than the number itself.
            if (!(list.get(i) instanceof Number number) || !Double.isFinite(number.doubleValue())) {
                throw new Field(path + '[' + i + ']', list.get(i)).wrong("a finite number");
            }
            numbers[i] = number.doubleValue();
        }
        return numbers;
    }

    Map<String, @Nullable Object> object() {
        if (!(value instanceof Map<?, ?>)) {
            throw wrong("an object");
        }
        return Json.object(value);
    }

    String text() {
        if (value instanceof String text) {
            return text;
        }
        throw wrong("a text");
    }

    boolean flag() {
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw wrong("true or false");
    }

    /** Returns a number, which may be one of the strings {@code NaN}, {@code Infinity} and {@code -Infinity}. */
    double number() {
        try {
            return Json.number(value);
        } catch (IllegalArgumentException e) {
            throw wrong("a number");
        }
    }

    /** Returns a number from one to another. */
    double numberFrom(double least, double most) {
        double number = number();
        if (!(number >= least && number <= most)) {
            throw wrong("a number from " + least + " to " + most);
        }
        return number;
    }

    /** Returns a number; NaN if there is nothing here. */
    double numberIfPresent() {
        return isPresent() ? number() : Double.NaN;
    }

    /** Returns a whole number from 0 to 2<sup>53</sup>, with or without a point. */
    long count() {
        double number = number();
        if (!(number >= 0 && number <= 0x1p53 && number == Math.rint(number))) {
            throw wrong("a whole number from 0 to 2^53");
        }
        return (long) number;
    }

    /** Returns whichever of two words is here. */
    boolean isFirstOf(String yes, String no) {
        String text = text();
        if (!text.equalsIgnoreCase(yes) && !text.equalsIgnoreCase(no)) {
            throw wrong("'" + yes + "' or '" + no + "'");
        }
        return text.equalsIgnoreCase(yes);
    }

    /** Returns what another part of the library makes of this place, whose warnings get this place in front of them. */
    <T> T map(Function<Field, T> use) {
        try {
            return use.apply(this);
        } catch (IllegalArgumentException e) {
            throw e instanceof Complaint ? e : new Complaint(name() + ": " + e.getMessage(), e);
        }
    }

    /** Returns the complaint that something else is wanted here. */
    IllegalArgumentException wrong(String wanted) {
        String shown = String.valueOf(value).replaceAll("\\p{Cntrl}", "?");
        String cut = VisibleText.cut(shown, LONGEST_SHOWN);
        return new Complaint(
                name() + " is " + (value instanceof String ? "'" + cut + "'" : value == null ? "missing" : cut) + "; "
                        + wanted + " is expected",
                null);
    }

    private String name() {
        String printable = path.replaceAll("\\p{Cntrl}", "?");
        return printable.isEmpty() ? "the file" : printable;
    }

    /** A complaint that says already where it is about. */
    private static final class Complaint extends IllegalArgumentException {

        private Complaint(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
