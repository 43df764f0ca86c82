/** Types that only the compiler needs public. */
@NullMarked
package io.modelmonitor.api.internal;

import org.jspecify.annotations.NullMarked;
