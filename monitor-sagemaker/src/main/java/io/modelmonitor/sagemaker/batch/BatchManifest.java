package io.modelmonitor.sagemaker.batch;

import io.modelmonitor.capture.CaptureLayout;
import io.modelmonitor.internal.file.WholeFile;
import io.modelmonitor.internal.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The objects that a batch job read, or wrote: a JSON array of an object with a prefix, and names relative to it. A single
 * object may be a prefix with one empty name.
 *
 * @param prefix what all locations begin with, such as {@code s3://bucket/input/}
 * @param names the rest of each location
 */
public record BatchManifest(String prefix, List<String> names) {

    /** Which side of a job a manifest is about; a folder of its own. */
    public enum Side {
        /** Files that the job read. */
        INPUT("input"),
        /** Files that the job wrote. */
        OUTPUT("output");

        private final String folder;

        Side(String folder) {
            this.folder = folder;
        }
    }

    /** Creates a manifest. */
    public BatchManifest {
        names = List.copyOf(names);
    }

    /** Returns the locations: the prefix and each name. */
    public List<String> locations() {
        return names.stream().map(name -> prefix + name).toList();
    }

    /**
     * Writes this as {@code <destination>/input/yyyy/mm/dd/hh/<uuid>.json}, or {@code output}.
     *
     * @param jobStart when the job started; its hour in UTC is the folder
     * @return the new file
     * @throws UncheckedIOException if it cannot be written
     */
    public Path write(Path destination, Side side, Instant jobStart) {
        Path file = destination
                .resolve(side.folder)
                .resolve(CaptureLayout.hour(jobStart))
                .resolve(UUID.randomUUID() + ".json");
        List<Object> tree = new ArrayList<>();
        tree.add(Map.of("prefix", prefix));
        tree.addAll(names);
        WholeFile.write(file, Json.write(tree));
        return file;
    }

    /**
     * Reads a manifest.
     *
     * @throws IllegalArgumentException if it is none; the message names the file
     * @throws UncheckedIOException if it cannot be read
     */
    public static BatchManifest read(Path file) {
        try {
            List<?> tree = Json.array(Json.read(file));
            if (tree.isEmpty() || !(Json.object(tree.get(0)).get("prefix") instanceof String prefix)) {
                throw new IllegalArgumentException("the first element has no prefix");
            }
            List<String> names = new ArrayList<>();
            for (Object name : tree.subList(1, tree.size())) {
                if (!(name instanceof String text)) {
                    throw new IllegalArgumentException("a name is no text");
                }
                names.add(text);
            }
            return new BatchManifest(prefix, names);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + " is no manifest: " + e.getMessage(), e);
        }
    }

    /**
     * Reads the manifests of the jobs that started in a window of hours, by hour and name.
     *
     * @param from the first moment; jobs are known by the hour in which they started, and one that overlaps is in
     * @param to the first moment after it
     * @throws IllegalArgumentException if a file is no manifest
     * @throws UncheckedIOException if a file or the folder cannot be read
     */
    public static List<BatchManifest> between(Path destination, Side side, Instant from, Instant to) {
        Path folder = destination.resolve(side.folder);
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(file -> file.toString().endsWith(".json")
                            && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                            && overlaps(file, from, to))
                    .sorted()
                    .map(BatchManifest::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list manifests in " + folder + ": " + e, e);
        }
    }

    private static boolean overlaps(Path file, Instant from, Instant to) {
        Instant hour = CaptureLayout.hourOf(file.toAbsolutePath());
        return hour != null
                && hour.isBefore(to)
                && hour.plus(Duration.ofHours(1)).isAfter(from);
    }
}
