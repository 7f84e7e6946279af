package io.xiaoer.bot.decide;

import io.xiaoer.bot.slots.Declines;
import io.xiaoer.bot.words.Wording;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.text.PlainText;
import io.xiaoer.common.words.Simplified;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// Answers what one says out of courtesy, where that is all that is said: a greeting, thanks, a good-bye, a nod; and
/// that something is not to be done. None of it is a question that nobody knows, nor a reason to fetch a person. Asked
/// after the very words of the shop's FAQ, which may greet in its own way.
@Component
@Order(Courtesy.AFTER_FAQ)
public final class Courtesy implements AnswerSource {

    static final int AFTER_FAQ = 100;

    private static final Pattern GREETING =
            Pattern.compile("(你好|您好|哈[喽啰罗]|嗨|嘿|早上好|上午好|中午好|下午好|晚上好|早安|亲|小二|在吗|在么|在不在|在嘛){1,3}[呀啊哦呢哈]?"
                    + "|(hi|hello|hey|hiya|goodmorning|goodafternoon|goodevening)(there|xiaoer|everyone)?");
    private static final Pattern THANKS =
            Pattern.compile("(好的?|嗯|行|ok|okay|great|perfect|good){0,2}(谢谢|多谢|感谢|谢了|谢啦|thanks|thankyou|thx|cheers)"
                    + "(你|您|啦|了|哦|呀|哈|小二|亲|谢谢|alot|somuch|verymuch|you|bye){0,3}");
    private static final Pattern BYE = Pattern.compile("(再见|拜拜|拜|回头见|晚安|bye|byebye|goodbye|seeyou){1,2}(了|啦|哦)?");
    private static final Pattern NOD =
            Pattern.compile("那?就?(好的?|嗯|哦|噢|行|可以|知道|明白|了解|收到|没事|没有|不用|不需要|是的?|对的?|算了|ok|okay){1,3}(了|吧|啦|哈|呢){0,2}"
                    + "|(alright|gotit|isee|fine|yes|no|great|cool|nevermind|nothanks|thatsall)");

    /// What pictures alone say.
    private static final Pattern WAVE = Pattern.compile("[\\s👋🙋]+");
    private static final Pattern PRAISE = Pattern.compile("[\\s🙏❤🌹💐😘🥰️🏻🏼🏽🏾🏿]+");
    private static final Pattern THUMB = Pattern.compile("[\\s👌👍✅🆗💪😊🙂😄🤝️🏻🏼🏽🏾🏿]+");

    private final Wording wording;

    Courtesy(Wording wording) {
        this.wording = wording;
    }

    @Override
    public Stage stage() {
        return Stage.FAQ_CACHE;
    }

    @Override
    public Verdict consider(Question question, Deadline deadline) {
        String key = question.payload() == null ? kind(question.text()) : null;
        return key == null
                ? Verdict.PASSED
                : new Verdict.Answered(Reply.of(
                        new Content.Text(wording.say(question.language(), "courtesy." + key)),
                        Source.COURTESY,
                        1,
                        null));
    }

    private static @Nullable String kind(String text) {
        String plain = PlainText.of(Simplified.of(text));
        if (GREETING.matcher(plain).matches() || isPicture(text, WAVE)) {
            return "greeting";
        }
        if (THANKS.matcher(plain).matches() || isPicture(text, PRAISE)) {
            return "thanks";
        }
        if (BYE.matcher(plain).matches()) {
            return "bye";
        }
        if (NOD.matcher(plain).matches() || isPicture(text, THUMB)) {
            return "nod";
        }
        return Declines.something(text) ? "declined" : null;
    }

    private static boolean isPicture(String text, Pattern pictures) {
        return !text.isBlank() && pictures.matcher(text).matches();
    }
}
