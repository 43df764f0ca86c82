package io.modelmonitor.stats.attribution;

import io.modelmonitor.api.Explanation;
import io.modelmonitor.spi.Attributor;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/**
 * Attributes by asking the model about coalitions: the game v(S) = link(mean over background rows b of f(x on S, b
 * elsewhere)), divided among the features by a {@link Design}.
 *
 * <p>Only features in which the row differs from the background play; the others contribute exactly 0 (Shapley's dummy
 * axiom) and cost nothing. Designs are made once for each number of players.
 */
final class CoalitionAttributor implements Attributor {

    /** The number of rows given to the model at once: small enough to stay in a core's cache. */
    static final int BATCH_ROWS = 1024;

    private final UnaryOperator<double[][]> model;
    private final Background background;
    private final Link link;
    private final IntFunction<Design> designs;
    private final ConcurrentMap<Integer, Design> byPlayers = new ConcurrentHashMap<>();

    CoalitionAttributor(
            UnaryOperator<double[][]> model, Background background, Link link, IntFunction<Design> designs) {
        this.model = model;
        this.background = background;
        this.link = link;
        this.designs = designs;
    }

    @Override
    public Explanation explain(double[] row) {
        if (row.length != background.features()) {
            throw new IllegalArgumentException(
                    "row has " + row.length + " features; the background has " + background.features());
        }
        int[] varying = background.varying(row);
        Design design = byPlayers.computeIfAbsent(varying.length, designs::apply);
        double[] grandValues = grandValues(row);
        int outputs = grandValues.length;
        double[] emptyValues = emptyValues(outputs);
        double[][] values = values(design.coalitions(), row, varying, outputs);
        double[] contributions = new double[outputs * row.length];
        for (int output = 0; output < outputs; output++) {
            double[] ofPlayers = design.divide(values[output], emptyValues[output], grandValues[output]);
            for (int player = 0; player < varying.length; player++) {
                contributions[output * row.length + varying[player]] = ofPlayers[player];
            }
        }
        return Explanation.of(emptyValues, contributions);
    }

    private double[] grandValues(double[] row) {
        double[][] predicted = model.apply(new double[][] {row.clone()});
        if (predicted.length != 1 || predicted[0].length == 0) {
            throw new IllegalStateException("the model returned " + predicted.length + " rows for 1 row"
                    + (predicted.length == 1 ? ", without any output" : ""));
        }
        double[] values = new double[predicted[0].length];
        for (int output = 0; output < values.length; output++) {
            values[output] = linked(predicted[0][output]);
        }
        return values;
    }

    private double[] emptyValues(int outputs) {
        double[][] batch = new double[background.size()][];
        for (int i = 0; i < batch.length; i++) {
            batch[i] = background.row(i).clone();
        }
        double[][] value = new double[outputs][1];
        average(batch, value, 0);
        double[] values = new double[outputs];
        for (int output = 0; output < outputs; output++) {
            values[output] = value[output][0];
        }
        return values;
    }

    private double[][] values(Coalitions coalitions, double[] row, int[] varying, int outputs) {
        double[][] values = new double[outputs][coalitions.size()];
        int rows = background.size();
        int atOnce = Math.min(coalitions.size(), Math.max(1, BATCH_ROWS / rows));
        double[][] batch = new double[atOnce * rows][row.length];
        int[] members = new int[varying.length];
        for (int first = 0; first < coalitions.size(); first += atOnce) {
            int count = Math.min(atOnce, coalitions.size() - first);
            for (int i = 0; i < count; i++) {
                fill(batch, i * rows, row, varying, members, coalitions.members(first + i, members));
            }
            average(count == atOnce ? batch : Arrays.copyOf(batch, count * rows), values, first);
        }
        return values;
    }

    /**
     * Writes the rows of one coalition, every cell anew: a model may scale its rows in place. Rows are copied from the side
     * that has more of them, and the columns of the others, which are few, are written over.
     */
    private void fill(double[][] batch, int at, double[] row, int[] varying, int[] members, int count) {
        int rows = background.size();
        if (2 * count <= varying.length) {
            for (int b = 0; b < rows; b++) {
                System.arraycopy(background.row(b), 0, batch[at + b], 0, row.length);
            }
            for (int i = 0; i < count; i++) {
                int feature = varying[members[i]];
                double value = row[feature];
                for (int b = 0; b < rows; b++) {
                    batch[at + b][feature] = value;
                }
            }
        } else {
            for (int b = 0; b < rows; b++) {
                System.arraycopy(row, 0, batch[at + b], 0, row.length);
            }
            int others = others(varying.length, members, count);
            for (int i = 0; i < others; i++) {
                int feature = varying[members[i]];
                double[] column = background.column(feature);
                for (int b = 0; b < rows; b++) {
                    batch[at + b][feature] = column[b];
                }
            }
        }
    }

    /** Replaces the members of a coalition by those who are not, and returns how many there are. */
    private static int others(int players, int[] members, int count) {
        int[] present = Arrays.copyOf(members, count);
        int others = 0;
        int next = 0;
        for (int player = 0; player < players; player++) {
            if (next < count && present[next] == player) {
                next++;
            } else {
                members[others++] = player;
            }
        }
        return others;
    }

    /** Asks the model and writes the linked mean over each {@code background.size()} rows. */
    private void average(double[][] batch, double[][] values, int first) {
        double[][] predicted = model.apply(batch);
        if (predicted.length != batch.length) {
            throw new IllegalStateException(
                    "the model returned " + predicted.length + " rows for " + batch.length + " rows");
        }
        int outputs = values.length;
        int rows = background.size();
        for (int i = 0; i < batch.length; i += rows) {
            for (int output = 0; output < outputs; output++) {
                double mean = 0;
                for (int b = 0; b < rows; b++) {
                    double[] outputsOfRow = predicted[i + b];
                    if (outputsOfRow.length != outputs) {
                        throw new IllegalStateException("the model returned " + outputsOfRow.length
                                + " outputs for one row and " + outputs + " for another");
                    }
                    mean += background.weight(b) * outputsOfRow[output];
                }
                values[output][first + i / rows] = linked(mean);
            }
        }
    }

    private double linked(double mean) {
        if (!Double.isFinite(mean)) {
            throw new IllegalStateException("the model returned " + mean + "; only finite outputs can be explained");
        }
        double value = link.apply(mean);
        if (!Double.isFinite(value)) {
            throw new IllegalStateException("the mean output " + mean + " has no finite " + link);
        }
        return value;
    }
}
