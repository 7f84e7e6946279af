package io.xiaoer.bot.understand.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.lang.foreign.Arena;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The lean models say what the shipped ones say, but for what finer numbers make of the last layer.
class LeanModelTest {

    private static final double THE_SAME = 0.995;

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bge-small-zh-v1.5 | 8  | 退
            bge-small-zh-v1.5 | 8  | 我上周买的鞋子穿了一次就开胶了，可以换一双新的吗？
            bge-small-zh-v1.5 | 8  | 订单 2026112600001 的快递一直停在杭州转运中心，麻烦帮忙催一下，谢谢
            bge-small-en-v1.5 | 12 | hi
            bge-small-en-v1.5 | 12 | can i still change the address of an order that i placed yesterday?
            bge-small-en-v1.5 | 12 | the parcel says delivered but nothing has arrived, and your courier does not pick up the phone
            """)
    void saysWhatTheShippedOneSays(String name, int heads, String text) throws Exception {
        int[] pieces;
        try (var vocabulary = SentenceModel.resource(name + "-q-tokenizer.json").getInputStream()) {
            pieces = WordPiece.read(vocabulary).cut(text, SentenceModels.QUESTION);
        }
        try (var lean = SentenceModel.load(name, heads)) {
            assertThat(cosine(lean.vector(text, SentenceModels.QUESTION), shipped(name, pieces)))
                    .isGreaterThan(THE_SAME);
        }
    }

    @Test
    void aTextOfAsManyPiecesAsTheModelTakesHasAVector() {
        try (var lean = SentenceModel.load(SentenceModels.CHINESE, SentenceModels.CHINESE_HEADS)) {
            assertThat(lean.vector("退".repeat(600), SentenceModels.QUESTION)).hasSize(512);
        }
    }

    @Test
    void aFileOfAnotherKindIsRefused() {
        try (var memory = Arena.ofConfined()) {
            var graph = new OnnxGraph();
            graph.input(LeanModel.PIECES);
            var other = graph.write(memory);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> LeanModel.of(other, 1, memory))
                    .withMessageContaining("embeddings");
        }
    }

    private float[] shipped(String name, int[] pieces) throws Exception {
        var numbers = Arrays.stream(pieces).asLongStream().toArray();
        var ones = new long[pieces.length];
        Arrays.fill(ones, 1);
        try (var memory = Arena.ofConfined();
                var session = environment.createSession(
                        SentenceModel.read(SentenceModel.resource(name + "-q.onnx"), memory),
                        new OrtSession.SessionOptions());
                var ids = tensor(numbers);
                var mask = tensor(ones);
                var types = tensor(new long[pieces.length]);
                var result = session.run(Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
            var states = (OnnxTensor) result.get(0);
            var first = new float[(int) states.getInfo().getShape()[2]];
            states.getFloatBuffer().get(first);
            return first;
        }
    }

    private OnnxTensor tensor(long[] numbers) throws Exception {
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(numbers), new long[] {1, numbers.length});
    }

    private static double cosine(float[] one, float[] other) {
        double product = 0;
        double ones = 0;
        double others = 0;
        for (int i = 0; i < one.length; i++) {
            product += one[i] * other[i];
            ones += one[i] * one[i];
            others += other[i] * other[i];
        }
        return product / Math.sqrt(ones * others);
    }
}
