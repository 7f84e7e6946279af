package io.xiaoer.bot.understand.vector;

import io.xiaoer.bot.understand.vector.OnnxFile.Tensor;
import io.xiaoer.bot.understand.vector.OnnxGraph.Attribute;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// A sentence model of the BERT kind, written anew: its weights in a graph of eight fused operations a layer, for one
/// text without padding. The shipped graph has over a hundred a layer, most of which work out shapes or move numbers
/// about. What is left are the same sums in the same order, since rounding to eight bits makes much of a little.
/// Behind the attention of the last layer only the start piece is worked out, for nothing else is looked at.
final class LeanModel {

    /// What goes in: the numbers of a text's pieces.
    static final String PIECES = "pieces";

    private static final String FIRST = "first";
    private static final String WORDS = "embeddings.word_embeddings.weight";
    private static final String TYPES = "embeddings.token_type_embeddings.weight";
    private static final String PLACES = "embeddings.position_embeddings.weight";
    private static final List<String> ATTENTION = List.of("query", "key", "value");
    private static final Attribute EPSILON = new Attribute.Fraction("epsilon", 1e-12f);

    private final OnnxFile shipped;
    private final Attribute heads;
    private final OnnxGraph graph = new OnnxGraph();

    private LeanModel(OnnxFile shipped, int heads) {
        this.shipped = shipped;
        this.heads = new Attribute.Number("num_heads", heads);
    }

    /// The file of a lean model, whose only output is the state at the start piece.
    ///
    /// @param shipped model, needed no more afterwards
    /// @param heads of its attention
    /// @param layers of the shipped model that it has, in their order
    /// @throws IllegalArgumentException if it is a model of another kind
    static ByteBuffer of(OnnxFile shipped, int heads, List<Integer> layers, Arena memory) {
        return new LeanModel(shipped, heads).write(layers, memory);
    }

    /// All layers of a shipped model.
    static List<Integer> layers(OnnxFile shipped) {
        return IntStream.iterate(0, layer -> layer + 1)
                .takeWhile(layer -> shipped.multiplies(layer(layer) + "attention.self.query"))
                .boxed()
                .toList();
    }

    private ByteBuffer write(List<Integer> layers, Arena memory) {
        graph.input(PIECES);
        graph.numbers(FIRST, 0);
        String states = embeddings();
        for (int layer : layers) {
            states = layer(layer(layer), states, layer == layers.getLast());
        }
        graph.output(
                states,
                shipped.tensor(WORDS + "_quantized", OnnxFile.BYTE).dimensions().get(1));
        return graph.write(memory);
    }

    /// What the names of all parts of a layer begin with.
    static String layer(int number) {
        return "encoder.layer." + number + '.';
    }

    /// The state of each piece by itself and its place.
    private String embeddings() {
        var words = shipped.tensor(WORDS + "_quantized", OnnxFile.BYTE);
        long size = words.dimensions().get(1);
        graph.tensor("words", words);
        graph.tensor("words_scale", shipped.tensor(WORDS + "_scale", OnnxFile.FLOAT));
        graph.tensor("words_zero", new Tensor(OnnxFile.BYTE, List.of(), ByteBuffer.wrap(new byte[] {
            shipped.single(WORDS + "_zero_point")
        })));
        graph.tensor("type", numbers(fractions(TYPES), (int) size, size));
        float[] places = fractions(PLACES);
        graph.tensor("places", numbers(places, places.length, 1, places.length / size, size));
        graph.numbers("second", 1);
        String length =
                standard("Shape", List.of(PIECES), new Attribute.Number("start", 1), new Attribute.Number("end", 2));
        String here = standard("Slice", List.of("places", FIRST, length, "second"));
        String coarse = standard("Gather", List.of("words", PIECES));
        String fine = standard("DequantizeLinear", List.of(coarse, "words_scale", "words_zero"));
        // Every piece of a text has the first type.
        return norm(standard("Add", List.of(fine, "type")), here, "embeddings.LayerNorm");
    }

    /// The first of some numbers as a tensor.
    private static Tensor numbers(float[] numbers, int count, long... dimensions) {
        var data = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(numbers, 0, count);
        return new Tensor(OnnxFile.FLOAT, Arrays.stream(dimensions).boxed().toList(), data);
    }

