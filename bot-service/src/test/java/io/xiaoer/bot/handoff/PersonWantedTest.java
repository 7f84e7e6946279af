package io.xiaoer.bot.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Verdict;
import io.xiaoer.bot.words.Language;
import io.xiaoer.bot.words.Wording;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Content;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who asks for a person is heard, who asks about persons is not passed on.
class PersonWantedTest {

    private final PersonWanted source = new PersonWanted((shop, text) -> text.contains("炸"), new Wording());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "转人工",
                "转人工！",
                "我要人工客服",
                "转人工，费用算错了",
                "转人工，草莓坏了",
                "转人工，皮肤过敏",
                "人工",
                "帮我转接人工客服",
                "找个真人",
                "我想跟真人说话",
                "叫你们经理来",
                "能不能来个人",
                "帮我接通客服专员",
                "别跟我机器人聊",
                "有没有活人",
                "rengong",
                "human please",
                "I want to talk to a person",
                "Speak to an agent",
                "connect me to a real human",
                "human pls",
                "I need a real person now",
                "let me talk to somebody",
                "put me through to a manager",
                "is anybody real there"
            })
    void theWishForAPersonIsHeard(String text) {
        assertThat(verdict(new Content.Text(text))).isEqualTo(new Verdict.HandOff("asked"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "怎么联系人工客服",
                "不要转人工",
                "人工客服几点上班",
                "How do I talk to a person?",
                "我的快递到哪了",
                "手工的吗",
                "送个人可以吗",
                "我要人工智能音箱",
                "想找人工泪液",
                "客服说可以退",
                "一个人用够大吗",
                "你们经理是谁",
                "is anyone there on sunday",
                "is it good for a person of 1.80",
                "is it made by a human hand"
            })
    void aQuestionAboutPersonsIsNone(String text) {
        assertThat(verdict(new Content.Text(text))).isEqualTo(Verdict.PASSED);
    }

    @Test
    void theButtonCountsWhateverItsLabel() {
        assertThat(verdict(new Content.Action("handoff", "yes"))).isEqualTo(new Verdict.HandOff("asked"));
        assertThat(verdict(new Content.Action("order:parcel:1", "转人工"))).isEqualTo(Verdict.PASSED);
    }

    @Test
    void whatAShopLeavesToPeopleIsHeard() {
        assertThat(verdict(new Content.Text("充电宝会炸吗"))).isEqualTo(new Verdict.HandOff("sensitive"));
    }

    @Test
    void despairIsHeardAndWhereNobodyIsThereSomethingKindIsSaid() {
        assertThat(verdict(new Content.Text("我想死"))).isInstanceOfSatisfying(Verdict.HandOff.class, handOff -> {
            assertThat(handOff.reason()).isEqualTo("despair");
            assertThat(Objects.requireNonNull(handOff.otherwise())
                            .content()
                            .toMap()
                            .get("text"))
                    .asString()
                    .contains("担心您", "暂时无法为您转接")
                    .doesNotContainPattern("[0-9]");
        });
        assertThat(verdict(new Content.Action("faq:1", "我想死"))).isEqualTo(Verdict.PASSED);
    }

    @Test
    void whoDespairsAndAsksForAPersonIsOneWhoDespairs() {
        assertThat(verdict(new Content.Text("我想死，转人工")))
                .isInstanceOfSatisfying(
                        Verdict.HandOff.class,
                        handOff -> assertThat(handOff.reason()).isEqualTo("despair"));
    }

    @Test
    void despairWaitsForNoAnswerThatIsBeingWritten() {
        assertThat(PersonWanted.isSure(question(new Content.Text("我不想活了")))).isTrue();
        assertThat(PersonWanted.isSure(question(new Content.Text("转人工")))).isTrue();
        assertThat(PersonWanted.isSure(question(new Content.Text("我想死你们了")))).isFalse();
    }

    private static Question question(Content content) {
        var user = new UserKey(new ShopId("1001"), UserKey.Kind.USER, "somebody");
        return new Question("1", user, "2", 1, content, Language.ZH, null, Instant.EPOCH);
    }

    private Verdict verdict(Content content) {
        return source.consider(question(content), Deadline.in(Duration.ofSeconds(1), Clock.systemUTC()));
    }
}
