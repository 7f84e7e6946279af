package io.xiaoer.bot.handoff;

import io.xiaoer.bot.decide.AnswerSource;
import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.DontKnow;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Reply;
import io.xiaoer.bot.decide.Source;
import io.xiaoer.bot.decide.Stage;
import io.xiaoer.bot.decide.Verdict;
import io.xiaoer.bot.slots.Declines;
import io.xiaoer.bot.words.Wording;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.text.Despair;
import io.xiaoer.common.text.PlainText;
import io.xiaoer.common.text.Rule;
import io.xiaoer.common.words.Simplified;
import org.springframework.stereotype.Component;

/// Hears that a person is wanted: the shopper presses the button that offers one or says so, does not
/// want to live, or speaks of what the shop leaves to people. Despair goes to a person whatever the
/// shop's list of words is, and is looked for first: who despairs waits before those who only ask for a
/// person.
@Component
public final class PersonWanted implements AnswerSource {

    /// What is said to who is in despair where no person takes over.
    public static final String NOBODY_THERE = "despair.nobody_there";

    private static final Rule ZH = Rule.of(
            "(转|找|要|接|换|叫|联系|呼叫)(接|通)?(一?[个下位]|你们的?)*(真人|活人|人工(?!智能|泪液|草坪|草皮|皮革|降雨|呼吸)|经理|主管)|^(人工|真人|活人)+(客服|服务)?$|^(人工|真人)(客服)?(在吗|在不在|呢)"
                    + "|(不要|不想|别)再?(跟|和)?(你|我)?机器人?(人|聊|说|回复)*$|(跟|和|让|请|叫|由)(你们的?|一?个)?(真人|活人|人工|客服|经理|主管)(来|过来|出来|跟|和|说|聊|讲|谈|处理)"
                    + "|(转|找|要|叫|接|接通|转接)(一下|你们的?|个)*(客服|专员)(专员|人员)?$|(来|找|换|叫)一?个?(活|真)?人(来|啊|吧|说|聊|跟我|处理|行吗|行不行)*$"
                    + "|^有(没有)?(真|活)人(在|吗|啊|呢|没有)*$|^(zhuan)?rengong(kefu)?$");
    private static final Rule EN = Rule.of(
            "(talk|speak|chat|connect|transfer|switch|pass|put)(me)?(through)?(to|with)(a|an|the|some|your|my)?(real|live|human|actual)*"
                    + "(person|human|agent|someone|somebody|representative|operator|staff|manager|supervisor|support|customerservice)"
                    + "|^(hi|hello)?(please|pls)?(iwant|iwanna|ineed|getme|giveme|wheresthe|letmehave)?(a|an|the|some)?(real|live|actual)*(human|agent|person|liveagent|customerservice|representative)(being)?(please|pls|plz|now)*$"
                    + "|(getme|giveme)(a|an)?(real|live)*(human|person|agent|representative|manager)|realperson(please|pls|plz|now)*$|(any|some)(one|body)(real|human|alive)");

    /// How to reach a person in general is a question for the FAQ.
    private static final Rule HOW = Rule.of("怎么|如何|怎样|几点|什么时候|^(how|when|what|where|which)");

    private final SensitiveMatters matters;
    private final Wording wording;

    PersonWanted(SensitiveMatters matters, Wording wording) {
        this.matters = matters;
        this.wording = wording;
    }

    @Override
    public Stage stage() {
        return Stage.PERSON_WANTED;
    }

    @Override
    public Verdict consider(Question question, Deadline deadline) {
        if (despairs(question)) {
            var words = new Content.Text(wording.say(question.language(), NOBODY_THERE));
            return new Verdict.HandOff(Despair.REASON, Reply.of(words, Source.HANDOFF, 0, null), null);
        }
        if (asks(question)) {
            return new Verdict.HandOff("asked");
        }
        return matters.concern(question.shop(), question.text()) ? new Verdict.HandOff("sensitive") : Verdict.PASSED;
    }

    /// Whether a question goes to a person whatever the shop has set: it asks for one, or speaks of despair.
    public static boolean isSure(Question question) {
        return asks(question) || despairs(question);
    }

    private static boolean despairs(Question question) {
        return question.payload() == null && Despair.in(question.text());
    }

    /// Whether a question asks for a person, in words or by the button that offers one.
    private static boolean asks(Question question) {
        String payload = question.payload();
        return payload == null ? isWanted(question.text()) : payload.equals(DontKnow.HANDOFF_PAYLOAD);
    }

    /// Whether a text asks for a person.
    public static boolean isWanted(String text) {
        String plain = PlainText.of(Simplified.of(text));
        return !HOW.in(plain) && !Declines.something(text) && (ZH.in(plain) || EN.in(plain));
    }
}
