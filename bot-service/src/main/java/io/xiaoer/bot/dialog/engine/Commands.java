package io.xiaoer.bot.dialog.engine;

import io.xiaoer.common.text.PlainText;
import io.xiaoer.common.words.Simplified;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Words about the dialog itself: call it off, one step back, from the beginning; and the cue of a correction.
final class Commands {

    private static final String SOFT = "(那|就|先|我|还是|请|麻烦|帮我|ok|okay|please|well)*";
    private static final String END =
            "(了|吧|啦|呢|哈|哦|噢|喔|呀|啊|谢谢|谢了|多谢|你|您|麻烦|辛苦|不好意思|急|在吗|亲|thanks|thankyou|thx|please|sorry)*";
    private static final Pattern CANCEL = Pattern.compile(SOFT
            + "(取消|算了|不办|不弄|不用|不用办|不需要|不退|不换|不要|退出|结束|停止|放弃|下次再说|cancel|cancelit|cancelthis|nevermind|forgetit|stop|quit|exit|nothanks)"
            + END);
    private static final Pattern BACK =
            Pattern.compile(SOFT + "(上一步|返回上一步|返回|退回|回到上一步|后退|back|goback|previous|previousstep)" + END);
    private static final Pattern RESTART =
            Pattern.compile(SOFT + "(重新开始|重新来|重来|从头来|从头开始|重新办|restart|startover|startagain|beginagain)" + END);
    private static final String POLITE = "(好的?|嗯|哦|你|您|先|请|麻烦|让我|我|ok|okay|please|sorry)*";
    private static final String WAIT =
            "(等等|等一下|等一会儿?|等会儿?|等下|稍等|稍候|wait|waitaminute|waitamoment|holdon|onemoment|onesecond|onesec|justamoment)";
    private static final String AFTER = "(哈|啊|哦|吧|先|一下|please)*";
    /// What a shopper goes to look for: 我去问问财务, "let me check with accounting".
    private static final String LOOKS =
            "(让?我(先|去|要|得|来|再|回头|也)*|去|先)(问|查|找|看|翻|核对|确认)(问|查|找|看|翻)?(一下|下|一)?(问|查|找|看|翻)?.{0,8}"
                    + "|(letme|illhaveto|ihaveto|ineedto|igottato|iwill|ill)(check|look|ask|find|see)[a-z]{0,30}";
    private static final Pattern PAUSE = Pattern.compile(POLITE
            + "(" + WAIT + "|看看|看一下|看下|想想|想一下|想一想|考虑一下|找找|找一下|我查一下|letmesee|letmecheck|letmethink|letmelook)" + AFTER
            + "|" + POLITE + WAIT + AFTER + "(" + LOOKS + ")"
            + "|(好的?|嗯|哦|不知道|不清楚|ok|okay|sorry)*(" + LOOKS + "|(问|查|找|看|翻)(问|查|找|看|翻)?(一下|下)?.{0,6}" + WAIT + AFTER
            + ")");
    private static final Pattern CORRECTION = Pattern.compile(
            "不是|不对|改成|改为|换成|应该是|其实是|说错|弄错|搞错|写错|actually|imean|imeant|insteadof|instead|ratherthan|notthe|changeitto|changeto|itsnot|shouldbe");
    private static final Pattern DENIED =
            Pattern.compile("不是[^，,。；;！!但而]{1,30}?(，|,|。|；|;|！|!|但|而|是)|\\bnot (the |a |an )?[^,.;]{1,40}?[,.;]");

    private static final Pattern WISH = Pattern.compile(
            "要|想|帮|给我|申请|麻烦|请|退了|换了|取消|\\b(want|need|like to|please|help|request|cancel|return|refund)\\b",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern PRESENT =
            Pattern.compile("(我|还|刚刚?|一直|好的?|嗯)*在(的|呢|啊|呀)*|(yes|yeah|ok|sorry)*(im|iam)?(still)?here|imback");
    private static final Pattern WISHED = Pattern.compile(
            "(我|还是|就|那|请|麻烦|帮我|给我|想|要|申请|办理|一下|iwant|iwould|ineed|id|like|to|do|an|a|please)*(?<deed>退货|退款|换货|换|退|取消|发票|开发票|return|refund|exchange|cancel|swap|invoice)(一下|了|吧|啊|呀|it|this|please)*");

    private Commands() {}

    /// What may be said about the dialog itself.
    enum Command {
        CANCEL,
        BACK,
        RESTART
    }

    /// The command that a text is, null if it is none.
    static @Nullable Command of(String text) {
        String plain = plain(text);
        if (CANCEL.matcher(plain).matches()) {
            return Command.CANCEL;
        }
        if (BACK.matcher(plain).matches()) {
            return Command.BACK;
        }
        return RESTART.matcher(plain).matches() ? Command.RESTART : null;
    }

    /// Whether a text says that something is to be done.
    static boolean wishes(String text) {
        return WISH.matcher(text).find();
    }

    /// Whether a text only says that somebody is there.
    static boolean isPresent(String text) {
        return PRESENT.matcher(plain(text)).matches();
    }

    /// Whether a text says nothing but what a flow is for, by its title: "exchange" of "Exchange an
    /// item".
    static boolean isDeed(String text, String title) {
        var wished = WISHED.matcher(plain(text));
        return wished.matches() && title.toLowerCase(Locale.ROOT).contains(wished.group("deed"));
    }

    /// Whether a text asks for time and says nothing else.
    static boolean isPause(String text) {
        return PAUSE.matcher(plain(text)).matches();
    }

    /// Whether a text corrects something said before.
    static boolean corrects(String text) {
        return CORRECTION.matcher(plain(text)).find();
    }

    private static String plain(String text) {
        return PlainText.of(Simplified.of(text));
    }

    /// A correction without the part that says what it is not.
    static String withoutDenied(String text) {
        return DENIED.matcher(text).replaceFirst(" ");
    }
}
