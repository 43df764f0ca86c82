/**
 * Readers of CSV, JSON Lines, captured records and rows in memory, all of which fill batches.
 *
 * <p>CSV passes through four stages, one class each: {@code TextSource} makes UTF-8 of a file (compression, byte order mark,
 * encoding), {@code CsvScanner} finds the cells in the bytes and recovers from broken quotes, {@code CsvCursor} judges the
 * rows and packs them into batches, and {@code TextColumn} decodes a column when somebody asks for it, on the thread of
 * whoever asks. JSON Lines, captures and rows in memory are packed by {@code RowPacker}.
 */
@NullMarked
package io.modelmonitor.internal.data;

import org.jspecify.annotations.NullMarked;
