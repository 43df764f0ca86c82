package io.modelmonitor.spi;

import io.modelmonitor.api.CaptureRecord;
import java.util.List;

/**
 * Changes captured requests before rows are made of them: what the pre-processing script was to the managed service.
 *
 * <p>A transformer that throws is counted with the record's event id, and the record makes no row; reading goes on.
 */
@FunctionalInterface
public interface RecordTransformer {

    /**
     * Returns what a record becomes: an empty list drops it, a list of several splits it.
     *
     * @throws Exception if nothing can be made of the record
     */
    List<CaptureRecord> transform(CaptureRecord record) throws Exception;
}
