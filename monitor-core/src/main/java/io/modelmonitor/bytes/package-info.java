/** Looking at many bytes of a text at once; for use within the library. */
@NullMarked
package io.modelmonitor.bytes;

import org.jspecify.annotations.NullMarked;
