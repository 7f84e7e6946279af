package io.xiaoer.bot.dialog.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Reply;
import io.xiaoer.bot.dialog.Flows;
import io.xiaoer.bot.dialog.engine.FlowBook;
import io.xiaoer.bot.dialog.engine.Senses;
import io.xiaoer.bot.dialog.engine.WordsHeard;
import io.xiaoer.bot.dialog.flow.Flow;
import io.xiaoer.bot.dialog.yaml.InvalidFile;
import io.xiaoer.bot.words.Wording;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Scripted talks are played, and what does not come as expected is told with its line.
class SimulatorTest {

    private static final String ORDERS = """
            functions:
              orders.search: [{no: "88260001", title: 红色跑鞋}, {no: "88260002", title: 白色衬衫}]
              aftersale.eligible: {ok: true, refund: "199.00"}
              aftersale.create: {no: AS1}
            """;

    private final FlowBook flows = new FlowBook() {
        @Override
        public @Nullable Flow current(UserKey user, String name) {
            return List.of("return_order", "order_status").contains(name) ? Flows.example(name) : null;
        }

        @Override
        public @Nullable Flow version(ShopId shop, String name, int version) {
            return Flows.example(name);
        }
    };

    private final Senses senses = new Senses() {
        @Override
        public @Nullable String person(Question question, Deadline deadline) {
            return question.text().contains("人工") ? "asked" : null;
        }

        @Override
        public @Nullable Reply faq(Question question, Deadline deadline) {
            return null;
        }

        @Override
        public @Nullable Wanted flow(Question question, Deadline deadline) {
            return question.text().equals("我要退货") ? new Wanted("return_order", 1) : null;
        }
    };

    private static Script read(String text) throws InvalidFile {
        return Script.read("script", text, Flows.loader().catalogue());
    }

    private Simulator.Result played(String text) throws InvalidFile {
        return played(text, flows);
    }

    private Simulator.Result played(String text, FlowBook book) throws InvalidFile {
        var simulator = new Simulator(
                new ShopId("shop"), book, Flows.loader().catalogue(), senses, new WordsHeard(), new Wording());
        return simulator.play(read(text)).getFirst();
    }

    @Test
    void aTalkThatGoesAsExpectedPasses() throws Exception {
        var result = played(ORDERS + """
                faq: {运费谁出: 质量问题由我们承担。}
                starts: {快递呢: order_status}
                talk:
                  - {shopper: 我要退货, bot: 您要退哪一笔, card: order_list, options: [红色跑鞋, 白色衬衫], calls: [orders.search]}
                  - {press: 红色跑鞋, bot: 请选择退货原因, options: [质量问题], calls: {aftersale.eligible: {kind: RETURN_REFUND}}}
                  - {shopper: 运费谁出, bot: [质量问题由我们承担, 请选择退货原因], calls: []}
                  - {shopper: 太大了, bot: 确认退货, slots: {reason: SIZE, order: "88260001"}}
                  - {shopper: "不是，改成质量问题", bot: 质量问题, calls: []}
                  - {shopper: 是的, bot: AS1, calls: {aftersale.create: {reason: QUALITY}}, end: true, handoff: false}
                """);

        assertThat(result.failures()).isEmpty();
        assertThat(result.passed()).isTrue();
        assertThat(result.talk()).hasSize(6);
    }

    @Test
    void whatDoesNotComeIsToldWithItsLine() throws Exception {
        var result = played(ORDERS + """
                talk:
                  - {shopper: 我要退货, bot: 好的没问题}
                  - {press: 蓝色}
                """);

        assertThat(result.passed()).isFalse();
        assertThat(result.failures()).hasSize(2);
        assertThat(result.failures().getFirst()).startsWith("line 6: the bot said");
        assertThat(result.failures().getLast()).isEqualTo("line 7: there is no button `蓝色`");
    }

