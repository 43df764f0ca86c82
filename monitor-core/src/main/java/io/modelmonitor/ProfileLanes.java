package io.modelmonitor;

import io.modelmonitor.api.Batch;
import io.modelmonitor.stats.sketch.ColumnProfile;
import io.modelmonitor.stats.sketch.Profile;
import io.modelmonitor.stats.sketch.Workspace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Profiles a dataset, one column beside the other. Columns are dealt out to a fixed number of lanes, so that a table of
 * 100,000 columns costs no more bookkeeping than one of twenty.
 */
final class ProfileLanes {

    private static final int LANES = 32;

    private final List<ColumnLane> lanes = new ArrayList<>();

    ProfileLanes() {
        for (int i = 0; i < LANES; i++) {
            lanes.add(new ColumnLane(i));
        }
    }

    List<? extends Lane> lanes() {
        return lanes;
    }

    /** Returns the profile of everything that the lanes have seen. */
    Profile finish(List<String> names, long rows) {
        Map<String, ColumnProfile> columns = new LinkedHashMap<>(2 * names.size());
        for (int i = 0; i < names.size(); i++) {
            ColumnLane lane = lanes.get(i % LANES);
            int place = i / LANES;
            if (place < lane.columns.size()) {
                columns.put(names.get(i), lane.columns.get(place));
            } else {
                ColumnProfile unseen = ColumnProfile.create();
                unseen.addMissing(rows);
                columns.put(names.get(i), unseen);
            }
        }
        return Profile.of(rows, columns);
    }

    private static final class ColumnLane implements Lane {

        private final int first;
        private final List<ColumnProfile> columns = new ArrayList<>();
        private final Workspace workspace = new Workspace();
        private long rows;

        private ColumnLane(int first) {
            this.first = first;
        }

        @Override
        public void accept(Batch batch) {
            int width = batch.schema().size();
            for (int i = first; i < width; i += LANES) {
                int place = i / LANES;
                if (place == columns.size()) {
                    ColumnProfile fresh = ColumnProfile.create();
                    fresh.addMissing(rows);
                    columns.add(fresh);
                }
                columns.get(place).add(batch.column(i), batch.size(), workspace);
            }
            rows += batch.size();
        }
    }
}
