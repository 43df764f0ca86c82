package io.modelmonitor.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.modelmonitor.api.DataProblem;
import io.modelmonitor.capture.CaptureFiles;
import io.modelmonitor.labels.GroundTruth;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {

    @TempDir
    Path folder;

    @Test
    void filesBesideWhatCannotBeReadAreListed() throws IOException {
        List<String> unreadable = new ArrayList<>();
        FileTree tree = new FileTree(folder, (path, because) -> unreadable.add(path + ": " + FileTree.reason(because)));
        Path denied = folder.resolve("lost+found");
        assertThat(tree.visitFileFailed(denied, new AccessDeniedException(denied.toString())))
                .isEqualTo(FileVisitResult.CONTINUE);
        assertThat(tree.postVisitDirectory(denied, new IOException("Input/output\nerror")))
                .isEqualTo(FileVisitResult.CONTINUE);
        assertThat(unreadable).containsExactly(denied + ": permission denied", denied + ": Input/output error");
        assertThatThrownBy(() -> tree.visitFileFailed(folder, new AccessDeniedException("x")))
                .isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void aFolderThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> FileTree.files(folder.resolve("none"), 9, (path, because) -> {}))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aFolderWithoutPermissionsStopsNeitherCapturesNorLabels() throws IOException {
        Path denied = Files.createDirectory(
                folder.resolve("lost+found"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("---------")));
        assumeFalse(Files.isReadable(denied), "this user may read everything");
        Files.writeString(
                folder.resolve("a.jsonl"),
                "{\"groundTruthData\":{\"data\":\"1\",\"encoding\":\"CSV\"},"
                        + "\"eventMetadata\":{\"eventId\":\"one\"},\"eventVersion\":\"0\"}\n");
        GroundTruth labels = GroundTruth.create();
        labels.read(folder);
        assertThat(labels.size()).isEqualTo(1);
        assertThat(labels.problems())
                .extracting(DataProblem::description)
                .containsExactly("ground truth left out: permission denied, in " + denied);
        try (CaptureFiles.Cursor cursor = CaptureFiles.in(folder).open()) {
            assertThat(cursor.next()).isNull();
            assertThat(cursor.problems())
                    .extracting(DataProblem::description)
                    .contains("a folder cannot be read: permission denied, in " + denied);
        }
    }

    @Test
    void aLabelWithABadByteAndALongLineAreCountedWithFileAndLine() throws IOException {
        String start = "{\"groundTruthData\":{\"data\":\"Z";
        String end = "rich\",\"encoding\":\"CSV\"},\"eventMetadata\":{\"eventId\":\"%s\"},\"eventVersion\":\"0\"}\n";
        Path file = folder.resolve("labels.jsonl");
        try (var out = Files.newOutputStream(file)) {
            out.write((start + "u" + end.formatted("one")).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            out.write((start + "\u00FC" + end.formatted("two")).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            out.write(("x".repeat(17 << 20) + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
            out.write((start + "\u00FC" + end.formatted("four")).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        GroundTruth labels = GroundTruth.create();
        labels.read(file);
        assertThat(labels.size()).isEqualTo(2);
        assertThat(labels.problems())
                .containsExactlyInAnyOrder(
                        new DataProblem(
                                "ground truth left out: it has bytes that are no UTF-8, in " + file, 1, List.of(2L)),
                        new DataProblem(
                                "ground truth left out: it has more than 16777216 bytes, in " + file, 1, List.of(3L)));
    }
}
