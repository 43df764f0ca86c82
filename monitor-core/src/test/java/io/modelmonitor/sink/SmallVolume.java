package io.modelmonitor.sink;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file system in memory. Not every user may make one: where it cannot be made, the test is skipped and says so. */
final class SmallVolume implements AutoCloseable {

    private final Path root;

    private SmallVolume(Path root) {
        this.root = root;
    }

    /** Mounts a volume of some kilobytes at a new folder. */
    static SmallVolume at(Path folder, int kilobytes) throws IOException {
        Files.createDirectory(folder);
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + kilobytes + "k", "none", folder.toString()),
                "no file system can be mounted here");
        return new SmallVolume(folder);
    }

    Path root() {
        return root;
    }

    /** Lets nobody write any more, or again; no file may be open for writing. */
    void setWritable(boolean writable) throws IOException {
        if (!run("mount", "-o", "remount," + (writable ? "rw" : "ro"), root.toString())) {
            throw new IOException(root + " cannot be mounted again");
        }
    }

    @Override
    public void close() throws IOException {
        if (!run("umount", root.toString())) {
            throw new IOException(root + " cannot be unmounted");
        }
    }

    /** Returns whether a program could be started and said that it succeeded. */
    static boolean run(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
