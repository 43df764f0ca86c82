/**
 * Conformance: every golden case found under the folder of the system property {@code golden.cases} is one test.
 *
 * <p>{@link io.modelmonitor.golden.GoldenCases} finds the cases of a group; each group has a test class of its own, which
 * says what of this library has to equal the expected values. Cases are data and live outside the project: where the
 * folder is absent, the tests are skipped with a message that says so.
 */
@NullMarked
package io.modelmonitor.golden;

import org.jspecify.annotations.NullMarked;
