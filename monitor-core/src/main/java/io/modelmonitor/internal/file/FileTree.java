package io.modelmonitor.internal.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Lists the files below a folder, beside what cannot be listed, such as {@code lost+found}. Links are not followed. */
public final class FileTree extends SimpleFileVisitor<Path> {

    private final Path root;
    private final BiConsumer<Path, IOException> unreadable;
    private final List<Path> files = new ArrayList<>();

    FileTree(Path root, BiConsumer<Path, IOException> unreadable) {
        this.root = root;
        this.unreadable = unreadable;
    }

    /**
     * Returns what is no folder below a folder, links included, or the file itself, in no particular order.
     *
     * @param depth how deep below the folder files may lie
     * @param unreadable receives each file and folder below that cannot be looked at, and why
     * @throws IOException if the folder itself is not there or cannot be listed
     */
    public static List<Path> files(Path root, int depth, BiConsumer<Path, IOException> unreadable) throws IOException {
        FileTree tree = new FileTree(root, unreadable);
        Files.walkFileTree(root, EnumSet.noneOf(FileVisitOption.class), depth, tree);
        return tree.files;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        files.add(file);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException because) throws IOException {
        return goOnAfter(file, because);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException because) throws IOException {
        return because == null ? FileVisitResult.CONTINUE : goOnAfter(folder, because);
    }

    private FileVisitResult goOnAfter(Path path, IOException because) throws IOException {
        if (path.equals(root)) {
            throw because;
        }
        unreadable.accept(path, because);
        return FileVisitResult.CONTINUE;
    }

    /** Returns why a file cannot be read, in one line without its name. */
    public static String reason(IOException because) {
        if (because instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (because instanceof NoSuchFileException) {
            return "there is no such file";
        }
        String message = because.getMessage();
        return message == null ? because.getClass().getSimpleName() : message.replaceAll("\\p{Cntrl}", " ");
    }
}
