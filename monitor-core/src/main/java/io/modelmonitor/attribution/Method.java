package io.modelmonitor.attribution;

import io.modelmonitor.spi.Attributor;
import io.modelmonitor.stats.attribution.Attributors;
import io.modelmonitor.stats.attribution.Background;
import io.modelmonitor.stats.attribution.Link;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A method of explaining a row, and its cost. Immutable. */
final class Method {

    private final Attributor attributor;
    private final long callsPerRow;
    /** The factory of the attributor; null if a user supplied the attributor. */
    private final @Nullable Recipe recipe;

    private Method(Attributor attributor, long callsPerRow, @Nullable Recipe recipe) {
        this.attributor = attributor;
        this.callsPerRow = callsPerRow;
        this.recipe = recipe;
    }

    private record Recipe(
            UnaryOperator<double[][]> model,
            Background background,
            Link link,
            int samples,
            boolean permutation,
            long seed) {

        Method method() {
            int coalitions = permutation ? background.features() : samples;
            Attributor attributor = permutation
                    ? Attributors.permutation(model, background, link)
                    : Attributors.kernelShap(model, background, link, samples, seed);
            return new Method(attributor, 1 + background.size() * (1L + coalitions), this);
        }
    }

    static Method of(Attributor attributor) {
        return new Method(attributor, 1, null);
    }

    static Method shapley(UnaryOperator<double[][]> model, Background background, Link link, long seed) {
        int samples = Attributors.defaultSamples(background.features());
        return new Recipe(model, background, link, samples, false, seed).method();
    }

    Attributor attributor() {
        return attributor;
    }

    /** The most rows that the model is given for one that is explained. */
    long callsPerRow() {
        return callsPerRow;
    }

    Method withLink(Link link) {
        Recipe r = recipe("link");
        return new Recipe(r.model, r.background, link, r.samples, r.permutation, r.seed).method();
    }

    Method withSamples(int samples) {
        Recipe r = recipe("samples");
        return new Recipe(r.model, r.background, r.link, samples, false, r.seed).method();
    }

    Method byPermutation() {
        Recipe r = recipe("permutation");
        return new Recipe(r.model, r.background, r.link, r.samples, true, r.seed).method();
    }

    Method withSeed(long seed) {
        Recipe r = recipe;
        return r == null ? this : new Recipe(r.model, r.background, r.link, r.samples, r.permutation, seed).method();
    }

    private Recipe recipe(String setting) {
        if (recipe == null) {
            throw new IllegalArgumentException(
                    setting + " cannot be set: attributions are not computed from a model here");
        }
        return recipe;
    }
}
