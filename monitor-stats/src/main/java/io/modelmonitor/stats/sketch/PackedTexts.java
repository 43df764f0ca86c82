package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.ByteBuilder;
import io.modelmonitor.stats.internal.ByteReader;
import io.modelmonitor.stats.internal.LongText;
import io.modelmonitor.stats.internal.Packed;
import io.modelmonitor.stats.internal.PackedBytes;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The byte form of texts and how often they occur. */
final class PackedTexts {

    /** A text takes three bytes for each unit at most, and some for what is known of it. */
    private static final int MOST_BYTES = 4 * Categories.MAX_CHARACTERS + 32 * Categories.MAX_VALUES;

    private static final int NO_NUMBER = 0;
    private static final int SPELLED = 1;
    private static final int STATED = 2;

    private PackedTexts() {}

    private record Entry(String text, double number, long count) {}

    /** Writes texts in their order, each with its count and what it is as a number. */
    static void write(DataOutput out, TextCounts texts) throws IOException {
        List<Entry> sorted = new ArrayList<>(texts.size());
        texts.forEach((text, number, count) -> sorted.add(new Entry(text, number, count)));
        sorted.sort(Comparator.comparing(Entry::text));
        ByteBuilder bytes = new ByteBuilder();
        DataOutputStream each = new DataOutputStream(bytes);
        String before = "";
        for (Entry entry : sorted) {
            String text = entry.text;
            double number = entry.number;
            int kind = Double.isNaN(number) ? NO_NUMBER : NumberSpelling.number(text) == number ? SPELLED : STATED;
            Packed.writeText(each, before, text);
            Packed.writeCount(each, entry.count);
            each.writeByte(kind);
            if (kind == STATED) {
                each.writeDouble(number);
            }
            before = text;
        }
        Packed.writeCount(out, sorted.size());
        PackedBytes.write(out, bytes.toByteArray());
    }

    /** Reads the texts that {@link #write} wrote. */
    static TextCounts read(DataInput in) throws IOException {
        TextCounts read = new TextCounts();
        int size = Packed.readCount(in, "texts", Categories.MAX_VALUES);
        ByteReader bytes = new ByteReader(PackedBytes.read(in, MOST_BYTES));
        DataInputStream each = new DataInputStream(bytes);
        // Each text takes three bytes at least, whatever number is claimed.
        read.makeRoom(Math.min(size, bytes.available() / 3));
        StringBuilder units = new StringBuilder();
        String before = "";
        long total = 0;
        for (int i = 0; i < size; i++) {
            String text = Packed.readText(each, "texts", units);
            Packed.check(i == 0 || text.compareTo(before) > 0, "texts", "they do not ascend");
            Packed.check(LongText.isHeld(text), "texts", "one that no state holds");
            long count = Packed.readCount(each, "count of a text");
            Packed.check(count > 0, "count of a text", "0; at least 1 is expected");
            total = Packed.sum("count of a text", total, count);
            read.addHeld(text, number(each, text), count);
            Packed.check(read.characters() <= Categories.MAX_CHARACTERS, "texts", "too many characters");
            before = text;
        }
        Packed.check(bytes.available() == 0, "texts", "something follows the last");
        return read;
    }

    private static double number(DataInput in, String text) throws IOException {
        int kind = in.readUnsignedByte();
        if (kind == NO_NUMBER) {
            return Double.NaN;
        }
        double number = kind == SPELLED ? NumberSpelling.number(text) : in.readDouble();
        Packed.check(
                kind <= STATED && !Double.isNaN(number) && text.length() <= LongText.LIMIT,
                "texts",
                "one is no number and said to be one");
        return number;
    }
}
