package io.modelmonitor.stats.quality;

import io.modelmonitor.api.Plot;
import java.util.ArrayList;
import java.util.List;

/** Draws the distribution of errors. */
final class ResidualPlot {

    private ResidualPlot() {}

    /** Returns a histogram of bins of equal width from the least to the greatest error; of one bin if all are equal. */
    static Plot histogram(SortedCounts errors, int bins) {
        double greatest = errors.numbers()[0];
        double least = errors.numbers()[errors.size() - 1];
        int count = greatest > least && Double.isFinite(greatest - least) ? bins : 1;
        double[] counts = new double[count];
        for (int i = 0; i < errors.size(); i++) {
            double position = count == 1 ? 0 : (errors.numbers()[i] - least) / (greatest - least) * count;
            counts[Math.min(count - 1, (int) position)] += errors.marked()[i];
        }
        List<Double> edges = new ArrayList<>();
        List<Double> heights = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            edges.add(least + (greatest - least) * i / count);
            heights.add(counts[i]);
        }
        edges.add(greatest);
        return new Plot.Histogram("Errors (truth less prediction)", edges, heights);
    }
}
