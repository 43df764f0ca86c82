package io.modelmonitor.report;

import java.util.regex.Pattern;

/**
 * Makes a part of somebody else's page of a page: without script and landmarks, with ids of its own, and with its style nested in
 * an element that starts from the browser's own style, so that neither page changes the other. All marks that are looked for are
 * the page's own: in texts of the data, quotes and brackets are escaped.
 */
final class Fragment {

    /** An id, which no element needs to have, makes these rules stronger than those of classes. */
    private static final String SCOPE = ":is(.model-monitor,#model-monitor)";

    private static final Pattern IDS = Pattern.compile("( id=\"| aria-labelledby=\"| aria-describedby=\"| href=\"#)");
    private static final Pattern LANDMARKS = Pattern.compile("<(/?)(?:header|main|footer|section)(?: [^>]*)?>");
    private static final Pattern SKIP = Pattern.compile("<a class=\"skip\".*?</a>\n");
    private static final Pattern ROOTS = Pattern.compile("(?<=^|[{}\n])(?::root|body)\\{", Pattern.MULTILINE);

    /** Attributes of what is in a picture are styles to a browser, and would be reset too: its styles are named one by one. */
    private static final String RESET = """
            &{all:initial;display:block}
            :where(:not(svg,svg *)){all:revert}
            :where(svg,svg *){font:inherit;color:inherit;letter-spacing:inherit;word-spacing:inherit;line-height:inherit;
            text-align:inherit;text-transform:inherit;background:none;border:0;margin:0;padding:0;opacity:1;transform:none;
            filter:none;stroke:none}
            """;

    private Fragment() {}

    /** Returns the fragment of a whole page. */
    static String of(String page) {
        String body = page.substring(page.indexOf("<body>\n") + 7, page.lastIndexOf("<script>"));
        body = SKIP.matcher(body).replaceFirst("");
        body = LANDMARKS.matcher(body).replaceAll("<$1div>");
        body = IDS.matcher(body).replaceAll("$1m" + PageParts.digest(body) + "-");
        String style = ROOTS.matcher(PageParts.style()).replaceAll("&{");
        return "<div class=\"model-monitor\"><style>" + SCOPE + "{" + RESET + style + "}</style>\n" + body + "</div>\n";
    }
}
