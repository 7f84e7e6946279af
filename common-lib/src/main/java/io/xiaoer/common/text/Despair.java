package io.xiaoer.common.text;

import io.xiaoer.common.words.Simplified;
import java.util.regex.Pattern;

/// Hears that somebody wants to die or to hurt themselves. Such words go to a person at once, and
/// whatever is said to them is said kindly. Looked at clause by clause, and only what is said of oneself
/// counts: a plant may want to die, one is tired or cheap "to death", and 想死 with somebody behind it is
/// to miss them.
public final class Despair {

    /// Why a person is wanted, for the queue.
    public static final String REASON = "despair";

    /// What stands, in the plain form of a text, in whatever the patterns below find: every message is asked, and of
    /// hardly any more than this.
    private static final Rule MAYBE =
            Rule.of("[死活杀尽短轻割结跳吊残伤]|die|dead|withoutme|born|myself|selfharm|suicid|life|tolive|living|alive");

    private static final Pattern PAUSE = Pattern.compile("[，,。.；;：:、！!？?…~～\\n]+");

    private static final String HOW =
            "(真的?是?|好|很|太|都|就|只|也|还|又|老是?|总是?|一直|每天|天天|整天|现在|今天|最近|突然|忽然|经常|常常|有时候?|有点儿?|特别|非常|已经|实在|宁愿|恨不得|真心)*";
    /// Behind the words: nothing more, or what goes on about oneself.
    private static final String END = "(吧|啊|呀|呢|啦|唉)?((该|我该)?怎么办|因为.*|没人.*|没有人.*|不知道.*|活着.*)?$";

    /// 笑得我想死 and 把我想死了 say something else.
    private static final String SELF = "((?<![笑累热冷丑尬困饿忙馋美爽香辣等][的得])(?<!把)(我|俺)|[苦受过望心郁溃独][的得])";
    private static final Pattern ZH =
            Pattern.compile(SELF + HOW + "(想去?|想要去?|要去)死(了|掉|了?算了|一?了之)?" + END + "|^" + HOW + "想去?死(掉|了?算了)?" + END
                    + "|(我|干脆)" + HOW + "(不如|干脆|还是)?去?死(了|掉)?(算了|得了|拉倒)|我" + HOW + "不如死了|让我去?死(了|掉)?(吧|算了)?$|一死了之"
                    + "|(?<![草鱼树苗物肉虾龟猫狗它]|(?<!钱)花)(不想(再|继续)?活(了|着|下去)|没(有)?活下去的|失去活下去的)"
                    + "|(^|我|俺|真的?|快|都|也|要|实在|人)活不下去|我" + HOW + "活[够腻]了"
                    + "|(^|我|人|觉得|这样)活着(真|太|好|也|还|都|就|是|一点|实在|到底|根本)*[没无](有|啥|什么|任何)*(意思|意义|劲|盼头|希望)|(^|我|人|觉得|这样)活着(还|又|到底)*有(什么|啥)(意思|意义)"
                    + "|自杀(?!小队|式|袭击|樱)|自尽|寻死|寻短见|[想要]轻生(?![活日态])|割腕|(了结|结束)了?(自己|我)的?(生命|性命|一生)"
                    + "|[想要去就](跳楼(?![价机甩大促处清式])|上吊|自残|割脉|跳河|跳桥)|想伤害我?自己");

    private static final Pattern EN = Pattern.compile(
            "\\bi( (?!dont|do|didnt|never|not)\\w+){0,3}? (want to|wanna|wish to|would rather|rather)( just)? die\\b"
                    + "(?! (my|it|this|that|these|them|the|a|an|some|hair|her|his|for|of|from|by|than|laughing|with|hard)\\b)"
                    + "|^(just |really |honestly )*(want to|wanna) die$|\\bid rather die$"
                    + "|\\b(wish i (was|were) dead|better off dead|better off without me|wish i (was|were|had) never( been)? born)\\b"
                    + "|\\b(kill|killing|harm|harming) myself\\b(?! (laughing|with laughter))|\\bself harm(ing)?\\b"
                    + "|\\b(want to|urge to|feel like) (hurt|hurting) myself\\b"
                    + "|\\b(commit|committing|attempt|attempting|thinking of|thinking about|considering) suicide\\b|\\bsuicidal\\b"
                    + "|\\b(end|ending|take|taking) my (own )?life\\b(?! (easier|better|back|jacket|vest|insurance|savings))"
                    + "|\\b(dont|do not|no longer)( really| even)? (want to|wanna) (live|be alive)( any ?more| any longer)?$"
                    + "|\\b(no|any) (reason to live|point (in|to) living)\\b|\\bnothing( left)? to live for\\b|\\btired of (living|life|being alive)$");

    private Despair() {}

    /// Whether a text says so.
    public static boolean in(String text) {
        return MAYBE.in(PlainText.of(Simplified.of(text)))
                && PAUSE.splitAsStream(text).anyMatch(Despair::inClause);
    }

    private static boolean inClause(String clause) {
        return ZH.matcher(PlainText.of(Simplified.of(clause))).find()
                || EN.matcher(PlainText.spaced(clause)).find();
    }
}
