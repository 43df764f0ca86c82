/** A model behind HTTP, with its requests captured, and a load test that shows what that costs. */
@NullMarked
package examples.serving;

import org.jspecify.annotations.NullMarked;
