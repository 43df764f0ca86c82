/** Files that are there as a whole or not at all. */
@NullMarked
package io.modelmonitor.internal.file;

import org.jspecify.annotations.NullMarked;
