package io.xiaoer.bot.understand.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.Arena;
import java.util.List;
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

    @ParameterizedTest
    @ValueSource(strings = {"退", "我上周买的鞋子穿了一次就开胶了，可以换一双新的吗？", "订单 2026112600001 的快递一直停在杭州转运中心，麻烦帮忙催一下，谢谢"})
    void saysWhatTheShippedOneSays(String text) {
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
    void theStudentSaysNearlyWhatItsTeacherSays(String text) {
        assertThat(likeness(SentenceModels.ENGLISH, SentenceModels.ENGLISH_HEADS, text))
                .isGreaterThan(NEARLY);
    }

    private static double likeness(String name, int heads, String text) {
        try (var lean = SentenceModel.load(name, heads);
                var published = PublishedModel.open(name)) {
            return cosine(lean.vector(text, SentenceModels.QUESTION), published.state(text));
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
