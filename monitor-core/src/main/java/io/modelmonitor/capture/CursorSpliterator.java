package io.modelmonitor.capture;

import io.modelmonitor.api.CaptureRecord;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;

/** The records of a cursor, for a stream. */
final class CursorSpliterator extends Spliterators.AbstractSpliterator<CaptureRecord> {

    private final CaptureFiles.Cursor cursor;

    CursorSpliterator(CaptureFiles.Cursor cursor) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        this.cursor = cursor;
    }

    @Override
    public boolean tryAdvance(Consumer<? super CaptureRecord> action) {
        CaptureRecord record = cursor.next();
        if (record == null) {
            cursor.close();
            return false;
        }
        action.accept(record);
        return true;
    }
}
