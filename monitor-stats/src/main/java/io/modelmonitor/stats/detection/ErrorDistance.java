package io.modelmonitor.stats.detection;

/** The distance between errors beside the greatest that it was. */
final class ErrorDistance implements ChangeDetector {

    private final double share;
    private final int least;
    private long count;
    private long errors;
    private long lastError;
    private double mean;
    /** The sum of squared differences from the mean. */
    private double squares;

    private double greatest;

    ErrorDistance(double share, int least) {
        this.share = share;
        this.least = least;
    }

    @Override
    public boolean add(double value) {
        count++;
        if (!ChangeDetectors.isError(value)) {
            return false;
        }
        errors++;
        double distance = count - lastError;
        lastError = count;
        double before = mean;
        mean += (distance - mean) / errors;
        squares += (distance - mean) * (distance - before);
        if (count < least - 1) {
            return false;
        }
        double height = mean + 2 * Math.sqrt(squares / errors);
        if (height > greatest) {
            greatest = height;
            return false;
        }
        boolean isChange = errors > least && height < share * greatest;
        if (isChange) {
            count = 0;
            errors = 0;
            lastError = 0;
            mean = 0;
            squares = 0;
            greatest = 0;
        }
        return isChange;
    }
}
