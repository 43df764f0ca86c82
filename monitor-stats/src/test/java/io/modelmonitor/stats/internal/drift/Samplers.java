package io.modelmonitor.stats.internal.drift;

import io.modelmonitor.api.Column;
import io.modelmonitor.api.Distribution;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.stats.internal.text.LexicalForm;
import io.modelmonitor.stats.sketch.ColumnProfile;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes samples, counts and profiles for tests. */
public final class Samplers {

    private Samplers() {}

    /** Returns numbers that are nearly normal: twelve uniform ones added up. */
    public static double[] normal(SplittableRandom random, int size, double mean) {
        double[] sample = new double[size];
        for (int i = 0; i < size; i++) {
            sample[i] = random.doubles(12).sum() - 6 + mean;
        }
        return sample;
    }

    /** Returns the values in random order (Fisher and Yates). */
    public static double[] shuffled(SplittableRandom random, double[] values) {
        double[] shuffled = values.clone();
        for (int i = shuffled.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            double swap = shuffled[i];
            shuffled[i] = shuffled[j];
            shuffled[j] = swap;
        }
        return shuffled;
    }

    public static Distribution counts(double... counts) {
        return Distribution.of(
                IntStream.range(0, counts.length)
                        .mapToObj(i -> new Distribution.Cell("c" + i))
                        .toList(),
                counts);
    }

    /** Returns how many of some rows fall into equally likely cells. */
    public static double[] uniformCounts(SplittableRandom random, int rows, int cells) {
        double[] counts = new double[cells];
        for (int i = 0; i < rows; i++) {
            counts[random.nextInt(cells)]++;
        }
        return counts;
    }

    public static ColumnProfile profile(double... numbers) {
        byte[] kinds = new byte[numbers.length];
        for (int i = 0; i < kinds.length; i++) {
            boolean whole = numbers[i] == Math.rint(numbers[i]);
            kinds[i] = whole ? ValueKind.INTEGRAL : ValueKind.FRACTIONAL;
        }
        return profile(kinds, numbers, false, i -> Double.toString(numbers[i]));
    }

    /** Returns the profile of texts as a file has them, null for missing ones. */
    public static ColumnProfile profile(List<@Nullable String> texts) {
        byte[] kinds = new byte[texts.size()];
        double[] numbers = new double[texts.size()];
        for (int i = 0; i < kinds.length; i++) {
            String text = texts.get(i);
            kinds[i] = text == null ? 0 : LexicalForm.of(text);
            int kind = kinds[i];
            boolean number = kind == ValueKind.INTEGRAL || kind == ValueKind.FRACTIONAL;
            numbers[i] = number ? Double.parseDouble(text) : Double.NaN;
        }
        return profile(kinds, numbers, true, texts::get);
    }

    private static ColumnProfile profile(byte[] kinds, double[] numbers, boolean isText, IntFunction<String> texts) {
        ColumnProfile profile = ColumnProfile.create();
        profile.add(Column.of(kinds, numbers, texts, isText), kinds.length);
        return profile;
    }
}
