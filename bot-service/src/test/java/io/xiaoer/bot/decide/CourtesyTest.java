package io.xiaoer.bot.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.bot.words.Language;
import io.xiaoer.bot.words.Wording;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Content;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Courtesies are answered in kind, and what only begins with one is a question.
class CourtesyTest {

    private final Courtesy source = new Courtesy(new Wording());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            你好           | 您好
            您好呀         | 您好
            在吗？         | 您好
            亲，在吗       | 您好
            Hello there!   | Hello
            谢谢啦😊       | 不客气
            好的谢谢       | 不客气
            Thanks a lot   | welcome
            再见           | 再见
            好的           | 还需要什么
            是的           | 还需要什么
            那算了         | 还需要什么
            OK             | anything else
            👍             | 还需要什么
            👌🏻            | 还需要什么
            🙏             | 不客气
            👋             | 您好
            不要退了       | 不办理
            no refund please | left as it is
            """)
    void isAnswered(String text, String answer) {
        assertThat(consider(text)).isInstanceOfSatisfying(Verdict.Answered.class, answered -> {
            assertThat(answered.reply().source()).isEqualTo(Source.COURTESY);
            assertThat(answered.reply().content())
                    .isInstanceOfSatisfying(
                            Content.Text.class, said -> assertThat(said.text()).contains(answer));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"你好，我要退货", "谢谢，快递到哪了", "在吗 怎么开发票", "hello where is my order", "有人吗", "不是", "👟"})
    void isLeftToOthers(String text) {
        assertThat(consider(text)).isEqualTo(Verdict.PASSED);
    }

    private Verdict consider(String text) {
        var question = new Question(
                "1",
                new UserKey(new ShopId("s"), UserKey.Kind.GUEST, "g"),
                "7",
                3,
                new Content.Text(text),
                Language.of(text, Language.ZH),
                null,
                Instant.EPOCH);
        return source.consider(question, Deadline.in(Duration.ofSeconds(1), Clock.systemUTC()));
    }
}
