package io.xiaoer.bot.understand;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.bot.faq.FaqCandidate;
import io.xiaoer.bot.faq.FaqCopy;
import io.xiaoer.bot.faq.FaqDecision;
import io.xiaoer.bot.faq.FaqEntry;
import io.xiaoer.bot.understand.vector.QuestionVectors;
import io.xiaoer.bot.understand.vector.SentenceModels;
import io.xiaoer.bot.words.Language;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A shop that was learnt with the real models knows its questions in other words, and what it does not serve.
class UnderstoodTest {

    private static final Instant NOW = Instant.parse("2026-11-20T00:00:00Z");
    private static final List<FaqEntry> FEW = List.of(
            entry("returns", "怎么申请退货", "在订单页点申请售后。", "如何退货", "我要退货怎么操作"),
            entry("freight", "退货运费谁出", "质量问题由我们承担，否则由您承担。", "退货邮费谁承担"),
            entry("invoice", "怎么开发票", "下单时勾选发票即可。", "能开发票吗", "发票怎么申请"),
            entry("shipping", "什么时候发货", "付款后 48 小时内发出。", "多久发货", "几天能发货"),
            entry(
                    "en-returns",
                    "How do I return an item?",
                    "Open your order and choose return.",
                    "how can i send it back"),
            entry("en-invoice", "Can I get an invoice?", "Tick invoice at checkout."));
    private static final Map<Language, Map<String, List<String>>> FLOWS = Map.of(
            Language.ZH, Map.of("cancel_order", List.of("取消订单", "我不想要了帮我取消", "把订单取消掉")),
            Language.EN, Map.of("cancel_order", List.of("cancel my order", "please cancel the order")));

    private static SentenceModels models;
    private static QuestionVectors questions;
    private static Understood few;

    @BeforeAll
    static void learn() throws InterruptedException {
        models = SentenceModels.open();
        questions = QuestionVectors.of(models, 1000);
        few = new Learning(models, questions).learn(lesson(FEW));
    }

    @AfterAll
    static void letGo() {
        models.close();
    }

    @ParameterizedTest
    @CsvSource({
        "我想把东西退了要怎么弄, returns",
        "退货的快递费是我付吗, freight",
        "可以给我开张发票吗, invoice",
        "下单以后多长时间能寄出, shipping",
        "i would like to send back what i bought, en-returns",
        "could you give me an invoice please, en-invoice"
    })
    void aQuestionIsFoundInOtherWords(String text, String id) {
        var meaning = few.of(text, Language.ZH);
        assertThat(meaning.entries().getFirst().entry().id()).isEqualTo(id);
        assertThat(meaning.entries().getFirst().match().how()).isEqualTo(FaqCandidate.How.SIMILAR);
        assertThat(meaning.decision()).isInstanceOfAny(FaqDecision.Answer.class, FaqDecision.Choose.class);
    }

