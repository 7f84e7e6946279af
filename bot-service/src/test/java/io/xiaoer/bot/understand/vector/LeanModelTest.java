package io.xiaoer.bot.understand.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.lang.foreign.Arena;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The Chinese lean model says what the shipped one says, but for what finer numbers make of the last layer; the
/// English one nearly what its teacher says. What that is worth is measured by `QualityTest`.
class LeanModelTest {

    private static final double THE_SAME = 0.995;
    private static final double NEARLY = 0.95;

    private static final String PARAGRAPH = """
            How do I return a pair of shoes that I bought on sale? You have seven days from the day the parcel arrives. \
            Keep the tags on and the box whole, open the order in the app, choose what goes back and why, and print the \
            label that you are shown. The courier picks it up from your door within two days, free of charge if the \
            fault is ours, and the money comes back the way you paid within three working days after the parcel has \
            reached our warehouse and was looked at. Coupons that you used come back too, unless they have run out.""";

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();

    @ParameterizedTest
    @ValueSource(strings = {"退", "我上周买的鞋子穿了一次就开胶了，可以换一双新的吗？", "订单 2026112600001 的快递一直停在杭州转运中心，麻烦帮忙催一下，谢谢"})
    void saysWhatTheShippedOneSays(String text) throws Exception {
        assertThat(likeness(SentenceModels.CHINESE, SentenceModels.CHINESE_HEADS, text))
                .isGreaterThan(THE_SAME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hi",
                "refund",
                "can i still change the address of an order that i placed yesterday?",
                "the parcel says delivered but nothing has arrived, and your courier does not pick up the phone",
                "Why was I charged a fee for withdrawing cash abroad?",
                PARAGRAPH
            })
    void theStudentSaysNearlyWhatItsTeacherSays(String text) throws Exception {
        assertThat(likeness(SentenceModels.ENGLISH, SentenceModels.ENGLISH_HEADS, text))
                .isGreaterThan(NEARLY);
    }

    private double likeness(String name, int heads, String text) throws Exception {
        int[] pieces;
        try (var vocabulary = SentenceModel.resource(name + "-q-tokenizer.json").getInputStream()) {
            pieces = WordPiece.read(vocabulary).cut(text, SentenceModels.QUESTION);
        }
        try (var lean = SentenceModel.load(name, heads)) {
            return cosine(lean.vector(text, SentenceModels.QUESTION), shipped(name, pieces));
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
                    .isThrownBy(() -> LeanModel.of(OnnxFile.read(other), 1, List.of(), memory))
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
