package io.xiaoer.bot.dialog.engine;

import io.xiaoer.common.text.PlainText;
import io.xiaoer.common.words.Simplified;
import java.util.regex.Pattern;

/// Whether words, asked which one of several, say all of them (两个都催, "both") or none (都不是, "none of
/// them").
enum AllOrNone {
    ALL,
    NONE,
    /// Something else.
    OTHER;

    private static final String DEED = "(不想要|不要|退货|退款|退|换货|换|取消|催发货|催|改|开发票|开|办|选|弄)";
    private static final Pattern ALL_WORDS =
            Pattern.compile("(我|那|就|请|麻烦|帮我|给我|把|这|它们){0,4}(两|二|三|四|2|3|4|几|所有|全部|全)?[个单笔件双条款]?(的|订单)?(都|全部?|一起|一块)"
                    + "(是|要|想|得|给我|帮我|要的){0,3}" + DEED + "?(一下|了|掉|吧|啊|呀|谢谢|的)*"
                    + "|(please|i|want|would|like|to|can|you|id){0,6}(return|cancel|exchange|urge|rush|ship|push|do|refund|invoice)?"
                    + "(both|all|allofthem|bothofthem|allofthese|everything)(ofthem|orders|please|thanks|two|three)*");
    private static final Pattern NONE_WORDS = Pattern.compile(
            "(这|这些|这几个|它们|哪个|一个|全|啊|呃){0,3}(都不是|都不对|没有我要的|没有我要退的|没有我说的|不在里面|不在这里面?|没有那单)"
                    + "(这些|这几个|我要的|啊|呀|的)*|(no|its|it|is|sorry)?(none|neither)(ofthem|ofthese|ofthose)?|(its)?not(in|on)(the|this)?list(there)?");

    /// What the words say.
    static AllOrNone of(String text) {
        String plain = PlainText.of(Simplified.of(text));
        if (ALL_WORDS.matcher(plain).matches()) {
            return ALL;
        }
        return NONE_WORDS.matcher(plain).matches() ? NONE : OTHER;
    }
}
