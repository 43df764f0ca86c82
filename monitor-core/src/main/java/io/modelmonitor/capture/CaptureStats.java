package io.modelmonitor.capture;

/**
 * Counts of a capture's records since it was started. While no request is being recorded,
 * {@code accepted = written + dropped + failed + waiting}.
 *
 * @param accepted requests that sampling let in
 * @param sampledOut requests that sampling kept out, or that came while the capture was off
 * @param written records that the sink took
 * @param dropped records that were let go: the queue was full, the sink had paused, or the capture was closed
 * @param failed records that could not be captured: the sink refused them, a mapper threw, or a payload was too large
 * @param waiting records in the queue or in flight
 * @param bytes how many bytes the lines of the records written have in a capture file that is neither compressed nor encrypted,
 *     whatever the sink makes of them; a record of which it took the values, and no text, counts for nothing
 */
public record CaptureStats(
        long accepted, long sampledOut, long written, long dropped, long failed, long waiting, long bytes) {

    /** Returns these with so many more requests accepted that failed. */
    public CaptureStats withFailed(long more) {
        return new CaptureStats(accepted + more, sampledOut, written, dropped, failed + more, waiting, bytes);
    }
}
