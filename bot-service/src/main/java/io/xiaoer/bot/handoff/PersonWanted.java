package io.xiaoer.bot.handoff;

import io.xiaoer.bot.decide.AnswerSource;
import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.DontKnow;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Stage;
import io.xiaoer.bot.decide.Verdict;
import io.xiaoer.bot.words.PlainText;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/// Hears that a person is wanted: the shopper presses the button that offers one or says so, or speaks of what the shop
/// leaves to people.
@Component
final class PersonWanted implements AnswerSource {

    private static final Pattern ZH = Pattern.compile(
            "(转|找|要|接|换|叫|联系|呼叫)(一?[个下位])?(真人|人工)|^(人工|真人)(客服|服务)?$|^人工(客服)?(在吗|呢)|(不要|别)(跟)?机器人|(找|转|要)客服$");
    private static final Pattern EN = Pattern.compile(
            "(talk|speak|chat|connect|transfer|switch|pass)(me)?(to|with)(a|an|the|some|your|my)?(real|live|human|actual)*"
                    + "(person|human|agent|someone|representative|operator|staff)|^(human|agent|realperson|liveagent|customerservice|representative)(please)?$");

    /// How to reach a person in general is a question for the FAQ.
    private static final Pattern HOW = Pattern.compile("怎么|如何|怎样|几点|什么时候|^(how|when|what|where|which)");

    private final SensitiveMatters matters;

    PersonWanted(SensitiveMatters matters) {
        this.matters = matters;
    }

    @Override
    public Stage stage() {
        return Stage.PERSON_WANTED;
    }

    @Override
    public Verdict consider(Question question, Deadline deadline) {
        String payload = question.payload();
        boolean wanted = payload == null ? isWanted(question.text()) : payload.equals(DontKnow.HANDOFF_PAYLOAD);
        if (wanted) {
            return new Verdict.HandOff("asked");
        }
        return matters.concern(question.shop(), question.text()) ? new Verdict.HandOff("sensitive") : Verdict.PASSED;
    }

    private static boolean isWanted(String text) {
        String plain = PlainText.of(text);
        return !HOW.matcher(plain).find()
                && (ZH.matcher(plain).find() || EN.matcher(plain).find());
    }
}
