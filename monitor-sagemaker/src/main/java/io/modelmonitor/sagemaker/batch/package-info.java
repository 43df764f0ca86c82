/**
 * Inputs and outputs of a batch job, as the managed service kept them: manifests by the hour in which the job started
 * ({@link io.modelmonitor.sagemaker.batch.BatchManifest}), and an id and a time behind each row of the output
 * ({@link io.modelmonitor.sagemaker.batch.InferenceIds}).
 */
@NullMarked
package io.modelmonitor.sagemaker.batch;

import org.jspecify.annotations.NullMarked;
