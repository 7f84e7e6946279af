package io.xiaoer.bot.understand.vector;

import io.xiaoer.bot.understand.vector.OnnxFile.Tensor;
import io.xiaoer.bot.understand.vector.OnnxGraph.Attribute;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// A sentence model of the BERT kind, written anew: the weights of the shipped file in a graph of eleven fused
/// operations
/// a layer, for one text without padding. The shipped graph has over a hundred a layer, most of which work out shapes
/// or
/// move numbers about. The last layer is worked out for the start piece alone, since nothing else is looked at.
final class LeanModel {

    /// What goes in: the numbers of a text's pieces.
    static final String PIECES = "pieces";

    private static final String FIRST = "first";
    private static final String WORDS = "embeddings.word_embeddings.weight";
    private static final String TYPES = "embeddings.token_type_embeddings.weight";
    private static final String PLACES = "embeddings.position_embeddings.weight";
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
    /// @param shipped file, needed no more afterwards
    /// @param heads of its attention
    /// @throws IllegalArgumentException if it is a model of another kind
    static ByteBuffer of(ByteBuffer shipped, int heads, Arena memory) {
        return new LeanModel(OnnxFile.read(shipped), heads).write(memory);
    }

    private ByteBuffer write(Arena memory) {
        int layers = 0;
        while (shipped.multiplies(layer(layers) + "attention.self.query")) {
            layers++;
        }
        graph.input(PIECES);
        graph.numbers(FIRST, 0);
        String states = embeddings();
        for (int layer = 0; layer < layers; layer++) {
            states = layer(layer(layer), states, layer == layers - 1);
        }
        graph.output(
                states,
                shipped.tensor(WORDS + "_quantized", OnnxFile.BYTE).dimensions().get(1));
        return graph.write(memory);
    }

    private static String layer(int number) {
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
        graph.tensor("places", places(size));
        graph.numbers("second", 1);
        String length =
                standard("Shape", List.of(PIECES), new Attribute.Number("start", 1), new Attribute.Number("end", 2));
        String places = standard("Slice", List.of("places", FIRST, length, "second"));
        String coarse = standard("Gather", List.of("words", PIECES));
        String fine = standard("DequantizeLinear", List.of(coarse, "words_scale", "words_zero"));
        return norm(fine, places, "embeddings.LayerNorm");
    }

    /// What each place adds, and the type that all pieces of one text have.
    private Tensor places(long size) {
        float[] places = fractions(PLACES);
        float[] types = fractions(TYPES);
        var sums = ByteBuffer.allocate(places.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < places.length; i++) {
            sums.putFloat(places[i] + types[i % (int) size]);
        }
        return new Tensor(OnnxFile.FLOAT, List.of(1L, places.length / size, size), sums.flip());
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
        var coarse = graph.standard("DynamicQuantizeLinear", 3, List.of(states));
        String asking = last ? first(coarse.getFirst()) : coarse.getFirst();
        String attended = graph.fused(
                "MultiHeadAttention",
                List.of(
                        product(asking, coarse, layer + "attention.self.query"),
                        product(coarse.getFirst(), coarse, layer + "attention.self.key"),
                        product(coarse.getFirst(), coarse, layer + "attention.self.value")),
                heads);
        String seen = norm(
                dense(attended, layer + "attention.output.dense"),
                last ? first(states) : states,
                layer + "attention.output.LayerNorm");
        String wide = graph.fused(
                "BiasGelu",
                List.of(
                        graph.fused("DynamicQuantizeMatMul", factors(seen, layer + "intermediate.dense")),
                        shared(layer + "intermediate.dense.bias")));
        return norm(dense(wide, layer + "output.dense"), seen, layer + "output.LayerNorm");
    }

    private String first(String states) {
        return standard("Gather", List.of(states, FIRST), new Attribute.Number("axis", 1));
    }

    /// A product with states that are coarse already.
    ///
    /// @param coarse states, their scale and their zero
    private String product(String states, List<String> coarse, String part) {
        String name = weights(part);
        return graph.fused(
                "MatMulIntegerToFloat",
                List.of(states, name, coarse.get(1), name + "_scale", coarse.get(2), "", shared(part + ".bias")));
    }

    private String dense(String states, String part) {
        var all = new ArrayList<>(factors(states, part));
        all.add("");
        all.add(shared(part + ".bias"));
        return graph.fused("DynamicQuantizeMatMul", all);
    }

    private List<String> factors(String states, String part) {
        String name = weights(part);
        return List.of(states, name, name + "_scale");
    }

    private String weights(String part) {
        String name = shipped.weights(part);
        graph.tensor(part, shipped.tensor(name + "_quantized", OnnxFile.SIGNED_BYTE));
        graph.tensor(part + "_scale", shipped.tensor(name + "_scale", OnnxFile.FLOAT));
        return part;
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