    private float[] fractions(String name) {
        var coarse = shipped.tensor(name + "_quantized", OnnxFile.BYTE).data().duplicate();
        float scale = shipped.tensor(name + "_scale", OnnxFile.FLOAT).data().getFloat(0);
        int zero = Byte.toUnsignedInt(shipped.single(name + "_zero_point"));
        var fine = new float[coarse.remaining()];
        for (int i = 0; i < fine.length; i++) {
            fine[i] = (Byte.toUnsignedInt(coarse.get()) - zero) * scale;
        }
        return fine;
    }

    private String layer(String layer, String states, boolean last) {
        String attended = attention(states, layer + "attention.self.");
        String seen = norm(
                dense(last ? first(attended) : attended, layer + "attention.output.dense"),
                last ? first(states) : states,
                layer + "attention.output.LayerNorm");
        String wide = graph.fused("Gelu", List.of(dense(seen, layer + "intermediate.dense")));
        return norm(dense(wide, layer + "output.dense"), seen, layer + "output.LayerNorm");
    }

    /// Attention as one operation, for which the three matrices stand side by side. It needs a scale and a
    /// zero for each column, and no mask.
    private String attention(String states, String part) {
        var matrices = ATTENTION.stream().map(each -> matrix(part + each)).toList();
        int size = (int) (long) matrices.getFirst().dimensions().getFirst();
        int width = ATTENTION.size() * size;
        var weights = ByteBuffer.allocate(size * width);
        for (int row = 0; row < size; row++) {
            for (var each : matrices) {
                weights.put(each.data().slice(row * size, size));
            }
        }
        graph.tensor(part, new Tensor(OnnxFile.SIGNED_BYTE, List.of((long) size, (long) width), weights.flip()));
        graph.tensor(
                part + "zero", new Tensor(OnnxFile.SIGNED_BYTE, List.of((long) width), ByteBuffer.allocate(width)));
        var scales = ByteBuffer.allocate(width * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        var biases = ByteBuffer.allocate(width * Float.BYTES);
        for (String each : ATTENTION) {
            var scale = shipped.tensor(shipped.weights(part + each) + "_scale", OnnxFile.FLOAT)
                    .data();
            for (int column = 0; column < size; column++) {
                scales.putFloat(scale.getFloat(scale.remaining() > Float.BYTES ? column * Float.BYTES : 0));
            }
            biases.put(
                    shipped.tensor(part + each + ".bias", OnnxFile.FLOAT).data().duplicate());
        }
        graph.tensor(part + "scale", new Tensor(OnnxFile.FLOAT, List.of((long) width), scales.flip()));
        graph.tensor(part + "bias", new Tensor(OnnxFile.FLOAT, List.of((long) width), biases.flip()));
        var coarse = graph.standard("DynamicQuantizeLinear", 3, List.of(states));
        return graph.fused(
                "QAttention",
                List.of(
                        coarse.getFirst(),
                        part,
                        part + "bias",
                        coarse.get(1),
                        part + "scale",
                        "",
                        coarse.get(2),
                        part + "zero"),
                heads);
    }

    private String first(String states) {
        return standard("Gather", List.of(states, FIRST), new Attribute.Number("axis", 1));
    }

    private String dense(String states, String part) {
        graph.tensor(part, matrix(part));
        graph.tensor(part + "_scale", shipped.tensor(shipped.weights(part) + "_scale", OnnxFile.FLOAT));
        return graph.fused("DynamicQuantizeMatMul", List.of(states, part, part + "_scale", "", shared(part + ".bias")));
    }

    private Tensor matrix(String part) {
        return shipped.tensor(shipped.weights(part) + "_quantized", OnnxFile.SIGNED_BYTE);
    }

    private String norm(String states, String others, String part) {
        return graph.fused(
                "SkipLayerNormalization",
                List.of(states, others, shared(part + ".weight"), shared(part + ".bias")),
                EPSILON);
    }

    private String shared(String name) {
        graph.tensor(name, shipped.tensor(name, OnnxFile.FLOAT));
        return name;
    }

    private String standard(String kind, List<String> inputs, Attribute... attributes) {
        return graph.standard(kind, 1, inputs, attributes).getFirst();
    }
}
