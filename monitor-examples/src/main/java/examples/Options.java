package examples;

import io.modelmonitor.Baseline;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.ColumnRole;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.data.CsvDataset;
import io.modelmonitor.data.Datasets;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The options of the quickstart, by name; those that are not given are empty. */
final class Options {

    private static final Map<String, Function<String, ColumnRole>> ROLES = new TreeMap<>(Map.of(
            "id", ColumnRole::id,
            "time", ColumnRole::time,
            "category", ColumnRole::category,
            "number", ColumnRole::number,
            "text", ColumnRole::text,
            "label", ColumnRole::label));

    private final UnaryOperator<String> values;

    /** @param values gives the value of an option; empty if it is not given */
    Options(UnaryOperator<String> values) {
        this.values = values;
    }

    /** Returns the options that are system properties. */
    static Options ofSystem() {
        return new Options(name -> System.getProperty(name, ""));
    }

    /** Returns an option. */
    String of(String name) {
        return values.apply(name).strip();
    }

    private List<String> list(String name) {
        return of(name).isEmpty()
                ? List.of()
                : Stream.of(of(name).split(",", -1))
                        .map(String::strip)
                        .filter(element -> !element.isEmpty())
                        .distinct()
                        .toList();
    }

    /** Returns a table as the options say that it is to be read. */
    Dataset table(String file) {
        String header = of("header");
        String delimiter = values.apply("delimiter"); // as it is, since it may be a tab or a blank
        String charset = of("charset");
        if (header.isEmpty()
                && delimiter.isEmpty()
                && charset.isEmpty()
                && list("missing").isEmpty()) {
            return Datasets.file(Path.of(file));
        }
        CsvDataset csv = Datasets.csv(Path.of(file)).missing(list("missing").toArray(String[]::new));
        if (!delimiter.isEmpty()) {
            csv = csv.delimiter(delimiter(delimiter));
        }
        if (!charset.isEmpty()) {
            csv = csv.charset(charset(charset));
        }
        return switch (header) {
            case "" -> csv;
            case "true" -> csv.header();
            case "false" -> csv.noHeader();
            default -> throw new IllegalArgumentException("header is '" + header + "'; allowed is true or false");
        };
    }

    private static char delimiter(String given) {
        String text = given.length() > 1 ? given.strip() : given;
        if (text.equals("tab") || text.equals("\\t")) {
            return '\t';
        }
        if (text.length() != 1) {
            throw new IllegalArgumentException(
                    "delimiter '" + text + "' has " + text.length() + " characters; allowed is one, or tab");
        }
        return text.charAt(0);
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("charset is '" + name + "', which Java does not know", e);
        }
    }

    /** Returns a baseline with the roles that the options give to columns. */
    Baseline declared(Baseline baseline) {
        List<ColumnRole> roles = new ArrayList<>();
        ROLES.forEach((name, role) -> list(name).forEach(column -> roles.add(role.apply(column))));
        return roles.isEmpty() ? baseline : baseline.declaring(roles.toArray(ColumnRole[]::new));
    }

    /**
     * Returns a monitor that watches the columns that the options say.
     *
     * @throws IllegalArgumentException if that is none
     */
    Monitor watching(Monitor monitor, Baseline baseline) {
        List<String> without = list("without");
        List<String> columns = list("columns");
        if (without.containsAll(baseline.schema().names())) {
            throw new IllegalArgumentException("without is '" + of("without")
                    + "', which names all columns of the baseline; at least one is needed to watch");
        }
        Monitor others = without.isEmpty() ? monitor : monitor.withoutColumns(without.toArray(String[]::new));
        return columns.isEmpty() ? others : others.ofColumns(columns.toArray(String[]::new));
    }

    /**
     * Returns the folder of the output.
     *
     * @throws IllegalArgumentException if a file is in its place, or in that of a folder above it
     */
    Path output() {
        Path output = Path.of(of("output").isEmpty() ? "model-monitor-report" : of("output"));
        for (Path place = output; place != null; place = place.getParent()) {
            if (Files.exists(place)) {
                if (!Files.isDirectory(place)) {
                    throw new IllegalArgumentException("output is '" + output + "', but "
                            + (place.equals(output) ? "that" : "'" + place + "'") + " is a file; a folder is needed");
                }
                return output;
            }
        }
        return output;
    }
}
