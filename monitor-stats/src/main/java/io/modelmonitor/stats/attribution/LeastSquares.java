package io.modelmonitor.stats.attribution;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Shapley values by Kernel SHAP: the φ that minimise Σ wᵢ (v(Sᵢ) − v(∅) − Σ φⱼ over j in Sᵢ)², subject to Σ φⱼ = v(N) −
 * v(∅).
 *
 * <p>With A = Σ wᵢ zᵢzᵢᵀ and b = Σ wᵢ zᵢ (v(Sᵢ) − v(∅)), Lagrange's multiplier gives φ = A⁻¹(b + λ1), λ = (v(N) − v(∅) −
 * 1ᵀA⁻¹b) / 1ᵀA⁻¹1. A depends on the coalitions only and is inverted once, by Cholesky's decomposition. It is positive
 * definite, because every single player is among the coalitions. Dividing takes one addition for each member of each
 * coalition.
 */
final class LeastSquares implements Design {

    private final Coalitions coalitions;
    private final double[] weights;
    private final double[][] inverse;
    private final double[] rowSums;
    private final double total;

    /**
     * Creates a design.
     *
     * @param players at least 2
     * @param samples about how many coalitions to ask for, at least 2·{@code players}
     * @param seed what makes the draws repeatable
     */
    LeastSquares(int players, int samples, long seed) {
        WeightedCoalitions chosen = WeightedCoalitions.of(players, samples, seed);
        this.coalitions = chosen.coalitions();
        this.weights = chosen.weights();
        this.inverse = inverse(players);
        this.rowSums = new double[players];
        double sum = 0;
        for (int i = 0; i < players; i++) {
            for (int j = 0; j < players; j++) {
                rowSums[i] += inverse[i][j];
            }
            sum += rowSums[i];
        }
        this.total = sum;
    }

    private double[][] inverse(int players) {
        double[][] gram = new double[players][players];
        int[] members = new int[players];
        for (int coalition = 0; coalition < coalitions.size(); coalition++) {
            int count = coalitions.members(coalition, members);
            double weight = weights[coalition];
            for (int i = 0; i < count; i++) {
                double[] row = gram[members[i]];
                for (int j = 0; j <= i; j++) {
                    row[members[j]] += weight;
                }
            }
        }
        for (int i = 0; i < players; i++) {
            for (int j = 0; j < i; j++) {
                gram[j][i] = gram[i][j];
            }
        }
        RealMatrix matrix = new Array2DRowRealMatrix(gram, false);
        return new CholeskyDecomposition(matrix).getSolver().getInverse().getData();
    }

    @Override
    public Coalitions coalitions() {
        return coalitions;
    }

    @Override
    public double[] divide(double[] values, double emptyValue, double grandValue) {
        int players = inverse.length;
        double[] right = new double[players];
        int[] members = new int[players];
        for (int coalition = 0; coalition < values.length; coalition++) {
            double weighted = weights[coalition] * (values[coalition] - emptyValue);
            int count = coalitions.members(coalition, members);
            for (int i = 0; i < count; i++) {
                right[members[i]] += weighted;
            }
        }
        double[] contributions = new double[players];
        double sum = 0;
        for (int i = 0; i < players; i++) {
            double contribution = 0;
            for (int j = 0; j < players; j++) {
                contribution += inverse[i][j] * right[j];
            }
            contributions[i] = contribution;
            sum += contribution;
        }
        double multiplier = (grandValue - emptyValue - sum) / total;
        for (int i = 0; i < players; i++) {
            contributions[i] += multiplier * rowSums[i];
        }
        return contributions;
    }
}
