package io.modelmonitor.internal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;

/** Files and folders that their owner alone may read, where the file system knows owners. */
public final class OwnerOnly {

    private OwnerOnly() {}

    /** Creates a folder and those above it that are missing. */
    public static void createFolders(Path folder) throws IOException {
        Files.createDirectories(folder, permissions(folder, "rwx------"));
    }

    /**
     * Creates an empty file.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is one
     */
    public static void createFile(Path file) throws IOException {
        Files.createFile(file, permissions(file, "rw-------"));
    }

    /** Returns whether everybody may create files in a folder; false where the file system knows no owners. */
    public static boolean isWritableByAll(Path folder) throws IOException {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE);
    }

    private static FileAttribute<?>[] permissions(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
