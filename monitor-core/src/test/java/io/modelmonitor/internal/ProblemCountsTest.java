package io.modelmonitor.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.DataProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Bad data are counted however many there are, and named while they are few. */
class ProblemCountsTest {

    private final ProblemCounts problems = new ProblemCounts();

    @Test
    void theFirstTenLinesOfAProblemAreNamedAndAllAreCounted() {
        for (long line = 1; line <= 12; line++) {
            problems.addIn(Path.of("a"), "torn", line);
        }
        assertThat(problems.list())
                .containsExactly(new DataProblem(
                        "torn, in a", 12, LongStream.rangeClosed(1, 10).boxed().toList()));
    }

    @Test
    void aProblemOfAWholeFileHasNoLine() {
        problems.addIn(Path.of("a"), "cannot be read", 0);
        assertThat(problems.list()).containsExactly(new DataProblem("cannot be read, in a", 1, List.of()));
    }

    @Test
    void fiftyFilesAreNamedAndOthersToldTogether() {
        for (int round = 0; round < 2; round++) {
            for (int file = 0; file < 60; file++) {
                problems.addIn(Path.of("f" + file), "torn", 1);
            }
        }
        assertThat(problems.list())
                .hasSize(51)
                .endsWith(
                        new DataProblem("torn, in further files", 20, List.of(1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L)));
        assertThat(problems.list().get(49)).isEqualTo(new DataProblem("torn, in f49", 2, List.of(1L, 1L)));
    }

    @Test
    void twoHundredKindsAreNamedAndOthersToldTogether() {
        for (int kind = 0; kind < 210; kind++) {
            problems.add("kind " + kind, 1, kind);
        }
        assertThat(problems.list())
                .hasSize(201)
                .contains(new DataProblem("kind 199", 1, List.of(199L)))
                .endsWith(new DataProblem(
                        "further problems of other kinds",
                        10,
                        LongStream.range(200, 210).boxed().toList()));
    }
}
