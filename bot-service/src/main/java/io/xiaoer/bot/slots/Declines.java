package io.xiaoer.bot.slots;

import io.xiaoer.common.text.PlainText;
import io.xiaoer.common.words.Simplified;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Hears that something is not to be done, or not any more: 不要退了, 我不想退货了, 不用转人工, "I don't want to
/// return it anymore"; or that what was asked for is to be called off: 取消退货申请, "cancel my return". Only
/// where that is all that is said. A reason is none (这个不想要了), nor is a complaint (不发货, "I didn't cancel
/// it") or the wish for something else instead (不换货，退款吧).
public final class Declines {

    private static final String OBJECT = "(货|款|掉|订单|地址|电话|收货|信息|发货|快递|发票|优惠券|券|人工|客服|我的|这个|那个|这件|这笔|这单|它){0,3}";
    private static final String DEED =
            OBJECT + "(退货退款|退货|退款|退|换货|换|取消|撤销|修改|改|催|开|补|领|转|申请|办理|办|价保|保价|人工|真人|客服|发票|优惠券)" + OBJECT;
    private static final Pattern ZH = Pattern.compile("(那|就|先|我|还是|请|麻烦|现在|暂时|算了|好吧|等一下){0,4}"
            + "((不要|不用|不想|不需要|不必|别|没说要|没要|没想)(再|给我|帮我|你){0,2}" + DEED + "(了|啦|吧|谢谢){0,2}"
            + "|(先|暂时|暂)不" + DEED + "(了|啦|吧)?|不" + DEED + "(了|啦|吧))((取消|撤销|撤回|算了)(了|吧|一下)?)?");
    private static final String EN_DEED =
            "(return|exchange|cancel|refund|change|swap|talkto|speakto|connectmeto|transfermeto)";
    private static final String EN_THING = "(person|human|agent|invoice|coupon|refund|return|exchange)";
    private static final Pattern EN = Pattern.compile(
            "(please|well|ok|actually|no|sorry|i|so){0,4}"
                    + "((dont|donot|nolonger|(didnt|never)(say|said|ask|asked|want|wanted))(really|want|wanted|need|to|you|me|a|an|the){0,4}("
                    + EN_DEED + "|" + EN_THING + ")" + "|noneed(to|for)?(a|an|the)?(" + EN_DEED + "|" + EN_THING
                    + ")|no" + EN_THING
                    + "(?=please|thanks|needed|anymore))"
                    + "(to|a|an|it|this|that|them|the|my|order|item|items|address|invoice|person|human|agent|anymore|now|please|thanks|needed|afterall){0,5}");

    private static final String CALL_OFF = "(取消|撤销|撤回|撤掉|收回)";
    private static final String REQUEST = "(?<deed>退货|退款|换货|售后)(退款|退货)?(申请|单子?|请求)?";
    private static final Pattern WITHDRAWN = Pattern.compile("(我|想|要|请|帮我|帮忙|麻烦|能不能|可以|给我|现在|算了){0,5}(" + CALL_OFF
            + "(一下|掉|了|我|的|这个|那个|这笔|那笔|刚才|刚刚|之前|提交){0,5}" + REQUEST
            + "|把?(我|的|这个|那个|刚才|刚刚|之前){0,4}" + REQUEST.replace("deed", "done") + "(给我|帮我)?" + CALL_OFF
            + ")(了|掉|一下|吧|吗|谢谢){0,3}"
            + "|(please|ok|actually|no|sorry|can|could|you|i|want|need|would|like|id|to){0,6}(cancel|withdraw|undo|revoke|stop|calloff)(my|the|that|this|a)?"
            + "(?<what>return|refund|exchange)(request|application|ticket)?(please|now|thanks|again)*");
    private static final Pattern AFTER_SALE = Pattern.compile("退|换|售后|return|refund|exchange");

    private Declines() {}

    /// Whether a text says so.
    public static boolean something(String text) {
        String plain = PlainText.of(Simplified.of(text));
        return ZH.matcher(plain).matches()
                || EN.matcher(plain).matches()
                || WITHDRAWN.matcher(plain).matches();
    }

    /// What a text wants called off that may have been asked for already: 退货 of 取消退货申请, "return" of
    /// "cancel my return"; null if it says nothing of the kind.
    public static @Nullable String withdrawn(String text) {
        var said = WITHDRAWN.matcher(PlainText.of(Simplified.of(text)));
        if (!said.matches()) {
            return null;
        }
        String first = said.group("deed") == null ? said.group("done") : said.group("deed");
        return first == null ? said.group("what") : first;
    }

    /// Whether a text does not want a return, a refund or an exchange, or not any more.
    public static boolean afterSale(String text) {
        return something(text)
                && AFTER_SALE.matcher(PlainText.of(Simplified.of(text))).find();
    }
}
