package io.modelmonitor.attribution;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Row;
import io.modelmonitor.stats.attribution.Aggregation;
import io.modelmonitor.stats.attribution.Background;
import io.modelmonitor.stats.attribution.Link;
import io.modelmonitor.stats.attribution.RowSample;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A model whose predictions are to be explained, whose background rows are still to be given; made by {@link
 * Attribution#attribution}. Immutable.
 */
public final class ExplainedModel {

    private final UnaryOperator<double[][]> model;

    ExplainedModel(UnaryOperator<double[][]> model) {
        this.model = model;
    }

    /**
     * Explains against rows of a dataset. Of more than {@value Attribution#DEFAULT_BACKGROUND} rows, a uniform sample of
     * as many is taken. It is read now.
     *
     * @param features the columns that the model takes, in its order; none for all columns of the dataset
     * @throws IllegalArgumentException if it has no rows, lacks a column, or a column is no number
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public Attribution background(Dataset sample, String... features) {
        RowSample rows = RowSample.of(Attribution.DEFAULT_BACKGROUND, Attribution.DEFAULT_SEED);
        List<String> names = List.of(features);
        try (Stream<Row> stream = sample.rows()) {
            for (Row row : (Iterable<Row>) stream::iterator) {
                names = names.isEmpty() ? row.schema().names() : names;
                rows.add(new FeatureReader(FeatureReader.named(names)).read(row));
            }
        }
        if (rows.rows() == 0) {
            throw new IllegalArgumentException("sample has no rows; at least one is needed");
        }
        double[][] background =
                rows.ordered().stream().map(RowSample.Row::values).toArray(double[][]::new);
        return background(Background.of(background), names.toArray(String[]::new));
    }

    /**
     * Explains against a background made by hand, such as {@link Background#centres} or {@link Background#medoids}.
     *
     * @param background what stands in for absent features
     * @param features the columns that the model takes, in its order
     * @throws IllegalArgumentException if there are not as many features as in the background
     */
    public Attribution background(Background background, String... features) {
        if (features.length != background.features()) {
            throw new IllegalArgumentException(
                    "features: " + features.length + " named, the background has " + background.features());
        }
        return new Attribution(
                FeatureReader.named(List.of(features)),
                Method.shapley(model, background, Link.IDENTITY, Attribution.DEFAULT_SEED),
                new Summary(Aggregation.MEAN_ABS, List.of(), Attribution.DEFAULT_SEED),
                Budget.ofRows(Attribution.DEFAULT_ROWS),
                Runnable::run);
    }
}
