/**
 * JSON in and out: {@link io.modelmonitor.json.Json} for trees, {@link io.modelmonitor.json.JsonReader} and
 * {@link io.modelmonitor.json.JsonWriter} for streams. No other package knows which library does the work, so that a host
 * with another version of it never meets ours in a signature.
 */
@NullMarked
package io.modelmonitor.json;

import org.jspecify.annotations.NullMarked;
