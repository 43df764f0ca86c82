package io.modelmonitor.test;

import io.modelmonitor.Baseline;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Schema;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.spi.CaptureSink;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Records that a live monitor has taken count as arrived. */
class LiveMonitorContractTest implements CaptureSinkContract {

    private static final Baseline BASELINE = Baseline.of(
            Datasets.of(Schema.ofNames("_c0", "_c1"), List.of(new Object[] {0.5, 1}, new Object[] {0.6, 2})));

    private final List<CaptureRecord> seen = Collections.synchronizedList(new ArrayList<>());

    @Override
    public CaptureSink sink() {
        return Monitor.against(BASELINE).everyRows(30).transformer(record -> {
            seen.add(record);
            return List.of(record);
        });
    }

    @Override
    public List<CaptureRecord> arrived() {
        return List.copyOf(seen);
    }
}
