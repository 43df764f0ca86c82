package io.modelmonitor.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Payload;
import io.modelmonitor.api.Row;
import io.modelmonitor.capture.CaptureFiles;
import io.modelmonitor.internal.data.CaptureRows;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnReferenceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'predictions':[{'score':0.5}]} | predictions[0].score",
                "{'predictions':[{'score':0.5}]} | predictions[*].score",
                "{'predictions':[{'score':0.5}]} | \"predictions\"[].\"score\"",
                "{'predictions':[{'a':{'b':[0,0.5]}}]} | predictions[0].a.b[1]",
                "{'predictions':[0.5]} | predictions[0]",
                "{'predictions':[[0,0.5]]} | predictions[0][1]",
                "[[0,0.5]] | [0][1]",
                "{'prediction':{'score':0.5}} | prediction.score",
                "{'scores':[0,0.5]} | scores[1]",
                "{'a':0,'b':0.5} | 1"
            })
    void aValueOfAPayloadIsFoundByItsPathInIt(String payload, String path) {
        Row row = row(payload);
        assertThat(row.number(new ColumnReference(path).in(row))).isEqualTo(0.5);
    }

    @Test
    void whatIsNotThereIsNamed() {
        Row row = row("{'predictions':[{'score':0.5}]}");
        assertThatThrownBy(() -> new ColumnReference("predictions[0].label").in(row))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no column 'predictions[0].label'; the nearest of 1 is 'score'; there are [score]");
    }

    private static Row row(String payload) {
        CaptureRecord record =
                new CaptureRecord("event", null, null, null, Payload.json(payload.replace('\'', '"')), List.of());
        try (Dataset.Cursor cursor = CaptureRows.standard()
                .open(CaptureFiles.Cursor.of(List.of(record).iterator()))) {
            return cursor.next().row(0);
        }
    }
}
