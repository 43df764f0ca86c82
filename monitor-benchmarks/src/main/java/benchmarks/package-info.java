/** Benchmarks: programs that print how fast something is, beside a yardstick of the same run. */
@NullMarked
package benchmarks;

import org.jspecify.annotations.NullMarked;