    @Test
    void aFunctionAnswersOneAfterTheOtherAndFailsWhereTheScriptSaysSo() throws Exception {
        var result = played("""
                functions:
                  orders.search: {then: [[], [{no: "88260001", title: 红色跑鞋}]]}
                  aftersale.eligible: {ok: true, refund: "1"}
                  aftersale.create: {error: unavailable}
                talk:
                  - {shopper: 我要退货, bot: 大概是哪天下的单}
                  - {shopper: 昨天, bot: 找到订单 88260001}
                  - {shopper: 太大}
                  - {shopper: 好的, handoff: aftersale_error}
                """);

        assertThat(result.failures()).isEmpty();
    }

    @Test
    void aFunctionWithoutAnAnswerFails() throws Exception {
        var result = played("talk:\n  - {shopper: 我要退货, handoff: return_order_error, calls: [orders.search]}\n");

        assertThat(result.failures()).isEmpty();
        assertThat(result.talk().getFirst().calls().getFirst().failed()).isEqualTo("no answer is given");
    }

    @Test
    void timePasses() throws Exception {
        var result = played(ORDERS + """
                talk:
                  - {shopper: 我要退货}
                  - {wait: 11m, shopper: 第一个, flow: null}
                """);

        assertThat(result.talk().getLast().bot()).isNull();
    }

    @Test
    void aFunctionThatIsNoneIsRefusedWithItsLine() {
        var failure = catchThrowableOfType(InvalidFile.class, () -> read("""
                cases:
                  - name: misspelt
                    functions:
                      orders.search: []
                      orders.serch: []
                    talk: [{shopper: a}]
                """));

        assertThat(failure.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.line()).isEqualTo(5);
            assertThat(fault.what()).contains("`orders.serch`");
            assertThat(fault.cure()).contains("orders.search");
        });
    }

    @Test
    void aNumberOfTooManyFiguresIsRefusedWithItsLine() {
        var failure = catchThrowableOfType(
                InvalidFile.class,
                () -> read(
                        "functions:\n  orders.search: [{no: 1e900000000}]\ntalk:\n  - {shopper: a, slots: {n: 1e41}}\n"));

        assertThat(failure.faults()).extracting(fault -> fault.line()).containsExactly(2, 4);
    }

    @Test
    void theLongestNumbersAreSaidWhole() throws Exception {
        var numbers = Flows.loader().load("numbers.yml", """
                flow: numbers
                version: 1
                title: {zh: 数字, en: Numbers}
                slots:
                  great: {type: number}
                  fine: {type: number}
                  ok: {type: yesno}
                steps:
                  - set: {great: 1e39, fine: 1e-40}
                  - ask: ok
                    say: {zh: "${great}和${fine}", en: "${great} and ${fine}"}
                  - say: {zh: "${great}，${fine}", en: "${great}, ${fine}"}
                  - end: done
                """);
        var talk = played("""
                starts: {数字: numbers}
                talk:
                  - {shopper: 数字}
                  - {shopper: 是的}
                """, new FlowBook() {
                    @Override
                    public @Nullable Flow current(UserKey user, String name) {
                        return numbers;
                    }

                    @Override
                    public @Nullable Flow version(ShopId shop, String name, int version) {
                        return numbers;
                    }
                })
                .talk();

        var great = "1" + "0".repeat(39);
        var fine = "0." + "0".repeat(39) + "1";
        assertThat(String.valueOf(talk.getFirst().bot())).contains(great + "和" + fine);
        assertThat(talk.getLast().bot()).containsEntry("text", great + "，" + fine);
    }

    @Test
    void aScriptThatIsWrongIsRefusedWithItsLines() {
        var failure = catchThrowableOfType(
                InvalidFile.class,
                () -> read("talk:\n  - {shopper: a, press: b}\n  - {shopper: a, bott: b}\nnow: tomorrow\n"));

        assertThat(failure.faults()).extracting(fault -> fault.line()).containsExactly(2, 3, 4);
        assertThat(catchThrowableOfType(
                                InvalidFile.class, () -> read("language: fr\nguest: yes\ntalk: [{shopper: a}]\n"))
                        .faults())
                .extracting(fault -> fault.line())
                .containsExactly(1, 2);
        assertThat(catchThrowableOfType(InvalidFile.class, () -> read("cases:\n  - {name: a}"))
                        .faults())
                .isNotEmpty();
    }
}
