package io.modelmonitor;

import io.modelmonitor.api.Exhibit;
import io.modelmonitor.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A metric's exhibits as trees that JSON can hold: a baseline keeps what was shown of the reference data. */
final class ExhibitTree {

    private ExhibitTree() {}

    static Map<String, @Nullable Object> of(Exhibit exhibit) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("kind", kind(exhibit));
        tree.put("title", exhibit.title());
        if (exhibit instanceof Exhibit.Curve curve) {
            tree.put("x_name", curve.xName());
            tree.put("y_name", curve.yName());
            tree.put("x", curve.x());
            tree.put("y", curve.y());
        } else if (exhibit instanceof Exhibit.Matrix matrix) {
            tree.put("row_name", matrix.rowName());
            tree.put("column_name", matrix.columnName());
            tree.put("labels", matrix.labels());
            tree.put("counts", matrix.counts());
        } else if (exhibit instanceof Exhibit.Histogram histogram) {
            tree.put("edges", histogram.edges());
            tree.put("counts", histogram.counts());
        } else if (exhibit instanceof Exhibit.Bars bars) {
            tree.put("names", bars.names());
            tree.put("values", bars.values());
        } else if (exhibit instanceof Exhibit.Pairs pairs) {
            tree.put("before_name", pairs.beforeName());
            tree.put("after_name", pairs.afterName());
            tree.put("names", pairs.names());
            tree.put("before", pairs.before());
            tree.put("after", pairs.after());
        } else if (exhibit instanceof Exhibit.Strips strips) {
            tree.put("value_name", strips.valueName());
            tree.put("names", strips.names());
            tree.put("points", strips.points());
        }
        return tree;
    }

    static Exhibit read(@Nullable Object tree) {
        Map<String, @Nullable Object> map = Json.object(tree);
        String title = text(map.get("title"));
        String kind = text(map.get("kind"));
        return switch (kind) {
            case "curve" ->
                new Exhibit.Curve(
                        title,
                        text(map.get("x_name")),
                        text(map.get("y_name")),
                        numbers(map.get("x")),
                        numbers(map.get("y")));
            case "matrix" ->
                new Exhibit.Matrix(
                        title,
                        text(map.get("row_name")),
                        text(map.get("column_name")),
                        texts(map.get("labels")),
                        Json.array(map.get("counts")).stream()
                                .map(row -> numbers(row).stream()
                                        .map(Double::longValue)
                                        .toList())
                                .toList());
            case "histogram" -> new Exhibit.Histogram(title, numbers(map.get("edges")), numbers(map.get("counts")));
            case "bars" -> new Exhibit.Bars(title, texts(map.get("names")), numbers(map.get("values")));
            case "pairs" ->
                new Exhibit.Pairs(
                        title,
                        text(map.get("before_name")),
                        text(map.get("after_name")),
                        texts(map.get("names")),
                        numbers(map.get("before")),
                        numbers(map.get("after")));
            case "strips" ->
                new Exhibit.Strips(
                        title,
                        text(map.get("value_name")),
                        texts(map.get("names")),
                        Json.array(map.get("points")).stream()
                                .map(ExhibitTree::numbers)
                                .toList());
            default -> throw new IllegalArgumentException("an exhibit is a '" + kind + "', which is no known kind");
        };
    }

    private static String kind(Exhibit exhibit) {
        if (exhibit instanceof Exhibit.Curve) {
            return "curve";
        }
        if (exhibit instanceof Exhibit.Matrix) {
            return "matrix";
        }
        if (exhibit instanceof Exhibit.Histogram) {
            return "histogram";
        }
        if (exhibit instanceof Exhibit.Bars) {
            return "bars";
        }
        return exhibit instanceof Exhibit.Pairs ? "pairs" : "strips";
    }

    private static List<Double> numbers(@Nullable Object array) {
        return Json.array(array).stream().map(Json::number).toList();
    }

    private static List<String> texts(@Nullable Object array) {
        return Json.array(array).stream().map(ExhibitTree::text).toList();
    }

    private static String text(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("an exhibit has " + value + " where a text is expected");
    }
}
