/**
 * What a plug-in implements: interfaces of one method each, passed in and never discovered, so that a lambda will do.
 */
@NullMarked
package io.modelmonitor.spi;

import org.jspecify.annotations.NullMarked;
