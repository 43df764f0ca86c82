package io.modelmonitor.internal.data;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Recognises files that are no tables of text, by their first bytes, and says what to do with them. */
final class ForeignFormat {

    private static final int TAR_MARK = 257;
    private static final String COMPRESSED = "it is compressed with %s; unpack it, or compress it with gzip";
    private static final String NOT_READ = "it is %s; export the table as CSV or JSON Lines";

    private ForeignFormat() {}

    /** Returns what a file is and what to do with it, in one line; null if it may be text. */
    static @Nullable String of(byte[] first) {
        String start = new String(first, StandardCharsets.ISO_8859_1);
        if (start.startsWith("PK\3\4") || start.startsWith("PK\5\6")) {
            return zip(start);
        }
        if (start.startsWith("PAR1") || start.startsWith("PARE")) {
            return "it is Parquet; Parquet.dataset(path) of the module monitor-parquet reads it";
        }
        if (start.startsWith("\u00d0\u00cf\u0011\u00e0")) {
            return "it is an Excel workbook (.xls) or another file of Office; save the sheet as CSV";
        }
        if (start.startsWith("%PDF")) {
            return "it is a PDF; the table that it was printed from is needed, as CSV";
        }
        if (start.startsWith("SQLite format 3\0")) {
            return "it is an SQLite database; Datasets.query(dataSource, sql) reads a table of it";
        }
        if (start.startsWith("BZh") && (start.startsWith("1AY&SY", 4) || start.startsWith("\u0017rE8P\u0090", 4))) {
            return String.format(COMPRESSED, "bzip2");
        }
        if (start.startsWith("\u0004\"M\u0018")) {
            return String.format(COMPRESSED, "lz4");
        }
        if (start.startsWith("Rar!\u001a\u0007")) {
            return "it is a RAR archive; unpack it";
        }
        if (isImage(start)) {
            return "it is an image; the table that it shows is needed, as CSV";
        }
        if (start.startsWith("version https://git-lfs")) {
            return "it is a pointer of Git LFS to a table, which 'git lfs pull' puts in its place";
        }
        if (start.startsWith("\u00fd7zXZ\0")) {
            return String.format(COMPRESSED, "xz");
        }
        if (start.startsWith("(\u00b5/\u00fd")) {
            return String.format(COMPRESSED, "zstd");
        }
        if (start.startsWith("7z\u00bc\u00af")) {
            return "it is a 7z archive; unpack it";
        }
        if (start.startsWith("ustar", TAR_MARK)) {
            return "it is a tar archive; unpack it";
        }
        if (start.startsWith("ARROW1\0") || start.startsWith("FEA1")) {
            return String.format(NOT_READ, "an Arrow or Feather file");
        }
        if (start.startsWith("Obj\1")) {
            return String.format(NOT_READ, "Avro");
        }
        if (start.startsWith("ORC") && start.indexOf(0) >= 0) {
            return String.format(NOT_READ, "ORC");
        }
        if (start.startsWith("\u0093NUMPY")) {
            return String.format(NOT_READ, "an array of NumPy");
        }
        if (start.startsWith("RDX2\n") || start.startsWith("RDX3\n") || start.startsWith("X\n\0\0")) {
            return String.format(NOT_READ, "a file of R's data");
        }
        if (start.startsWith("\u0089HDF")) {
            return String.format(NOT_READ, "HDF5");
        }
        if (start.startsWith("\u0080") && first.length > 1 && first[1] >= 2 && first[1] <= 5) {
            return String.format(NOT_READ, "a Python pickle");
        }
        String text = start.stripLeading().toLowerCase(Locale.ROOT);
        if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
            return "it is a page of HTML, as a download that failed leaves; get the table itself";
        }
        return text.startsWith("<?xml") ? String.format(NOT_READ, "XML") : null;
    }

    private static boolean isImage(String start) {
        return start.startsWith("\u0089PNG")
                || start.startsWith("\u00ff\u00d8\u00ff")
                || start.startsWith("GIF87a")
                || start.startsWith("GIF89a")
                || start.startsWith("II*\0")
                || start.startsWith("MM\0*")
                || (start.startsWith("RIFF") && start.startsWith("WEBP", 8));
    }

    private static String zip(String start) {
        if (start.contains("xl/") || start.contains("[Content_Types].xml")) {
            return "it is an Excel workbook (.xlsx) or another file of Office; save the sheet as CSV";
        }
        return start.contains("mimetypeapplication/vnd.oasis.opendocument")
                ? "it is an OpenDocument file; save the sheet as CSV"
                : "it is a zip archive; unpack it, or compress the table with gzip";
    }
}
