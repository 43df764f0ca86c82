/** Benchmarks: programs that print how fast something is, beside a yardstick of the same run. */
@NullMarked
package examples.bench;

import org.jspecify.annotations.NullMarked;
