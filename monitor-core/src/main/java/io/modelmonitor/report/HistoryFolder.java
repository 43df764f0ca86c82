package io.modelmonitor.report;

import io.modelmonitor.api.Report;
import io.modelmonitor.internal.file.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Writes a page for each report into a folder, and an index of all of them. */
final class HistoryFolder implements Consumer<Report> {

    private static final Object WRITING = new Object();

    private final Path folder;
    private final History history;

    HistoryFolder(Path folder) {
        this.folder = folder;
        history = new History(folder.resolve("history.jsonl"));
    }

    @Override
    public void accept(Report report) {
        // Monitors that share a folder are told on threads of their own.
        synchronized (WRITING) {
            try {
                Files.createDirectories(folder);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot make the folder " + folder + ": " + e.getMessage(), e);
            }
            Map<String, String> last = new LinkedHashMap<>();
            int[] count = new int[1];
            history.read(execution -> {
                last.put(execution.monitor(), execution.id());
                count[0]++;
            });
            String id = History.id(report, count[0]);
            String previous = Objects.requireNonNullElse(last.get(report.name()), id);
            String links = "<a href=\"./index.html\">All executions</a>"
                    + (previous.equals(id) ? "" : " <a href=\"./" + previous + ".html\">Previous execution</a>");
            Reports.saveHtml(new HtmlPage(report, links, Map.of()), folder.resolve(id + ".html"));
            history.append(id, report);
            WholeFile.write(folder.resolve("index.html"), new HistoryPage(history).html());
        }
    }
}
