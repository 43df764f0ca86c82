/**
 * Forms of a report: {@link io.modelmonitor.report.Reports} writes and reads JSON, and writes pages of HTML, Markdown,
 * the XML of a test run, and tables for a terminal. All are functions of a {@link
 * io.modelmonitor.api.Report}, which is a value; none measures anything.
 */
@NullMarked
package io.modelmonitor.report;

import org.jspecify.annotations.NullMarked;
