/** Distributions, samplers, and primitives of the byte form of mergeable states. Public for the compiler only, and not to be used by others. */
@NullMarked
package io.modelmonitor.stats.internal;

import org.jspecify.annotations.NullMarked;
