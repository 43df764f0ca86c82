/** Checks that all packages share. Nothing here is part of the API. */
@NullMarked
package io.modelmonitor.internal;

import org.jspecify.annotations.NullMarked;
