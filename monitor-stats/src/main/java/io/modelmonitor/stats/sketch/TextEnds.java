package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.LongText;
import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The first and the last text of a column in the order of its rows, both null while there is none. */
record TextEnds(@Nullable String first, @Nullable String last) {

    static final TextEnds NONE = new TextEnds(null, null);

    boolean isEmpty() {
        return last == null;
    }

    /** Returns the ends of these texts and of one that follows. */
    TextEnds with(String text) {
        return new TextEnds(first == null ? text : first, text);
    }

    /** Returns the ends of these texts and of those that follow. */
    TextEnds merge(TextEnds later) {
        return new TextEnds(first == null ? later.first : first, later.last == null ? last : later.last);
    }

    void write(DataOutput out) throws IOException {
        out.writeBoolean(first != null);
        if (first != null && last != null) {
            Packed.writeText(out, first);
            Packed.writeText(out, last);
        }
    }

    /** @param areCut whether long texts are kept by their beginning alone, as {@link LongText#held} does not */
    static TextEnds read(DataInput in, boolean areCut) throws IOException {
        return Packed.readFlag(in, "steps") ? new TextEnds(readText(in, areCut), readText(in, areCut)) : NONE;
    }

    private static String readText(DataInput in, boolean isCut) throws IOException {
        String text = Packed.readText(in, "step");
        boolean isHeld = isCut ? text.length() <= LongText.LIMIT : LongText.isHeld(text);
        Packed.check(isHeld, "step", "a text of ", text.length());
        return text;
    }
}
