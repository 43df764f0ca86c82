package io.modelmonitor.data;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Schema;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads maps as the objects of JSON Lines are read. */
final class MapsCursor implements Dataset.Cursor {

    private final Iterator<? extends Map<String, ?>> maps;
    private final Flattener row = new Flattener();
    private final RowPacker packer = new RowPacker(Schema.ofNames());
    private final Problems problems = new Problems("rows", false);
    private @Nullable Batch first;
    private long number;

    MapsCursor(Iterator<? extends Map<String, ?>> maps) {
        this.maps = maps;
        this.first = read();
    }

    @Override
    public Schema schema() {
        return packer.schema();
    }

    @Override
    public @Nullable Batch next() {
        Batch batch = first == null ? read() : first;
        first = null;
        return batch;
    }

    private @Nullable Batch read() {
        while (!packer.isFull() && maps.hasNext()) {
            number++;
            row.clear();
            row.addTree("", maps.next());
            row.packInto(packer, problems, number);
        }
        return packer.batch();
    }

    @Override
    public List<DataProblem> problems() {
        return problems.list();
    }

    @Override
    public void close() {
        // Nothing is held open.
    }
}
