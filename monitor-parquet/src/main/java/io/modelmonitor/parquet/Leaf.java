package io.modelmonitor.parquet;

import java.util.function.Consumer;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/** Hands over the values of a column; those of a dictionary of bytes are made once. */
final class Leaf extends PrimitiveConverter {

    private static final @Nullable Object[] NONE = {};

    private final LeafValues values;
    private final boolean isBinary;
    private final Consumer<Object> into;
    private @Nullable Dictionary dictionary;
    private @Nullable Object[] decoded = NONE;

    Leaf(PrimitiveType type, Consumer<Object> into) {
        this.values = LeafValues.of(type);
        this.isBinary = switch (type.getPrimitiveTypeName()) {
            case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> true;
            default -> false;
        };
        this.into = into;
    }

    @Override
    public boolean hasDictionarySupport() {
        return isBinary;
    }

    @Override
    public void setDictionary(Dictionary dictionary) {
        this.dictionary = dictionary;
        this.decoded = new @Nullable Object[dictionary.getMaxId() + 1];
    }

    @Override
    public void addValueFromDictionary(int id) {
        Object value = decoded[id];
        if (value == null && dictionary != null) {
            value = values.ofBinary().apply(dictionary.decodeToBinary(id));
            decoded[id] = value;
        }
        if (value != null) {
            into.accept(value);
        }
    }

    @Override
    public void addBinary(Binary value) {
        into.accept(values.ofBinary().apply(value));
    }

    @Override
    public void addBoolean(boolean value) {
        into.accept(value);
    }

    @Override
    public void addDouble(double value) {
        into.accept(value);
    }

    @Override
    public void addFloat(float value) {
        into.accept(value);
    }

    @Override
    public void addInt(int value) {
        into.accept(values.ofWhole().apply(value));
    }

    @Override
    public void addLong(long value) {
        into.accept(values.ofWhole().apply(value));
    }
}
