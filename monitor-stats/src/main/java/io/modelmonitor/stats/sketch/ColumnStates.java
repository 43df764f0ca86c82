package io.modelmonitor.stats.sketch;

import io.modelmonitor.api.Column;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.stats.internal.text.TextCursor;
import org.jspecify.annotations.Nullable;

/** The states of a column that values enter, block by block. Changes the states that it is given. */
record ColumnStates(
        KindCounts kinds,
        Moments moments,
        KllSketch quantiles,
        Categories categories,
        TextLengths lengths,
        Course course) {

    /** Adds the first rows of a column, in memory that the caller keeps for many columns. */
    void add(Column column, int size, Workspace workspace) {
        long numbersBefore = kinds.numbers();
        long presentBefore = kinds.present();
        long wholeBefore = kinds.whole();
        kinds.add(column.kinds(), size);
        int numbers = (int) (kinds.numbers() - numbersBefore);
        boolean withTexts = kinds.present() - presentBefore > numbers;
        boolean ordinary = true;
        double[] block = workspace.numbers(numbers);
        if (numbers > 0) {
            ordinary = gather(column.kinds(), column.numbers(), size, block);
            moments.add(block, 0, numbers);
            course.add(block, numbers, ordinary, withTexts);
            addToQuantiles(block, numbers, ordinary, workspace);
        }
        if (column.isText()) {
            addSpelled(column, size, numbers, block, ordinary, withTexts, workspace);
        } else {
            // Whole numbers are written with a point here: not where some are of kind integral, as in a captured row.
            boolean pointed = kinds.whole() > wholeBefore;
            addUnspelled(column, size, numbers, block, ordinary, withTexts, pointed);
        }
        categories.endBlock();
    }

    /**
     * Copies the numbers of a column to the beginning of a block, and counts those that are whole though of kind fractional.
     *
     * @return whether all of them are finite, and so small that whole numbers are told apart by their values
     */
    private boolean gather(byte[] codes, double[] numbers, int size, double[] block) {
        boolean ordinary = true;
        int next = 0;
        int whole = 0;
        for (int i = 0; i < size; i++) {
            byte kind = codes[i];
            if (ValueKind.isNumber(kind)) {
                double number = numbers[i];
                block[next++] = number;
                ordinary &= Math.abs(number) < Categories.EXACT_INTEGERS;
                whole += kind == ValueKind.FRACTIONAL && number == Math.rint(number) ? 1 : 0;
            }
        }
        kinds.addWhole(ordinary ? whole : countWhole(codes, numbers, size));
        return ordinary;
    }

    /** Counts what is whole though of kind fractional, where some numbers may be infinite. */
    private static int countWhole(byte[] codes, double[] numbers, int size) {
        int whole = 0;
        for (int i = 0; i < size; i++) {
            boolean fractional = codes[i] == ValueKind.FRACTIONAL;
            whole += fractional && Double.isFinite(numbers[i]) && numbers[i] == Math.rint(numbers[i]) ? 1 : 0;
        }
        return whole;
    }

    private void addToQuantiles(double[] block, int size, boolean ordinary, Workspace workspace) {
        if (ordinary) {
            quantiles.update(block, 0, size, moments.min(), moments.max(), workspace);
            return;
        }
        double[] finite = new double[size];
        int next = 0;
        for (int i = 0; i < size; i++) {
            if (Double.isFinite(block[i])) {
                finite[next++] = block[i];
            }
        }
        if (next > 0) {
            quantiles.update(finite, 0, next, moments.min(), moments.max(), workspace);
        }
    }

    private void addSpelled(
            Column column,
            int size,
            int numbers,
            double[] block,
            boolean ordinary,
            boolean withTexts,
            Workspace workspace) {
        byte[] kinds = column.kinds();
        // Beyond completeness numbers are told apart by their values, so that their spelling is of no use.
        boolean inBulk = ordinary && !categories.isComplete();
        int padded = 0;
        int paddedFractions = 0;
        if (inBulk) {
            categories.add(block, 0, numbers, false);
        }
        // Lengths first, in a loop of their own: reads of texts that are anywhere in memory do not wait for each other
        // there.
        @Nullable String[] texts = workspace.texts(size);
        int spelled = 0;
        long characters = 0;
        int shortest = Integer.MAX_VALUE;
        int longest = 0;
        for (int i = 0; i < size; i++) {
            texts[i] = null;
            CharSequence text = column.text(i);
            if (text == null) {
                continue;
            }
            if (!ValueKind.isNumber(kinds[i])) {
                // A view of bytes would be slower to count, hash and compare.
                String string = text.toString();
                lengths.add(string);
                texts[i] = string;
                continue;
            }
            int length = text.length();
            spelled++;
            characters += length;
            shortest = Math.min(shortest, length);
            longest = Math.max(longest, length);
            if (length > 1 && text.charAt(0) == '0') {
                if (kinds[i] == ValueKind.INTEGRAL) {
                    padded++;
                } else if (TextCursor.isDigit(text.charAt(1))) {
                    paddedFractions++;
                }
            }
        }
        // Numbers are written in ASCII.
        lengths.addAscii(spelled, characters, shortest, longest);
        for (int i = 0; i < size; i++) {
            String text = texts[i];
            if (text != null) {
                course.steps().add(text);
                categories.addText(text);
            } else if ((withTexts || !inBulk) && ValueKind.isNumber(kinds[i])) {
                addNumber(column, i, withTexts, inBulk);
            }
        }
        this.kinds.addPadded(padded, paddedFractions);
    }

    private void addNumber(Column column, int row, boolean withTexts, boolean isAdded) {
        double number = column.numbers()[row];
        if (withTexts) {
            course.steps().turn(number);
        }
        CharSequence text = isAdded ? null : column.text(row);
        if (text != null) {
            categories.addNumber(text, number);
        }
    }

    private void addUnspelled(
            Column column,
            int size,
            int numbers,
            double[] block,
            boolean ordinary,
            boolean withTexts,
            boolean pointed) {
        if (ordinary) {
            categories.add(block, 0, numbers, pointed);
            if (!withTexts) {
                return;
            }
        }
        byte[] kinds = column.kinds();
        for (int i = 0; i < size; i++) {
            if (ValueKind.isNumber(kinds[i])) {
                if (withTexts) {
                    course.steps().turn(column.numbers()[i]);
                }
                if (!ordinary) {
                    addUnspelled(column, i);
                }
                continue;
            }
            CharSequence text = column.text(i);
            if (text != null) {
                addText(text);
            }
        }
    }

    /** Adds a text that is no number: as a string, since a view of bytes is slower to count, hash and compare. */
    private void addText(CharSequence text) {
        String string = text.toString();
        lengths.add(string);
        course.steps().add(string);
        categories.addText(string);
    }

    /** Adds a number without spelling: a whole one that its value does not tell from its neighbours by its text. */
    private void addUnspelled(Column column, int row) {
        double[] numbers = column.numbers();
        boolean whole = column.kinds()[row] == ValueKind.INTEGRAL;
        CharSequence text = whole && Math.abs(numbers[row]) >= Categories.EXACT_INTEGERS ? column.text(row) : null;
        if (text != null) {
            categories.addNumber(text, numbers[row]);
        } else {
            categories.add(numbers, row, row + 1, !whole);
        }
    }
}
