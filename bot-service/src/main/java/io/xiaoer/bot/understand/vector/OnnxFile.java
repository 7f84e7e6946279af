package io.xiaoer.bot.understand.vector;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What stands in an ONNX file: its tensors by name, and which of them each product of matrices takes. Of the format it
/// reads what our models have; tensors are views of the file, not copies.
final class OnnxFile {

    static final int FLOAT = 1;
    static final int BYTE = 2;
    static final int SIGNED_BYTE = 3;
    static final int LONG = 7;

    private static final String WEIGHTS = "_quantized";

    private final Map<String, Tensor> tensors = new HashMap<>();
    private final Map<String, String> factors = new HashMap<>();

    /// A tensor.
    ///
    /// @param data its numbers, least significant byte first
    record Tensor(int type, List<Long> dimensions, ByteBuffer data) {}

    private OnnxFile() {}

    static OnnxFile read(ByteBuffer file) {
        var read = new OnnxFile();
        fields(file, (field, value, graph) -> {
            if (field == 7) {
                fields(graph, read::part);
            }
        });
        return read;
    }

    private void part(int field, long value, ByteBuffer part) {
        if (field == 1) {
            node(part);
        } else if (field == 5) {
            tensor(part);
        }
    }

    private void node(ByteBuffer node) {
        var inputs = new ArrayList<String>();
        var outputs = new ArrayList<String>();
        var kind = new StringBuilder();
        fields(node, (field, value, bytes) -> {
            switch (field) {
                case 1 -> inputs.add(text(bytes));
                case 2 -> outputs.add(text(bytes));
                case 4 -> kind.append(text(bytes));
                default -> {}
            }
        });
        if ("MatMulInteger".contentEquals(kind)) {
            String output = outputs.getFirst();
            factors.put(output.substring(1, output.lastIndexOf('/')).replace('/', '.'), inputs.get(1));
        }
    }

    private void tensor(ByteBuffer tensor) {
        var dimensions = new ArrayList<Long>();
        var name = new StringBuilder();
        var type = new int[1];
        var data = new ByteBuffer[] {ByteBuffer.allocate(0)};
        fields(tensor, (field, value, bytes) -> {
            switch (field) {
                case 1 -> dimensions.add(value);
                case 2 -> type[0] = (int) value;
                case 4, 5, 9 -> data[0] = bytes;
                case 8 -> name.append(text(bytes));
                default -> {}
            }
        });
        tensors.put(name.toString(), new Tensor(type[0], dimensions, data[0]));
    }

    /// A tensor by its name.
    ///
    /// @throws IllegalArgumentException if there is none of that kind
    Tensor tensor(String name, int type) {
        Tensor found = tensors.get(name);
        if (found == null || found.type() != type) {
            throw new IllegalArgumentException("the model lacks " + name);
        }
        return found;
    }

    /// A single number of eight bits, which the format keeps as a longer one.
    byte single(String name) {
        return (byte) number(tensor(name, BYTE).data().duplicate());
    }

    /// Whether a part of the model multiplies with weights.
    boolean multiplies(String part) {
        return factors.containsKey(part);
    }

    /// The name of the weights that a part of the model multiplies with, without its ending.
    ///
    /// @throws IllegalArgumentException if it has none, or such that are not symmetric
    String weights(String part) {
        String name = factors.get(part);
        if (name == null || !name.endsWith(WEIGHTS)) {
            throw new IllegalArgumentException("the model lacks the weights of " + part);
        }
        String plain = name.substring(0, name.length() - WEIGHTS.length());
        var zero = tensor(plain + "_zero_point", SIGNED_BYTE).data().duplicate();
        while (zero.hasRemaining()) {
            if (zero.get() != 0) {
                throw new IllegalArgumentException("the weights of " + part + " are not symmetric");
            }
        }
        return plain;
    }

    /// Told of each field of a message: its number, and its value or its bytes.
    private interface Fields {
        void field(int field, long value, ByteBuffer bytes);
    }

    private static void fields(ByteBuffer message, Fields told) {
        var rest = message.duplicate();
        while (rest.hasRemaining()) {
            int tag = (int) number(rest);
            switch (tag & 7) {
                case 0 -> told.field(tag >>> 3, number(rest), message);
                case 2 -> {
                    int length = (int) number(rest);
                    told.field(tag >>> 3, 0, rest.slice(rest.position(), length).order(ByteOrder.LITTLE_ENDIAN));
                    rest.position(rest.position() + length);
                }
                default -> throw new IllegalArgumentException("a model of another kind");
            }
        }
    }

    private static long number(ByteBuffer bytes) {
        long number = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = bytes.get();
            number |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw new IllegalArgumentException("a model of another kind");
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }
}
