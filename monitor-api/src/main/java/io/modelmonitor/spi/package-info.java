/**
 * Interfaces that plug-ins implement: one method each, passed in and never discovered, so that a lambda will do.
 */
@NullMarked
package io.modelmonitor.spi;

import org.jspecify.annotations.NullMarked;
