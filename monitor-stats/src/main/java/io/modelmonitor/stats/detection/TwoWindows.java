package io.modelmonitor.stats.detection;

import io.modelmonitor.stats.test.KolmogorovSmirnov;
import java.util.Arrays;
import java.util.SplittableRandom;

/** The latest values beside a sample of older ones. */
final class TwoWindows implements ChangeDetector {

    private final double level;
    private final int latest;
    private final SplittableRandom random;
    /** The values of the window, the oldest first; as many as there are. */
    private final double[] window;

    private int size;

    TwoWindows(double level, int window, int latest, long seed) {
        this.level = level;
        this.latest = latest;
        this.random = new SplittableRandom(seed);
        this.window = new double[window];
    }

    @Override
    public boolean add(double value) {
        ChangeDetectors.finite(value);
        if (size == window.length) {
            System.arraycopy(window, 1, window, 0, size - 1);
            size--;
        }
        window[size++] = value;
        if (size < window.length) {
            return false;
        }
        int older = size - latest;
        double[] drawn = Arrays.copyOf(window, older);
        for (int i = 0; i < latest; i++) {
            int other = random.nextInt(i, older);
            double one = drawn[i];
            drawn[i] = drawn[other];
            drawn[other] = one;
        }
        double[] newest = Arrays.copyOfRange(window, older, size);
        boolean isChange = KolmogorovSmirnov.exact(Arrays.copyOf(drawn, latest), newest, KolmogorovSmirnov.Side.BOTH)
                        .pValue()
                < level;
        if (isChange) {
            System.arraycopy(newest, 0, window, 0, latest);
            size = latest;
        }
        return isChange;
    }
}
