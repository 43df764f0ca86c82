package io.modelmonitor.capture;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where capture files lie: {@code <endpoint>/<variant>/yyyy/mm/dd/hh/mm-ss-SSS-<uuid>.jsonl}, in UTC, by the hour of the
 * request.
 */
public final class CaptureLayout {

    /** The number of names in a file's path below the root. */
    public static final int NAMES = 7;

    /** The end of a plain file's name. */
    public static final String LINES = ".jsonl";
    /** The suffix of a compressed file. */
    public static final String COMPRESSED = ".gz";
    /** The suffix of an encrypted file. */
    public static final String ENCRYPTED = ".enc";

    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("uuuu/MM/dd/HH", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter WITHIN_HOUR =
            DateTimeFormatter.ofPattern("mm-ss-SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern NAME =
            Pattern.compile("\\d\\d-\\d\\d-\\d\\d\\d-[0-9a-fA-F-]{36}\\.jsonl(\\.gz)?(\\.enc)?");
    private static final Pattern IN_HOUR = Pattern.compile("(?:.*/)?(\\d{4})/(\\d\\d)/(\\d\\d)/([01]\\d|2[0-3])/[^/]+");

    private CaptureLayout() {}

    /** Returns the folder, below the root, of what an endpoint's variant was asked in the hour of a time. */
    public static String folder(String endpoint, String variant, Instant time) {
        return safe(endpoint) + "/" + safe(variant) + "/" + hour(time);
    }

    /** Returns the folder of an hour, {@code yyyy/mm/dd/hh}. */
    public static String hour(Instant time) {
        return HOUR.format(time);
    }

    /** Returns the name of a plain file that begins with a request of a time. */
    public static String fileName(Instant time, UUID id) {
        return WITHIN_HOUR.format(time) + "-" + id + LINES;
    }

    /** Returns whether a file has such a name. */
    public static boolean isFileName(String name) {
        return NAME.matcher(name).matches();
    }

    /** Returns the beginning of the hour in whose folder a file lies; null if it lies in none. */
    public static @Nullable Instant hourOf(Path file) {
        Matcher matcher = IN_HOUR.matcher(file.toString().replace('\\', '/'));
        if (!matcher.matches()) {
            return null;
        }
        try {
            return Instant.parse(matcher.group(1) + "-" + matcher.group(2) + "-" + matcher.group(3) + "T"
                    + matcher.group(4) + ":00:00Z");
        } catch (java.time.format.DateTimeParseException e) {
            return null;
        }
    }

    /**
     * Returns a name that is one folder and no other: whatever is no letter, digit, {@code _}, {@code -} or inner {@code .}
     * becomes its UTF-8 bytes in hexadecimal digits, each after a {@code %}.
     */
    public static String safe(String name) {
        StringBuilder safe = new StringBuilder(name.length());
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            int b = bytes[i] & 0xFF;
            boolean letterOrDigit = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
            if (letterOrDigit || b == '_' || b == '-' || (b == '.' && i > 0 && i < bytes.length - 1)) {
                safe.append((char) b);
            } else {
                safe.append(String.format(Locale.ROOT, "%%%02X", b));
            }
        }
        return safe.isEmpty() ? "%" : safe.toString();
    }
}