    @ParameterizedTest
    @CsvSource({"帮我把单子取消了吧, cancel_order", "i want to cancel it, cancel_order"})
    void aDialogIsStartedInOtherWords(String text, String flow) {
        assertThat(few.of(text, Language.ZH).started())
                .isNotNull()
                .extracting(Meaning.FlowScore::flow)
                .isEqualTo(flow);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "明天上海天气好吗",
                "给我讲个笑话听听",
                "你们公司现在招不招人",
                "推荐一部好看的电影",
                "will it be sunny tomorrow",
                "please tell me something funny",
                "write a python script for me"
            })
    void whatNoShopServesIsNotAnswered(String text) {
        var meaning = few.of(text, Language.ZH);
        assertThat(meaning.decision()).isInstanceOfAny(FaqDecision.Clarify.class, FaqDecision.HandOff.class);
        assertThat(meaning.started()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d\ude00\ud83d\ude00", "？？？", " ", "……"})
    void whatHasNoWordsMeansNothing(String text) {
        assertThat(few.of(text, Language.ZH)).isEqualTo(Meaning.NOTHING);
    }

    @Test
    void aQuestionOfFiveHundredCharactersIsUnderstood() {
        var text = "我前几天买的那个东西不太满意，想问一下".repeat(26).substring(0, 490) + "怎么申请退货呢";
        assertThat(few.of(text, Language.ZH).entries()).isNotEmpty();
        assertThat(few.of("好".repeat(500), Language.ZH).decision()).isNotInstanceOf(FaqDecision.Answer.class);
        assertThat(few.of("x".repeat(500), Language.ZH).decision()).isNotInstanceOf(FaqDecision.Answer.class);
    }

    @Test
    void oneModelNeverServesTheOtherLanguage() {
        assertThat(few.of("How do I return an item", Language.ZH).entries())
                .extracting(candidate -> candidate.entry().id())
                .containsExactlyInAnyOrder("en-returns", "en-invoice");
    }

    @Test
    void thePlainestShopHasNothingToAnswer() throws InterruptedException {
        var nothing =
                new Learning(models, questions).learn(new Learning.Lesson(new FaqCopy(1, List.of()), 0, Map.of()));
        var meaning = nothing.of("怎么退货", Language.ZH);
        assertThat(meaning.entries()).isEmpty();
        assertThat(meaning.decision()).isInstanceOf(FaqDecision.HandOff.class);
    }

    @Test
    void anEntryAmongFiveThousandIsFound() throws InterruptedException {
        var entries = new ArrayList<FaqEntry>(FEW);
        for (int i = 0; i < 5000; i++) {
            entries.add(entry("item-" + i, "货号" + (10_000 + i) + "的重量", i + "克"));
        }
        var many = new Learning(models, questions).learn(lesson(entries));
        assertThat(many.of("我想把东西退了要怎么弄", Language.ZH)
                        .entries()
                        .getFirst()
                        .entry()
                        .id())
                .isEqualTo("returns");
        assertThat(many.of("货号12345有多重", Language.ZH)
                        .entries()
                        .getFirst()
                        .entry()
                        .id())
                .isEqualTo("item-2345");
        assertThat(many.of("给我讲个笑话听听", Language.ZH).decision()).isNotInstanceOf(FaqDecision.Answer.class);
    }

    @Test
    void whatChangedIsFoundBeforeAnythingIsFittedToItAndTheRestAnsweredAsBefore() throws InterruptedException {
        var learning = new Learning(models, questions);
        var before = lesson(FEW);
        var mind = learning.trained(learning.untrained(before, learning.rows(before), null));
        var changed = new ArrayList<>(FEW);
        changed.removeIf(entry -> entry.id().equals("freight"));
        changed.addFirst(entry("gift", "可以做礼品包装吗", "结算页勾选礼品包装。", "能帮我包成礼物吗"));
        var after = lesson(changed);

        var taught = learning.untrained(after, learning.rows(after), mind);

        var now = new Understood(taught, questions);
        assertThat(taught.trained()).isFalse();
        assertThat(ids(now.of("送人的，麻烦包装成礼物可以吗", Language.ZH))).startsWith("gift");
        assertThat(ids(now.of("退货的快递费是我付吗", Language.ZH))).doesNotContain("freight");
        for (String text : List.of("怎么申请退货呀", "怎么才能开发票呢", "什么时候能发货呢")) {
            var was = few.of(text, Language.ZH);
            assertThat(was.decision()).as(text).isInstanceOf(FaqDecision.Answer.class);
            assertThat(now.of(text, Language.ZH).decision()).as(text).isInstanceOf(FaqDecision.Answer.class);
        }
    }

    private static Learning.Lesson lesson(List<FaqEntry> entries) {
        return new Learning.Lesson(new FaqCopy(1, entries), 1, FLOWS);
    }

    private static List<String> ids(Meaning meaning) {
        return meaning.entries().stream()
                .map(candidate -> candidate.entry().id())
                .toList();
    }

    private static FaqEntry entry(String id, String question, String answer, String... similar) {
        return new FaqEntry(
                id,
                1,
                question,
                List.of(similar),
                answer,
                Language.of(question, Language.ZH).tag(),
                NOW,
                NOW);
    }
}
