/** Meters for Micrometer, which an application that uses this package has to bring. */
@NullMarked
package io.modelmonitor.micrometer;

import org.jspecify.annotations.NullMarked;
