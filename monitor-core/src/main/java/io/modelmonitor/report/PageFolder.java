package io.modelmonitor.report;

import io.modelmonitor.api.Report;
import io.modelmonitor.internal.file.WholeFile;
import io.modelmonitor.report.ExecutionFile.Execution;
import io.modelmonitor.report.HistoryIndex.Monitored;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes a page for each report into a folder, and an index of all of them. What was read of the history is kept, so that an
 * execution reads only what others have appended since.
 */
final class PageFolder implements Consumer<Report> {

    private static final Object WRITING = new Object();

    private final Path folder;
    private final Path file;
    private HistoryIndex index = new HistoryIndex();
    private long read;

    PageFolder(Path folder) {
        this.folder = folder;
        file = folder.resolve("history.jsonl");
    }

    @Override
    public void accept(Report report) {
        // Monitors that share a folder are told on threads of their own; a lock of a file is between processes only.
        synchronized (WRITING) {
            try {
                Files.createDirectories(folder);
                try (ExecutionFile history = ExecutionFile.open(file)) {
                    accept(report, history);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write the history in " + folder + ": " + e.getMessage(), e);
            }
        }
    }

    private void accept(Report report, ExecutionFile history) throws IOException {
        if (history.size() < read) {
            // It is another file by now.
            index = new HistoryIndex();
            read = 0;
        }
        read = history.read(read, index::add);
        Execution execution = ExecutionFile.execution(ExecutionFile.id(report, index.added()), report);
        Monitored earlier = index.monitor(report.name());
        String previous = earlier == null ? "" : previous(earlier, execution.id());
        read = history.append(execution);
        index.add(execution);
        String links = "<a href=\"./index.html\">All executions</a>" + previous + since(execution);
        Reports.saveHtml(new HtmlPage(report, links, Map.of()), folder.resolve(execution.id() + ".html"));
        WholeFile.write(folder.resolve("index.html"), new HistoryPage(index).html());
    }

    private static String previous(Monitored earlier, String id) {
        List<Integer> order = earlier.oldestFirst();
        for (int i = order.size() - 1; i >= 0; i--) {
            String previous = earlier.execution(order.get(i)).id();
            if (!previous.equals(id)) {
                return " <a href=\"./" + previous + ".html\">Previous execution</a>";
            }
        }
        return "";
    }

    /** Returns since when the verdict is as it is, if it was so before; only if this is the newest execution. */
    private String since(Execution execution) {
        Monitored all = index.monitor(execution.monitor());
        List<Integer> order = all == null ? List.of() : all.oldestFirst();
        if (all == null || !all.execution(order.get(order.size() - 1)).id().equals(execution.id())) {
            return "";
        }
        int many = all.alike(order);
        Execution first = all.since(order);
        return many < 2
                ? " <span>Not so in the execution before</span>"
                : " <span>So since <a href=\"./" + first.id() + ".html\">" + first.time() + "</a>, for "
                        + Numbers.of(many) + " executions</span>";
    }
}
