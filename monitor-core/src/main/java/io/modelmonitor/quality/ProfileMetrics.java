package io.modelmonitor.quality;

import io.modelmonitor.api.Batch;
import io.modelmonitor.spi.MetricCalculator;
import io.modelmonitor.stats.sketch.Profile;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * A calculator that measures from the profile of every column. All calculators of a monitor that do so share one profile, so that
 * a further one costs nothing for a row; what it measures, and suggests, is all that one of them has to say.
 */
public interface ProfileMetrics extends MetricCalculator<Profile> {

    /** The name of the state, the same of all. */
    String STATE = "profile";

    @Override
    default String stateName() {
        return STATE;
    }

    @Override
    default Profile start() {
        return Profile.create();
    }

    @Override
    default void add(Profile state, Batch batch) {
        state.add(batch);
    }

    @Override
    default List<? extends Consumer<Batch>> consumers(Profile state) {
        return state.consumers();
    }

    @Override
    default Profile merge(Profile earlier, Profile later) {
        return earlier.merge(later);
    }

    @Override
    default void write(Profile state, DataOutput out) throws IOException {
        state.write(out);
    }

    @Override
    default Profile read(DataInput in) throws IOException {
        return Profile.read(in);
    }
}
