package io.modelmonitor;

import io.modelmonitor.capture.CaptureLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a live monitor's panes: {@code <monitor>-<start>.open} of one that has not ended, and {@code .ended} of one that later windows
 * need, by the milliseconds of its start. What cannot be read or written is logged.
 */
final class PaneFiles {

    private static final Logger LOGGER = LoggerFactory.getLogger(LiveMonitor.class);
    private static final String OPEN = ".open";
    private static final String ENDED = ".ended";

    private final Path folder;
    private final Monitor monitor;
    private final Pattern names;

    PaneFiles(Path folder, Monitor monitor) {
        this.folder = folder;
        this.monitor = monitor;
        this.names =
                Pattern.compile(Pattern.quote(CaptureLayout.safe(monitor.name())) + "-(-?\\d{1,18})(\\.open|\\.ended)");
    }

    private Path file(long start, String suffix) {
        return folder.resolve(CaptureLayout.safe(monitor.name()) + "-" + start + suffix);
    }

    SortedMap<Long, Measurement> open() {
        return load(OPEN);
    }

    SortedMap<Long, Measurement> ended() {
        return load(ENDED);
    }

    private SortedMap<Long, Measurement> load(String suffix) {
        SortedMap<Long, Measurement> loaded = new TreeMap<>();
        for (Path file : files()) {
            Matcher name = names.matcher(String.valueOf(file.getFileName()));
            if (name.matches() && name.group(2).equals(suffix)) {
                try {
                    loaded.put(Long.parseLong(name.group(1)), monitor.load(file));
                } catch (RuntimeException e) {
                    LOGGER.warn("Monitor {}: {} cannot be continued", monitor.name(), file, e);
                }
            }
        }
        return loaded;
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException | UncheckedIOException e) {
            LOGGER.warn("Monitor {}: {} cannot be listed", monitor.name(), folder, e);
            return List.of();
        }
    }

    void saveOpen(long start, Measurement measurement) {
        save(file(start, OPEN), measurement);
    }

    private void save(Path file, Measurement measurement) {
        try {
            measurement.save(file);
        } catch (RuntimeException e) {
            LOGGER.warn("Monitor {}: {} cannot be saved", monitor.name(), file, e);
        }
    }

    /**
     * Keeps a pane that has ended, if later windows need it, and deletes those that none does.
     *
     * @param first the beginning of the first pane that later windows may need
     */
    void end(long start, Measurement measurement, long first, boolean isKept) {
        if (!isKept) {
            return;
        }
        save(file(start, ENDED), measurement);
        for (Path file : files()) {
            Matcher name = names.matcher(String.valueOf(file.getFileName()));
            if (name.matches() && name.group(2).equals(ENDED) && Long.parseLong(name.group(1)) < first) {
                delete(file);
            }
        }
    }

    /** Forgets that a pane is open, after it was reported: a process that ends in between reports it again. */
    void deleteOpen(long start) {
        delete(file(start, OPEN));
    }

    private void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOGGER.warn("Monitor {}: {} cannot be deleted", monitor.name(), file, e);
        }
    }
}
