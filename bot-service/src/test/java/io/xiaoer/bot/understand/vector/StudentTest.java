package io.xiaoer.bot.understand.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The student of the English model: eight layers with what it has learnt, and of that model alone.
class StudentTest {

    private static final String FIRST_WEIGHTS = "encoder.layer.3.attention.self.query";
    private static final String LAST_WEIGHTS = "encoder.layer.3.output.dense";
    private static final String FIRST_VECTOR = "encoder.layer.3.attention.self.query.bias";
    private static final String LAST_VECTOR = "encoder.layer.3.output.LayerNorm.bias";
    private static final int SIZE = 384;
    private static final int WIDE = 4 * SIZE;
    private static final int MATRICES = 4 * SIZE * SIZE + 2 * SIZE * WIDE;
    private static final int VECTORS = (4 + 2 + 1 + 2) * SIZE + WIDE;
    private static final int HEAD = 4 + 3;

    private final Arena memory = Arena.ofConfined();

    @AfterEach
    void letGo() {
        memory.close();
    }

    @Test
    void hasEightLayersThatFitTheShippedModel() throws IOException {
        var file = shipped(SentenceModels.ENGLISH);
        try (var student = student()) {
            assertThat(Student.correct(file, OnnxFile.read(file), student)).containsExactly(0, 2, 6, 7, 8, 9, 10, 11);
        }
    }

    @Test
    void addsItsStepsToTheWeightsAndBringsItsOwnVectors() throws IOException {
        var file = shipped(SentenceModels.ENGLISH);
        var model = OnnxFile.read(file);
        byte[] first = weights(model, FIRST_WEIGHTS);
        byte[] last = weights(model, LAST_WEIGHTS);
        var learnt = learnt(file, 2, 3);
        learnt.put(HEAD + 1, (byte) (first[1] > 0 ? -5 : 5));
        learnt.put(HEAD + MATRICES - 1, (byte) (last[last.length - 1] > 0 ? -7 : 7));
        learnt.putFloat(HEAD + MATRICES, 1.5f).putFloat(learnt.limit() - Float.BYTES, -2.5f);

        assertThat(Student.correct(file, model, packed(learnt.array()))).containsExactly(3);

        first[1] += first[1] > 0 ? -10 : 10;
        last[last.length - 1] += last[last.length - 1] > 0 ? -14 : 14;
        assertThat(weights(model, FIRST_WEIGHTS)).isEqualTo(first);
        assertThat(weights(model, LAST_WEIGHTS)).isEqualTo(last);
        assertThat(vector(model, FIRST_VECTOR)).startsWith(1.5f, 0);
        assertThat(vector(model, LAST_VECTOR)).endsWith(0, -2.5f);
    }

    @Test
    void isRefusedByAnotherModel() throws IOException {
        var file = shipped(SentenceModels.CHINESE);
        try (var student = student()) {
            assertThatIOException()
                    .isThrownBy(() -> Student.correct(file, OnnxFile.read(file), student))
                    .withMessageContaining("another model");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void isRefusedIfItIsCutShortOrGoesOn(int more) throws IOException {
        try (var student = new GZIPInputStream(student())) {
            byte[] whole = student.readAllBytes();
            var file = shipped(SentenceModels.ENGLISH);
            var other = packed(Arrays.copyOf(whole, whole.length + more));
            assertThatIOException().isThrownBy(() -> Student.correct(file, OnnxFile.read(file), other));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 | 1  | 0 | changes nothing
            2 | 0  | 0 | changes nothing
            2 | -1 | 0 | changes nothing
            2 | 1  | 12 | has layer 12 behind [] of 12
            2 | 1  | -1 | has layer -1 behind [] of 12
            """)
    void isRefusedWithAHeadThatCannotBe(int step, int count, int layer, String why) throws IOException {
        var file = shipped(SentenceModels.ENGLISH);
        var learnt = learnt(file, step, layer).put(Integer.BYTES + 1, (byte) count);
        assertThatIOException()
                .isThrownBy(() -> Student.correct(file, OnnxFile.read(file), packed(learnt.array())))
                .withMessageContaining(why);
    }

    @Test
    void isRefusedWithTheSameLayerTwice() throws IOException {
        var file = shipped(SentenceModels.ENGLISH);
        // Behind the head comes the second layer's number.
        var learnt = learnt(file, 2, 3).put(Integer.BYTES + 1, (byte) 2).put(HEAD, (byte) 3);
        assertThatIOException()
                .isThrownBy(() -> Student.correct(file, OnnxFile.read(file), packed(learnt.array())))
                .withMessageContaining("has layer 3 behind [3]");
    }

    @Test
    void isRefusedWithAWeightOfMoreThanSevenBits() throws IOException {
        var file = shipped(SentenceModels.ENGLISH);
        var learnt = learnt(file, 127, 3).put(HEAD, (byte) 1);
        assertThatIOException()
                .isThrownBy(() -> Student.correct(file, OnnxFile.read(file), packed(learnt.array())))
                .withMessageContaining("has a weight of");
    }

    /// What a student of one layer would have learnt, had it learnt nothing and forgotten its vectors.
    private static ByteBuffer learnt(ByteBuffer file, int step, int layer) {
        var sum = new CRC32();
        sum.update(file.duplicate());
        return ByteBuffer.allocate(HEAD + MATRICES + VECTORS * Float.BYTES)
                .putInt((int) sum.getValue())
                .put((byte) step)
                .put((byte) 1)
                .put((byte) layer)
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    private static InputStream packed(byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var packing = new GZIPOutputStream(bytes)) {
            packing.write(content);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private static InputStream student() {
        return Objects.requireNonNull(StudentTest.class.getResourceAsStream(Student.resource(SentenceModels.ENGLISH)));
    }

    private ByteBuffer shipped(String name) throws IOException {
        return SentenceModel.read(SentenceModel.resource(name + "-q.onnx"), memory);
    }

    private static byte[] weights(OnnxFile model, String part) {
        var data = model.tensor(model.weights(part) + "_quantized", OnnxFile.SIGNED_BYTE)
                .data();
        var weights = new byte[data.remaining()];
        data.get(data.position(), weights);
        return weights;
    }

    private static float[] vector(OnnxFile model, String name) {
        var data = model.tensor(name, OnnxFile.FLOAT).data().duplicate().order(ByteOrder.LITTLE_ENDIAN);
        var vector = new float[data.remaining() / Float.BYTES];
        data.asFloatBuffer().get(vector);
        return vector;
    }
}
