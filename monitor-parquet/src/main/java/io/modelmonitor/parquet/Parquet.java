package io.modelmonitor.parquet;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.data.Datasets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Parquet files as datasets.
 *
 * <pre>{@code
 * Baseline baseline = Baseline.of(Parquet.dataset(Path.of("train.parquet"), "age", "income"));
 * }</pre>
 *
 * <p>A file is read a row group at a time, and of that only the columns wanted: they are in memory as they are in the file, packed, and
 * batches of at most 1,024 rows are made of them. Pages may be unpacked or packed by Snappy, gzip, Zstandard or LZ4 (raw); their
 * checksums are verified where there are any.
 *
 * <p>Types: integers, and decimals without a fraction, are whole numbers; doubles, floats and other decimals are numbers, of which those
 * that are NaN are missing; booleans are truth values. Dates, times and time stamps are text in the form of ISO 8601, those that are
 * instants in UTC; strings, enumerations and JSON are text, UUIDs in their usual form, other binary values in Base64. Nulls are missing.
 *
 * <p>Groups, lists and maps are flattened as in {@link Datasets#rows}: {@code address.city}, {@code items[0].price}. A group that is
 * null has all its members, missing. Lists and maps cost a table that has any of them several times the time.
 *
 * <p>A file that is damaged, ends early, or claims more than it holds is refused when it is met, by an
 * {@link UncheckedIOException} of one line that names it. Files need not be trusted, but for two things: a few bytes may stand for many
 * equal rows, so that time is no multiple of a file's length, and the footer is read by a library that may ask for memory which the
 * footer claims; the refusal of that memory is such a line, too.
 *
 * <p>Built on parquet-java and parquet-floor, which replaces classes of Hadoop by stubs: not for a class path with Hadoop or Spark.
 */
public final class Parquet {

    private static final String EXTENSION = ".parquet";

    private Parquet() {}

    /**
     * Returns a file, or all files in a folder, as a dataset. Nothing is read before it is opened. In a folder and those within it,
     * files whose names end in {@code .parquet} are read one after the other, in the order of their paths, but for those that begin, or
     * are in a folder that begins, with a dot or an underscore; columns are matched by name. Names of folders are no columns.
     *
     * @param file a file, whatever its name, or a folder
     * @param columns the columns wanted, in the order of the file; all if none are named. A group, list or map is wanted with all
     *     that it holds, a member of a group by {@code group.member}. A column that a file does not have is refused when the file is
     *     opened, by an {@link IllegalArgumentException} of one line that names both.
     * @return the dataset, which may be read by several threads, each with a cursor of its own
     * @throws IllegalStateException if Hadoop or Spark is on the class path; the message is one line
     */
    public static Dataset dataset(Path file, String... columns) {
        Objects.requireNonNull(file, "file");
        List<String> wanted = List.copyOf(Arrays.asList(columns));
        Neighbours.refuse(Parquet.class.getClassLoader());
        return () -> Files.isDirectory(file) ? folder(file, wanted).open() : ParquetFile.open(file, wanted);
    }

    private static Dataset folder(Path folder, List<String> columns) {
        List<Path> files;
        try (Stream<Path> found = Files.walk(folder)) {
            files = found.filter(path -> isTable(folder.relativize(path)) && Files.isRegularFile(path))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw ParquetFile.failure(folder, e);
        }
        if (files.isEmpty()) {
            throw ParquetFile.failure(
                    folder, new IOException("no file in this folder has a name that ends in " + EXTENSION));
        }
        return Datasets.concat(files.stream()
                .map(file -> (Dataset) () -> ParquetFile.open(file, columns))
                .toArray(Dataset[]::new));
    }

    private static boolean isTable(Path path) {
        for (Path name : path) {
            if (name.toString().startsWith(".") || name.toString().startsWith("_")) {
                return false;
            }
        }
        return path.toString().endsWith(EXTENSION);
    }
}
