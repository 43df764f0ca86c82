package io.modelmonitor.parquet;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapKeyValueTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * Makes maps and lists of the records of a file. Lists and maps of older writers are read by the rules of the format's
 * <a href="https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#lists">specification</a>.
 */
final class Records extends RecordMaterializer<Map<String, @Nullable Object>> {

    private Map<String, @Nullable Object> record = Map.of();
    private final Struct root;

    private Records(MessageType schema) {
        this.root = new Struct(schema, members -> record = members);
    }

    /** Returns the records of a file, which is closed with the stream. */
    static Stream<Map<String, @Nullable Object>> of(ParquetFile file) {
        Iterator<Map<String, @Nullable Object>> records = file.reading(new OfGroups(file));
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(records, Spliterator.ORDERED), false)
                .onClose(file::close);
    }

    @Override
    public Map<String, @Nullable Object> getCurrentRecord() {
        return record;
    }

    @Override
    public GroupConverter getRootConverter() {
        return root;
    }

    /** The records of one row group after the other. */
    private static final class OfGroups implements Iterator<Map<String, @Nullable Object>> {

        private final ParquetFile file;
        private final MessageColumnIO columns;
        private @Nullable RecordReader<Map<String, @Nullable Object>> reader;
        private long rowsLeft;

        private OfGroups(ParquetFile file) {
            this.file = file;
            this.columns = file.reading(() -> new ColumnIOFactory(file.writer()).getColumnIO(file.schema()));
        }

        @Override
        public boolean hasNext() {
            while (rowsLeft == 0) {
                PageReadStore group = file.nextGroup();
                if (group == null) {
                    return false;
                }
                rowsLeft = group.getRowCount();
                reader = columns.getRecordReader(group, new Records(file.schema()));
            }
            return true;
        }

        @Override
        public Map<String, @Nullable Object> next() {
            if (!hasNext() || reader == null) {
                throw new NoSuchElementException();
            }
            rowsLeft--;
            return reader.read();
        }
    }

    /** Returns whether a type is a group of members, rather than a list or a map. */
    static boolean isStruct(Type type) {
        return !type.isPrimitive() && !type.isRepetition(Type.Repetition.REPEATED) && !isList(type) && !isMap(type);
    }

    private static boolean isList(Type type) {
        return type.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation && holdsOneRepeated(type);
    }

    private static boolean isMap(Type type) {
        LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
        boolean isSaid =
                annotation instanceof MapLogicalTypeAnnotation || annotation instanceof MapKeyValueTypeAnnotation;
        if (!isSaid || !holdsOneRepeated(type)) {
            return false;
        }
        Type entry = type.asGroupType().getType(0);
        return !entry.isPrimitive() && entry.asGroupType().getFieldCount() == 2;
    }

    private static boolean holdsOneRepeated(Type type) {
        return !type.isPrimitive()
                && type.asGroupType().getFieldCount() == 1
                && type.asGroupType().getType(0).isRepetition(Type.Repetition.REPEATED);
    }

    /** Returns what stands for a value that is not there: of a group all its members, so that rows agree on their columns. */
    private static @Nullable Object absent(Type type) {
        if (type.isRepetition(Type.Repetition.REPEATED)) {
            return new ArrayList<>();
        }
        return isStruct(type) ? absentMembers(type.asGroupType()) : null;
    }

    private static Map<String, @Nullable Object> absentMembers(GroupType group) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        group.getFields().forEach(member -> members.put(member.getName(), absent(member)));
        return members;
    }

    private static Converter converter(Type type, Consumer<Object> into) {
        if (type.isPrimitive()) {
            return new Leaf(type.asPrimitiveType(), into);
        }
        return isList(type)
                ? new Elements(type.asGroupType(), into)
                : isMap(type) ? new Entries(type.asGroupType(), into) : new Struct(type.asGroupType(), into::accept);
    }

    /** Makes a map of the members of a group. */
    private static final class Struct extends GroupConverter {

        private final GroupType type;
        private final Consumer<Map<String, @Nullable Object>> into;
        private final List<Converter> members = new ArrayList<>();
        private Map<String, @Nullable Object> current = Map.of();

        private Struct(GroupType type, Consumer<Map<String, @Nullable Object>> into) {
            this.type = type;
            this.into = into;
            for (Type member : type.getFields()) {
                String name = member.getName();
                members.add(
                        member.isRepetition(Type.Repetition.REPEATED)
                                ? converter(member, value -> elements(name).add(value))
                                : converter(member, value -> current.put(name, value)));
            }
        }

        @SuppressWarnings("unchecked") // absent(..) has put it there
        private List<Object> elements(String name) {
            return (List<Object>) Objects.requireNonNull(current.get(name));
        }

        @Override
        public Converter getConverter(int index) {
            return members.get(index);
        }

        @Override
        public void start() {
            current = absentMembers(type);
        }

        @Override
        public void end() {
            into.accept(current);
        }
    }

    /** Makes a list. */
    private static final class Elements extends GroupConverter {

        private final Consumer<Object> into;
        private final Converter repeated;
        private List<@Nullable Object> current = List.of();

        private Elements(GroupType list, Consumer<Object> into) {
            this.into = into;
            Type type = list.getType(0);
            this.repeated = isElement(type)
                    ? converter(type, value -> current.add(value))
                    : new Wrapped(type.asGroupType().getType(0), value -> current.add(value));
        }

        /** Returns whether the repeated type is the element itself, as older writers have it, rather than a group around it. */
        private static boolean isElement(Type repeated) {
            return repeated.isPrimitive()
                    || repeated.asGroupType().getFieldCount() != 1
                    || repeated.asGroupType().getType(0).isRepetition(Type.Repetition.REPEATED)
                    || repeated.getName().equals("array")
                    || repeated.getName().endsWith("_tuple");
        }

        @Override
        public Converter getConverter(int index) {
            return repeated;
        }

        @Override
        public void start() {
            current = new ArrayList<>();
        }

        @Override
        public void end() {
            into.accept(current);
        }
    }

    /** Takes an element out of the group around it. */
    private static final class Wrapped extends GroupConverter {

        private final Type type;
        private final Consumer<@Nullable Object> into;
        private final Converter element;
        private @Nullable Object current;

        private Wrapped(Type type, Consumer<@Nullable Object> into) {
            this.type = type;
            this.into = into;
            this.element = converter(type, value -> current = value);
        }

        @Override
        public Converter getConverter(int index) {
            return element;
        }

        @Override
        public void start() {
            current = absent(type);
        }

        @Override
        public void end() {
            into.accept(current);
        }
    }

    /** Makes a map, by the text of its keys and in their order. */
    private static final class Entries extends GroupConverter {

        private final Consumer<Object> into;
        private final Struct entry;
        private Map<String, @Nullable Object> current = new TreeMap<>();

        private Entries(GroupType map, Consumer<Object> into) {
            this.into = into;
            GroupType type = map.getType(0).asGroupType();
            this.entry = new Struct(
                    type,
                    members -> current.put(
                            String.valueOf(members.get(type.getFieldName(0))), members.get(type.getFieldName(1))));
        }

        @Override
        public Converter getConverter(int index) {
            return entry;
        }

        @Override
        public void start() {
            current = new TreeMap<>();
        }

        @Override
        public void end() {
            into.accept(current);
        }
    }
}
