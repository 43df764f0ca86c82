package examples;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jshell.tool.JavaShellToolBuilder;

/** Starts JShell with the class path of these examples, into which the blocks of the README can be pasted. */
public final class Shell {

    private Shell() {}

    /**
     * Runs JShell on the streams of this process, which ends with it.
     *
     * @param arguments further ones of JShell
     */
    public static void main(String[] arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("--class-path", classPath(Shell.class.getClassLoader())));
        all.addAll(List.of(arguments));
        System.exit(JavaShellToolBuilder.builder().start(all.toArray(String[]::new)));
    }

    /** Returns the class path of a loader: Maven runs programs in a loader of their own. */
    static String classPath(ClassLoader loader) throws URISyntaxException {
        if (!(loader instanceof URLClassLoader urls)) {
            return System.getProperty("java.class.path");
        }
        List<String> paths = new ArrayList<>();
        for (URL url : urls.getURLs()) {
            paths.add(Path.of(url.toURI()).toString());
        }
        return String.join(File.pathSeparator, paths);
    }
}
