package io.xiaoer.bot.understand.vector;

import io.xiaoer.bot.understand.vector.OnnxFile.Tensor;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Writes an ONNX file, node by node. Of the format it writes what [LeanModel] needs.
final class OnnxGraph {

    private static final String MICROSOFT = "com.microsoft";
    private static final long OPERATORS = 17;
    private static final long FORMAT = 8;

    private final List<ByteBuffer> parts = new ArrayList<>();
    private int names;

    /// Adds a tensor that the nodes may take.
    void tensor(String name, Tensor tensor) {
        var head = new Message();
        tensor.dimensions().forEach(each -> head.number(1, each));
        head.number(2, tensor.type()).text(8, name).tag(9, 2).raw(tensor.data().remaining());
        part(5, head.size() + tensor.data().remaining());
        parts.add(head.bytes());
        parts.add(tensor.data().duplicate());
    }

    /// Adds whole numbers that the nodes may take.
    void numbers(String name, long... numbers) {
        var data = new Message();
        for (long each : numbers) {
            data.fixed(each, Long.BYTES);
        }
        tensor(name, new Tensor(OnnxFile.LONG, List.of((long) numbers.length), data.bytes()));
    }

    /// An attribute of a node.
    sealed interface Attribute {
        /// A whole number.
        record Number(String name, long value) implements Attribute {}

        /// A fraction.
        record Fraction(String name, float value) implements Attribute {}
    }

    /// A node of the standard's operators.
    ///
    /// @return the names of what comes out of it
    List<String> standard(String kind, int outputs, List<String> inputs, Attribute... attributes) {
        return node("", kind, outputs, inputs, attributes);
    }

    /// A node of the runtime's own operators, of which one tensor comes out.
    ///
    /// @return its name
    String fused(String kind, List<String> inputs, Attribute... attributes) {
        return node(MICROSOFT, kind, 1, inputs, attributes).getFirst();
    }

    private List<String> node(String domain, String kind, int outputs, List<String> inputs, Attribute... attributes) {
        var node = new Message();
        inputs.forEach(each -> node.text(1, each));
        var made = new ArrayList<String>();
        for (int i = 0; i < outputs; i++) {
            made.add("t" + names++);
            node.text(2, made.getLast());
        }
        node.text(4, kind).text(7, domain);
        for (var each : attributes) {
            var attribute = new Message();
            switch (each) {
                case Attribute.Number(var name, var value) ->
                    attribute.text(1, name).number(3, value).number(20, 2);
                case Attribute.Fraction(var name, var value) ->
                    attribute
                            .text(1, name)
                            .tag(2, 5)
                            .fixed(Float.floatToIntBits(value), Float.BYTES)
                            .number(20, 1);
            }
            node.message(5, attribute);
        }
        part(1, node.size());
        parts.add(node.bytes());
        return made;
    }

    /// What goes in: a text's pieces.
    void input(String name) {
        named(11, name, OnnxFile.LONG, 1, -1);
    }

    /// What comes out: as many numbers.
    void output(String name, long size) {
        named(12, name, OnnxFile.FLOAT, 1, 1, size);
    }

    private void named(int field, String name, int type, long... dimensions) {
        var shape = new Message();
        for (long each : dimensions) {
            shape.message(1, each < 0 ? new Message().text(2, "pieces") : new Message().number(1, each));
        }
        var tensor = new Message().number(1, type).message(2, shape);
        var value = new Message().text(1, name).message(2, new Message().message(1, tensor));
        part(field, value.size());
        parts.add(value.bytes());
    }

    private void part(int field, int size) {
        parts.add(new Message().tag(field, 2).raw(size).bytes());
    }

    /// The file.
    ByteBuffer write(Arena memory) {
        int size = parts.stream().mapToInt(ByteBuffer::remaining).sum() + name().size();
        var head = new Message()
                .number(1, FORMAT)
                .message(8, new Message().text(1, "").number(2, OPERATORS))
                .message(8, new Message().text(1, MICROSOFT).number(2, 1))
                .tag(7, 2)
                .raw(size)
                .raw(name());
        var file = memory.allocate((long) head.size() + size - name().size()).asByteBuffer();
        file.put(head.bytes());
        parts.forEach(each -> file.put(each.duplicate()));
        return file.flip();
    }

    private static Message name() {
        return new Message().text(2, "lean");
    }

    /// Fields one after the other.
    private static final class Message {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Message raw(long number) {
            long rest = number;
            while ((rest & ~0x7FL) != 0) {
                bytes.write((int) (rest & 0x7F | 0x80));
                rest >>>= 7;
            }
            bytes.write((int) rest);
            return this;
        }

        Message raw(Message other) {
            bytes.writeBytes(other.bytes.toByteArray());
            return this;
        }

        Message tag(int field, int kind) {
            return raw((long) field << 3 | kind);
        }

        Message number(int field, long number) {
            return tag(field, 0).raw(number);
        }

        Message fixed(long number, int length) {
            for (int i = 0; i < length; i++) {
                bytes.write((int) (number >>> 8 * i));
            }
            return this;
        }

        Message text(int field, String text) {
            byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
            tag(field, 2).raw(encoded.length);
            bytes.writeBytes(encoded);
            return this;
        }

        Message message(int field, Message other) {
            return tag(field, 2).raw(other.size()).raw(other);
        }

        int size() {
            return bytes.size();
        }

        ByteBuffer bytes() {
            return ByteBuffer.wrap(bytes.toByteArray());
        }
    }
}
