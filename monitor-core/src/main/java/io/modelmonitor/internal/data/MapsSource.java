package io.modelmonitor.internal.data;

import io.modelmonitor.api.DataProblem;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads maps as the objects of JSON Lines are read. */
public final class MapsSource implements RowSource {

    static final String NULL_ROW = "row that is null; all its values are missing";

    private final Stream<? extends Map<String, ?>> stream;
    private final Iterator<? extends Map<String, ?>> maps;
    private final Flattener row = new Flattener();
    private final Problems problems = new Problems("rows", false);
    private long number;

    /** Reads a stream, which is closed with this. */
    public MapsSource(Stream<? extends Map<String, ?>> stream) {
        this.stream = stream;
        this.maps = stream.iterator();
    }

    @Override
    public boolean next() {
        if (!maps.hasNext()) {
            return false;
        }
        number++;
        row.clear();
        Map<String, ?> map = maps.next();
        if (map == null) {
            problems.add(NULL_ROW, number);
        } else {
            row.addTree("", map);
        }
        return true;
    }

    @Override
    public int width() {
        return row.width();
    }

    @Override
    public void pack(RowPacker packer) {
        row.packInto(packer, problems, number);
    }

    @Override
    public List<DataProblem> problems() {
        return problems.list();
    }

    @Override
    public void close() {
        stream.close();
    }
}
