package io.modelmonitor.sink;

import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.capture.CaptureLayout;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A file of a spill, {@code <endpoint>/<variant>/<number>.jsonl}: what one model's sink refused, in its order. */
final class SpillSegment {

    private static final Pattern NAME = Pattern.compile("(\\d{19})\\.jsonl(\\.enc)?");

    private final Path path;
    private final String endpoint;
    private final String variant;
    private final long number;
    private long bytes;
    private long records;

    SpillSegment(Path path, String endpoint, String variant, long number) {
        this.path = path;
        this.endpoint = endpoint;
        this.variant = variant;
        this.number = number;
    }

    /** Returns the file's name, without the end that says that it is encrypted. */
    static String name(long number) {
        return String.format(Locale.ROOT, "%019d", number) + CaptureLayout.LINES;
    }

    /** Returns the segment that a file is; null if it is none. */
    static @Nullable SpillSegment of(Path file, long bytes) {
        Matcher matcher = NAME.matcher(String.valueOf(file.getFileName()));
        Path variant = file.getParent();
        Path endpoint = variant == null ? null : variant.getParent();
        if (variant == null || endpoint == null || !matcher.matches()) {
            return null;
        }
        SpillSegment segment =
                new SpillSegment(file, nameOf(endpoint), nameOf(variant), Long.parseLong(matcher.group(1)));
        segment.bytes = bytes;
        return segment;
    }

    /** Reads what {@link CaptureLayout#safe} has made of a name. */
    private static String nameOf(Path folder) {
        String safe = String.valueOf(folder.getFileName());
        return safe.equals("%") ? "" : URLDecoder.decode(safe, StandardCharsets.UTF_8);
    }

    void grow(long newBytes, int moreRecords) {
        bytes = newBytes;
        records += moreRecords;
    }

    /** Takes note of how many records could be read, and returns how many of those that were written here are missing. */
    long finish(long read) {
        long missing = Math.max(0, records - read);
        records -= missing;
        return missing;
    }

    boolean takes(CaptureBatch batch) {
        return endpoint.equals(batch.endpoint()) && variant.equals(batch.variant());
    }

    Path path() {
        return path;
    }

    String endpoint() {
        return endpoint;
    }

    String variant() {
        return variant;
    }

    long number() {
        return number;
    }

    long bytes() {
        return bytes;
    }

    /** Returns how many records were written here; none of those that another process left behind. */
    long records() {
        return records;
    }
}
