package io.modelmonitor.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

    @TempDir
    private Path folder;

    @Test
    void aFileReplacesTheOneThatWasThere() throws IOException {
        Path file = folder.resolve("new/deep/report.txt");
        WholeFile.write(file, "first");
        WholeFile.write(file, "second");
        assertThat(file).hasContent("second");
        assertThat(listed(file.getParent())).containsExactly("report.txt");
    }

    @Test
    void whenWritingFailsHalfwayTheOldFileStaysAndNothingIsLeftBehind() throws IOException {
        Path file = folder.resolve("report.txt");
        WholeFile.write(file, "old");
        assertThatThrownBy(() -> WholeFile.write(file, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("disk full");
                }))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("report.txt")
                .hasMessageContaining("disk full");
        assertThat(file).hasContent("old");
        assertThat(listed(folder)).containsExactly("report.txt");
    }

    @Test
    void anExceptionOfTheContentLeavesNothingBehindEither() throws IOException {
        assertThatThrownBy(() -> WholeFile.write(folder.resolve("x"), out -> {
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(listed(folder)).isEmpty();
    }

    @Test
    void aFolderInPlaceOfTheFileIsReported() throws IOException {
        Path occupied = Files.createDirectories(folder.resolve("occupied/by"));
        assertThatThrownBy(() -> WholeFile.write(occupied.getParent(), "text"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("occupied");
    }

    private static List<String> listed(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
