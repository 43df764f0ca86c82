/** Tablesaw tables in and out; needs tablesaw-core, which is an optional dependency. */
@NullMarked
package io.modelmonitor.tablesaw;

import org.jspecify.annotations.NullMarked;
