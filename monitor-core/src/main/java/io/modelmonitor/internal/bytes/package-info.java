/** Looking at many bytes of a text at once, and keyed hashes of bytes; for use within the library. */
@NullMarked
package io.modelmonitor.internal.bytes;

import org.jspecify.annotations.NullMarked;
