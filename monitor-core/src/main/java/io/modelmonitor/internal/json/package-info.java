/**
 * JSON in and out: {@link io.modelmonitor.internal.json.Json} for trees, {@link io.modelmonitor.internal.json.JsonReader} and
 * {@link io.modelmonitor.internal.json.JsonWriter} for streams. No other package knows which library does the work, so that a host
 * with another version of it never meets ours in a signature.
 */
@NullMarked
package io.modelmonitor.internal.json;

import org.jspecify.annotations.NullMarked;
