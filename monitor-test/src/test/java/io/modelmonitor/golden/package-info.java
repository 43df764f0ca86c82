/**
 * Conformance: every golden case found under the folder of the system property {@code golden.cases} is one test.
 *
 * <p>{@link io.modelmonitor.golden.GoldenCases} finds the cases of a group; each group has a test class of its own, which
 * says what of this library has to equal the expected values. A few small cases are among the project's resources; a folder with
 * more takes their place. Where a kind has none, one skipped test says so.
 */
@NullMarked
package io.modelmonitor.golden;

import org.jspecify.annotations.NullMarked;
