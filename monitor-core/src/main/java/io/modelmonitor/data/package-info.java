/**
 * Data in: files and tables as {@link io.modelmonitor.api.Dataset}s. {@link io.modelmonitor.data.Datasets} is the door.
 *
 * <p>CSV passes through four stages, one class each: {@code TextSource} makes UTF-8 of a file (compression, byte order mark,
 * encoding), {@code CsvScanner} finds the cells in the bytes and recovers from broken quotes, {@code CsvCursor} judges the
 * rows and packs them into batches, and {@code TextColumn} decodes a column when somebody asks for it, on the thread of
 * whoever asks. JSON Lines and rows in memory fill the same kind of batch through {@code CellStore}.
 */
@NullMarked
package io.modelmonitor.data;

import org.jspecify.annotations.NullMarked;
