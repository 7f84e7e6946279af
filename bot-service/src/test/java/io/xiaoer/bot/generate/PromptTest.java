package io.xiaoer.bot.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Talk;
import io.xiaoer.bot.words.Language;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Sender;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A model sees the talk up to the question, people's words among it, without what is nobody's business.
class PromptTest {

    private static final Duration TIME = Duration.ofSeconds(1);
    private static final GenerationSettings SETTINGS =
            new GenerationSettings("http://localhost", "", "a-model", TIME, TIME, 1, 100, 1, false, TIME);

    @Test
    void theModelSeesTheLastTenRoundsWithWhatPeopleSaid() {
        var said = new ArrayList<Message>();
        for (int round = 1; round <= Talk.ROUNDS; round++) {
            said.add(said(Role.USER, "问题" + round + "，电话13812345678"));
            said.add(said(round == 1 ? Role.AGENT : Role.BOT, "回答" + round));
        }

        var messages = messages("可以退货吗", said);

        assertThat(messages).hasSize(2 + said.size());
        assertThat(messages.get(1)).containsEntry("role", "user").containsEntry("content", "问题1，电话138****5678");
        assertThat(messages.get(2)).containsEntry("role", "assistant").containsEntry("content", "回答1");
        assertThat(messages.getLast()).containsEntry("content", "可以退货吗");
    }

    @Test
    void theModelSeesNoPostalAddressOfATalk() {
        var said = List.of(
                said(Role.USER, "上海市浦东新区世纪大道100号8楼"),
                said(Role.BOT, "把收货地址改为「上海市浦东新区世纪大道 100 号 8 楼」，确认吗？"),
                said(Role.USER, "i live at 12 Long Street, Springfield, IL 62704, can it be sent there"),
                said(Role.USER, "我12号下单的还在路上吗，3室2厅买哪个路由器"));

        assertThat(messages("寄到杭州市西湖区文三路9号要几天", said))
                .extracting(message -> message.getString("content"))
                .endsWith(
                        "[address]",
                        "把收货地址改为「[address]」，确认吗？",
                        "i live at [address], can it be sent there",
                        "我12号下单的还在路上吗，3室2厅买哪个路由器",
                        "[address]要几天");
    }

    @Test
    void ofALongTalkTheModelSeesTheEnd() {
        var said = IntStream.range(0, 60)
                .mapToObj(i -> said(Role.USER, i + "，" + "长".repeat(300)))
                .toList();

        var messages = messages("可以退货吗", said);

        assertThat(messages).hasSizeBetween(15, 25);
        assertThat(messages.get(messages.size() - 2).getString("content")).startsWith("59，");
    }

    private static List<JSONObject> messages(String question, List<Message> said) {
        var body = Prompt.of(question(question, said), List.of()).body(SETTINGS, List.of());
        return new JSONObject(body).getJSONArray("messages").toList(JSONObject.class);
    }

    private static Question question(String text, List<Message> said) {
        var user = new UserKey(new ShopId("1001"), UserKey.Kind.USER, "somebody");
        var talk = new Talk(said::reversed);
        return new Question("1", user, "2", 1, new Content.Text(text), Language.ZH, null, Instant.EPOCH, talk);
    }

    private static Message said(Role role, String text) {
        return new Message(
                text, "2", new Sender(role, "x", null), Instant.EPOCH, new Content.Text(text), null, null, List.of());
    }
}
