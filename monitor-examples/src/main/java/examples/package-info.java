/** The quickstart and other programs to run. Benchmarks are in {@code benchmarks}. */
@NullMarked
package examples;

import org.jspecify.annotations.NullMarked;
