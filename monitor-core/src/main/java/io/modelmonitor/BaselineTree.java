package io.modelmonitor;

import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Metric;
import io.modelmonitor.json.Json;
import io.modelmonitor.stats.evidence.StandardError;
import io.modelmonitor.stats.sketch.Profile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A baseline as a tree that JSON can hold. */
final class BaselineTree {

    private static final String FORMAT = "modelmonitor.baseline";
    private static final long VERSION = 1;

    private BaselineTree() {}

    static Map<String, @Nullable Object> of(Profile profile, List<Metric> calculated) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("format", FORMAT);
        tree.put("version", VERSION);
        tree.put("metrics", calculated.stream().map(BaselineTree::metric).toList());
        tree.put("profile", bytes(profile));
        return tree;
    }

    static Baseline read(@Nullable Object tree) {
        Map<String, @Nullable Object> map = Json.object(tree);
        if (!FORMAT.equals(map.get("format")) || !Long.valueOf(VERSION).equals(map.get("version"))) {
            throw new IllegalArgumentException("format is " + map.get("format") + ", version " + map.get("version")
                    + "; allowed is " + FORMAT + ", version " + VERSION);
        }
        Object profile = map.get("profile");
        if (profile == null) {
            throw new IllegalArgumentException("it has no profile");
        }
        return Baseline.of(
                profile(profile),
                Json.array(map.get("metrics")).stream()
                        .map(BaselineTree::metric)
                        .toList());
    }

    private static String bytes(Profile profile) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            profile.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static Profile profile(Object text) {
        byte[] bytes = Base64.getDecoder().decode(String.valueOf(text));
        try {
            return Profile.read(new DataInputStream(new ByteArrayInputStream(bytes)));
        } catch (IOException e) {
            throw new IllegalArgumentException("the profile is not complete", e);
        }
    }

    private static Map<String, @Nullable Object> metric(Metric metric) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("name", metric.name());
        tree.put("subject", metric.subject());
        tree.put("value", metric.value());
        tree.put("standard_error", metric.evidence().standardError());
        tree.put("note", metric.note());
        if (!metric.exhibits().isEmpty()) {
            tree.put("exhibits", metric.exhibits().stream().map(ExhibitTree::of).toList());
        }
        return tree;
    }

    private static Metric metric(@Nullable Object tree) {
        Map<String, @Nullable Object> map = Json.object(tree);
        double standardError = Json.number(map.get("standard_error"));
        return new Metric(
                text(map, "name"),
                text(map, "subject"),
                Json.number(map.get("value")),
                standardError > 0 && Double.isFinite(standardError)
                        ? new StandardError(standardError)
                        : Evidence.certain(),
                text(map, "note"),
                map.containsKey("exhibits")
                        ? Json.array(map.get("exhibits")).stream()
                                .map(ExhibitTree::read)
                                .toList()
                        : List.of());
    }

    private static String text(Map<String, @Nullable Object> map, String name) {
        if (map.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("a metric has no " + name);
    }
}
