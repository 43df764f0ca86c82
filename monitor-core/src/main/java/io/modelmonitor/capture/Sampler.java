package io.modelmonitor.capture;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides which requests are captured. Runs on the thread that serves the request, before anything is copied; has to be
 * quick and safe for use by several threads. A sampler that throws keeps the request out, and it is counted as failed.
 */
@FunctionalInterface
public interface Sampler {

    /**
     * Returns whether a request is in.
     *
     * @param inferenceId the caller's identifier of the request; null when none was given
     * @param input what the caller handed over as input, as it is: the array, the map, the object that a mapper is for;
     *     null when there is none
     */
    boolean includes(@Nullable String inferenceId, @Nullable Object input);

    /**
     * Returns a sampler that lets in each request with a probability of its own chance.
     *
     * @param fraction from 0 (none) to 1 (all)
     * @throws IllegalArgumentException if the fraction lies elsewhere
     */
    static Sampler fraction(double fraction) {
        checkFraction(fraction);
        if (fraction == 1) {
            return (id, input) -> true;
        }
        long in = (long) Math.ceil(fraction * 0x1p53);
        return (id, input) -> (ThreadLocalRandom.current().nextLong() >>> 11) < in;
    }

    /**
     * Returns a sampler that decides by the inference id alone, so that all replicas, and a program that has the labels, agree on who
     * is in: the XXH3 64-bit hash of the id's UTF-16 little-endian bytes, its upper 53 bits taken as a fraction of 1. A
     * request without an id is in by chance.
     *
     * @param fraction from 0 (none) to 1 (all)
     * @throws IllegalArgumentException if the fraction lies elsewhere
     */
    static Sampler byInferenceId(double fraction) {
        Sampler byChance = fraction(fraction);
        Hasher64 hasher = Hashing.xxh3_64();
        return (id, input) ->
                id == null ? byChance.includes(null, input) : (hasher.hashCharsToLong(id) >>> 11) * 0x1p-53 < fraction;
    }

    /** Returns a sampler that lets in the requests whose input fulfils a condition. */
    static Sampler where(Predicate<@Nullable Object> condition) {
        return (id, input) -> condition.test(input);
    }

    /**
     * Returns a sampler with a rate for each segment of requests.
     *
     * @param segment the segment that an input belongs to
     * @param rates a fraction from 0 to 1 for each segment
     * @param otherwise the fraction for segments that have none
     * @throws IllegalArgumentException if a fraction lies elsewhere
     */
    static Sampler bySegment(Function<@Nullable Object, String> segment, Map<String, Double> rates, double otherwise) {
        Map<String, Double> copy = Map.copyOf(rates);
        copy.values().forEach(Sampler::checkFraction);
        checkFraction(otherwise);
        return (id, input) ->
                ThreadLocalRandom.current().nextDouble() < copy.getOrDefault(segment.apply(input), otherwise);
    }

    private static void checkFraction(double fraction) {
        if (!(fraction >= 0 && fraction <= 1)) {
            String hint = fraction > 1 && fraction <= 100
                    ? "; for " + fraction + " % say " + String.format(java.util.Locale.ROOT, "%.2f", fraction / 100)
                    : "";
            throw new IllegalArgumentException(
                    "sampling fraction is " + fraction + "; it must lie between 0 and 1" + hint);
        }
    }
}
