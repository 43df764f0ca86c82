/** The quickstart and other programs to run. Benchmarks are in {@code examples.bench}. */
@NullMarked
package examples;

import org.jspecify.annotations.NullMarked;
