package io.modelmonitor.internal.capture;

import io.modelmonitor.capture.Privacy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The treatment of what is recorded beside the payloads of a request: its inference id and its custom attributes. Immutable. */
public final class PrivateMetadata {

    private static final String INFERENCE_ID = "inferenceId";
    private static final String CUSTOM_ATTRIBUTES = "customAttributes";

    private final @Nullable Privacy inferenceId;
    private final @Nullable Privacy customAttributes;

    private PrivateMetadata(@Nullable Privacy inferenceId, @Nullable Privacy customAttributes) {
        this.inferenceId = inferenceId;
        this.customAttributes = customAttributes;
    }

    /**
     * Creates a treatment.
     *
     * @param privacy of {@code inferenceId} and {@code customAttributes}, each at most once
     * @throws IllegalArgumentException if a field is another one, or is protected twice
     */
    public static PrivateMetadata of(List<Privacy> privacy) {
        Privacy id = null;
        Privacy attributes = null;
        for (Privacy one : privacy) {
            boolean isId = one.field().equals(INFERENCE_ID);
            if (!isId && !one.field().equals(CUSTOM_ATTRIBUTES)) {
                throw new IllegalArgumentException(
                        "metadata '" + one.field() + "' is not recorded; '" + INFERENCE_ID + "' and '"
                                + CUSTOM_ATTRIBUTES + "' are, and fields of payloads are protected by protecting(..)");
            }
            if ((isId ? id : attributes) != null) {
                throw new IllegalArgumentException("metadata '" + one.field() + "' is protected twice; once is enough");
            }
            id = isId ? one : id;
            attributes = isId ? attributes : one;
        }
        return new PrivateMetadata(id, attributes);
    }

    boolean isPrivate() {
        return inferenceId != null || customAttributes != null;
    }

    /** Returns what an inference id is recorded as; null if there is none, or it is left out. */
    @Nullable
    String protectId(@Nullable String id) {
        return inferenceId == null || id == null ? id : inferenceId.applyToText(id);
    }

    /** Returns what custom attributes are recorded as; those that are left out are gone. */
    List<String> protectAttributes(List<String> attributes) {
        if (customAttributes == null) {
            return attributes;
        }
        List<String> kept = new ArrayList<>(attributes.size());
        for (String attribute : attributes) {
            String protectedOne = customAttributes.applyToText(attribute);
            if (protectedOne != null) {
                kept.add(protectedOne);
            }
        }
        return kept;
    }
}
