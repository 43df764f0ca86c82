package io.modelmonitor.stats.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Column;
import io.modelmonitor.api.Schema;
import io.modelmonitor.stats.Saved;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProfileTest {

    @Test
    void profilesEveryColumnOfEveryBatch() {
        Profile profile = Profile.create();
        Schema schema = Schema.ofNames("a", "b");
        profile.add(new Batch(schema, 2, new Column[] {Columns.fractional(1, 2), Columns.spelled("x", null)}));
        profile.add(new Batch(schema, 1, new Column[] {Columns.fractional(3), Columns.spelled("y")}));

        assertThat(profile.rows()).isEqualTo(3);
        assertThat(profile.names()).containsExactly("a", "b");
        assertThat(profile.column("a").moments().mean()).isEqualTo(2);
        assertThat(profile.column("b").missing()).isEqualTo(1);
        assertThat(profile.hasColumn("c")).isFalse();
        assertThat(profile).hasToString("Profile of 3 rows and 2 columns");
        assertThatThrownBy(() -> profile.column("c")).hasMessage("no column 'c'; there are 2, among them [a, b]");
    }

    @Test
    void aColumnThatAppearsLateOrIsAbsentCountsAsMissing() {
        Profile profile = Profile.create();
        profile.add(new Batch(Schema.ofNames("a"), 2, new Column[] {Columns.fractional(1, 2)}));
        profile.add(new Batch(Schema.ofNames("a", "b"), 1, new Column[] {Columns.fractional(3), Columns.spelled("x")}));
        profile.add(new Batch(Schema.ofNames("b"), 4, new Column[] {Columns.spelled("x", "x", "x", "x")}));

        assertThat(profile.column("a").rows()).isEqualTo(7);
        assertThat(profile.column("a").missing()).isEqualTo(4);
        assertThat(profile.column("b").rows()).isEqualTo(7);
        assertThat(profile.column("b").missing()).isEqualTo(2);
    }

    @Test
    void columnsCanBeKnownWithoutRows() {
        Profile profile = Profile.create();
        profile.announce(Schema.ofNames("a", "b"));

        assertThat(profile.names()).containsExactly("a", "b");
        assertThat(profile.rows()).isZero();
        assertThat(profile.column("a").rows()).isZero();
    }

    @Test
    void mergingFillsColumnsThatOneSideLacks() {
        Profile one = Profile.create();
        one.add(new Batch(Schema.ofNames("a", "b"), 1, new Column[] {Columns.fractional(1), Columns.fractional(2)}));
        Profile other = Profile.create();
        other.add(new Batch(
                Schema.ofNames("b", "c"), 2, new Column[] {Columns.fractional(3, 4), Columns.spelled("x", "y")}));

        Profile merged = one.merge(other);

        assertThat(merged.names()).containsExactly("a", "b", "c");
        assertThat(merged.rows()).isEqualTo(3);
        for (String name : merged.names()) {
            assertThat(merged.column(name).rows()).isEqualTo(3);
        }
        assertThat(merged.column("a").missing()).isEqualTo(2);
        assertThat(merged.column("c").missing()).isEqualTo(1);
        assertThat(merged.column("b").moments().mean()).isEqualTo(3);
        assertThat(one.rows()).isEqualTo(1);
    }

    @Test
    void savingAndLoadingIsIdentity() {
        Profile profile = Profile.create();
        profile.add(new Batch(
                Schema.ofNames("a", "b"), 2, new Column[] {Columns.integral(1, 1L << 55), Columns.spelled("x", null)}));
        Profile loaded = Saved.copy(profile::write, Profile::read);

        assertThat(Saved.bytes(loaded::write)).isEqualTo(Saved.bytes(profile::write));
        assertThat(Saved.copy(Profile.create()::write, Profile::read).rows()).isZero();
    }

    @Test
    void partsMakeAProfile() {
        Map<String, ColumnProfile> columns = new LinkedHashMap<>();
        columns.put("z", ColumnProfile.create());
        columns.put("a", ColumnProfile.create());

        assertThat(Profile.of(0, columns).names()).containsExactly("z", "a");
        assertThatThrownBy(() -> Profile.of(-1, columns)).hasMessage("rows: -1; a number from 0 is expected");
    }
}
