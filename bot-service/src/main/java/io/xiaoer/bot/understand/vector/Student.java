package io.xiaoer.bot.understand.vector;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;

/// A model of fewer layers that has learnt to say what a shipped one says. It is made of some of that one's layers,
/// and its file holds what differs in them (`src/model` makes it). Within gzip, in this order:
///
/// 1. the CRC-32 of the shipped file, four bytes, the most significant one first;
/// 2. the step, the number of layers, and which of the shipped model's they are, lowest first: a byte each;
/// 3. of each layer each [matrix][#MATRICES], in the shipped order: a signed byte for each weight, which times the step
///    is added to the shipped one (their scales stay, and so do their seven bits), and each [vector][#VECTORS], which
///    is what it is now: fractions of four bytes, the least significant one first.
final class Student {

    private static final List<String> MATRICES = List.of(
            "attention.self.query",
            "attention.self.key",
            "attention.self.value",
            "attention.output.dense",
            "intermediate.dense",
            "output.dense");

    private static final List<String> VECTORS = List.of(
            "attention.self.query.bias",
            "attention.self.key.bias",
            "attention.self.value.bias",
            "attention.output.dense.bias",
            "attention.output.LayerNorm.weight",
            "attention.output.LayerNorm.bias",
            "intermediate.dense.bias",
            "output.dense.bias",
            "output.LayerNorm.weight",
            "output.LayerNorm.bias");

    /// Two products of this and a byte without sign fit into sixteen bits, in which processors without VNNI add them.
    private static final int HIGHEST = 64;

    private static final int AT_ONCE = 1 << 16;

    private final OnnxFile model;
    private final DataInputStream learnt;
    private final byte[] weights = new byte[AT_ONCE];
    private final byte[] differences = new byte[AT_ONCE];

    private Student(OnnxFile model, DataInputStream learnt) {
        this.model = model;
        this.learnt = learnt;
    }

    /// Where the student of a model is found, if it has one.
    static String resource(String model) {
        return "/understand/" + model + ".student.gz";
    }

    /// Makes a shipped model its student, where it stands in memory. If that fails, the model is of no use any more.
    ///
    /// @param file of the shipped model
    /// @param model as read from it
    /// @return the layers that the student has
    /// @throws IOException if the student is one of another model, or its file is cut short or otherwise spoilt
    static List<Integer> correct(ByteBuffer file, OnnxFile model, InputStream student) throws IOException {
        try (var learnt =
                new DataInputStream(new BufferedInputStream(new GZIPInputStream(student, AT_ONCE), AT_ONCE))) {
            var sum = new CRC32();
            sum.update(file.duplicate());
            if (learnt.readInt() != (int) sum.getValue()) {
                throw new IOException("the student has learnt from another model");
            }
            var layers = new Student(model, learnt).correct();
            if (learnt.read() >= 0) {
                throw new IOException("the student knows more than its model");
            }
            return layers;
        }
    }

    private List<Integer> correct() throws IOException {
        int step = learnt.readByte();
        var layers = layers();
        if (step < 1 || layers.isEmpty()) {
            throw new IOException("the student changes nothing");
        }
        for (int layer : layers) {
            String name = LeanModel.layer(layer);
            for (String each : MATRICES) {
                add(weights(name + each), step);
            }
            for (String each : VECTORS) {
                replace(model.tensor(name + each, OnnxFile.FLOAT).data().duplicate());
            }
        }
        return layers;
    }

    private List<Integer> layers() throws IOException {
        int count = LeanModel.layers(model).size();
        var layers = new ArrayList<Integer>();
        for (int left = learnt.readByte(); left > 0; left--) {
            int layer = learnt.readByte();
            if (layer < (layers.isEmpty() ? 0 : layers.getLast() + 1) || layer >= count) {
                throw new IOException("the student has layer " + layer + " behind " + layers + " of " + count);
            }
            layers.add(layer);
        }
        return layers;
    }

    private ByteBuffer weights(String part) {
        return model.tensor(model.weights(part) + "_quantized", OnnxFile.SIGNED_BYTE)
                .data()
                .duplicate();
    }

    private void add(ByteBuffer matrix, int step) throws IOException {
        while (matrix.hasRemaining()) {
            int count = Math.min(AT_ONCE, matrix.remaining());
            matrix.get(matrix.position(), weights, 0, count);
            learnt.readFully(differences, 0, count);
            for (int i = 0; i < count; i++) {
                int weight = weights[i] + step * differences[i];
                if (Math.abs(weight) > HIGHEST) {
                    throw new IOException("the student has a weight of " + weight);
                }
                weights[i] = (byte) weight;
            }
            matrix.put(weights, 0, count);
        }
    }

    private void replace(ByteBuffer vector) throws IOException {
        int length = vector.remaining();
        learnt.readFully(weights, 0, length);
        vector.put(weights, 0, length);
    }
}
