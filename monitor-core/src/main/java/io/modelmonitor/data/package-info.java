/**
 * Data in: files and tables as {@link io.modelmonitor.api.Dataset}s, all made by {@link io.modelmonitor.data.Datasets} or, of
 * arrays, by {@link io.modelmonitor.data.TableBuilder}.
 */
@NullMarked
package io.modelmonitor.data;

import org.jspecify.annotations.NullMarked;
