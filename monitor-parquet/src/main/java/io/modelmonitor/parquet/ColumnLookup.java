package io.modelmonitor.parquet;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Finds columns by name in a schema, {@code group.member} in a group. */
final class ColumnLookup {

    private static final int NAMED = 10;

    private ColumnLookup() {}

    /** @throws ParquetFile.ColumnNotThere if the schema has not one of the columns */
    static MessageType of(MessageType schema, List<String> columns, Path file) {
        if (columns.isEmpty()) {
            return schema;
        }
        for (String column : columns) {
            if (selected(schema, "", List.of(column)).isEmpty()) {
                List<String> names =
                        schema.getFields().stream().map(Type::getName).toList();
                throw new ParquetFile.ColumnNotThere(file + " has no column '" + column + "'; there are " + names.size()
                        + ", among them " + names.subList(0, Math.min(NAMED, names.size())));
            }
        }
        return new MessageType(schema.getName(), selected(schema, "", columns));
    }

    private static List<Type> selected(GroupType group, String prefix, List<String> columns) {
        List<Type> selected = new ArrayList<>();
        for (Type field : group.getFields()) {
            String name = prefix + field.getName();
            if (columns.contains(name)) {
                selected.add(field);
            } else if (Records.isStruct(field)) {
                List<Type> members = selected(field.asGroupType(), name + ".", columns);
                if (!members.isEmpty()) {
                    selected.add(field.asGroupType().withNewFields(members));
                }
            }
        }
        return selected;
    }
}
