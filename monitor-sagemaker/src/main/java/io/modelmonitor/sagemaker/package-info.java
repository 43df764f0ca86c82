/**
 * The managed service's files, both ways, and its verdicts. The only package that knows the service's quirks.
 *
 * <p>{@link io.modelmonitor.sagemaker.ServiceFiles} reads and writes {@code statistics.json}, {@code constraints.json} and
 * {@code constraint_violations.json}. What the service wrote is carried on from: its statistics are a full
 * {@link io.modelmonitor.Baseline}, its constraints are {@link io.modelmonitor.api.Constraints}.
 *
 * <p>{@link io.modelmonitor.sagemaker.ServiceMonitor} judges as the service did, so that a migration can show that the same
 * files give the same violations before it switches to the default, which asks for evidence beyond chance.
 *
 * <p>Files are read through {@code Field}, which knows where in a file it is and says so when something is wrong there.
 */
@NullMarked
package io.modelmonitor.sagemaker;

import org.jspecify.annotations.NullMarked;
