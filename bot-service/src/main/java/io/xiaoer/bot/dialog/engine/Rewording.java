package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.slots.Addresses;
import io.xiaoer.bot.slots.Declines;
import io.xiaoer.bot.slots.Phones;
import io.xiaoer.bot.slots.Receiver;
import io.xiaoer.common.text.PlainText;
import io.xiaoer.common.words.Simplified;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Words that are said in place of others.
///
/// @param words the new ones alone, without what leads to them
/// @param plainly whether they are said to be the new ones (改成 …, "it should be …")
record Rewording(String words, boolean plainly) {

    private static final int MOST_WORDS = 200;
    private static final Pattern QUESTION = Pattern.compile(
            "[?？]|[吗么呢]$|怎么|什么|多少|多久|为什么|哪(?!吒)|谁|能不能|可不可以|是不是|有没有|^(?:(?:hi|hey|hello|ok|okay|and|so)[\\s,]+)?(how|what|when|where|who|why|which)('?s)?\\b|^(can|do|does|is|are)\\b");
    private static final Pattern COMPANY =
            Pattern.compile("(((有限|责任|股份)公司|集团|事务所|工作室|商行|经营部)|\\b(ltd|limited|inc|llc|gmbh|corp|plc))[。.！!\\s]*$");
    private static final Pattern ASKING =
            Pattern.compile("[?？]|能不能|可不可以|是不是|有没有|怎么|^(can|could|do|does|is|are) (you|i|we|it|this|that)\\b");
    private static final Pattern IGNORANCE = Pattern.compile(
            "(我|也|都|暂时|现在|税号|电话|手机号|号码|地址|名字|抬头|sorry|i|im)*(不知道|不太?清楚|不晓得|不记得|记不得|想不起来|忘了|忘记了?|dontknow|donotknow|notsure|noidea|forgot|dontremember)(了|啊|呀|哦|诶|唉)*");
    private static final String LEADS =
            "改成|改为|改到|换成|换到|寄到|送到|应该是|其实是|(?:不对|不是|错了)[^是]{0,12}是|(?:地址|电话|手机号?|号码|名字|姓名|收件人|税号|识别号|抬头|全称|名称)(?:应该)?(?:[是为]|(?=[:：]))"
                    + "|\\bchange (?:it|that|this|(?:the|my) [a-z]+(?: [a-z]+)?) to\\b|\\bshould be\\b|\\b(?:send|ship|deliver) it to\\b"
                    + "|\\bi mean(?:t)?\\b|\\b(?:address|number|phone|name) is\\b|\\bactually,? (?:it'?s|it is)\\b";
    private static final String BEHIND = "[\\s:：,，]*(?=\\S)";
    private static final Pattern NEW =
            Pattern.compile("(?:" + LEADS + "|\\bmake (?:it|that)\\b)" + BEHIND, Pattern.CASE_INSENSITIVE);
    private static final Pattern ANSWER = Pattern.compile(
            "(?:我的?|我们的?|新的?|请|帮我|把|那|就|公司的?|纳税人|收货|联系|发票|现在的?|地址|电话|手机号?|号码|名字|姓名|收件人|税号|抬头|名称|全称|\\b(?:the|my|our|new|please|tax|company|invoice)\\b|[\\s,，。])*"
                    + "(?:" + LEADS + "|叫|\\bmake (?:it|that)\\b)" + BEHIND,
            Pattern.CASE_INSENSITIVE);
    private static final Pattern LEAD = Pattern.compile(
            "(?:(?:不对|不(?=[，, ])|不是这个|不是|错了|写错了|弄错了|说错了|等等|等一下|哦|啊|抱歉|不好意思)|\\b(?:no|nope|wrong|sorry|wait|oh|actually|not that)\\b|[\\s,，。.!！:：;；])+",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern YES = Pattern.compile(
            "是的?|对|好|行|可以|嗯|确认|没错|(?:yes|yeah|ok|okay|sure|right|correct)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern TAIL = Pattern.compile(
            "(?:可以吗|行吗|好吗|吗|吧|谢谢|多谢|,? ?please|,? ?thanks|,? ?thank you|[\\s,，。.!！?？~])+$", Pattern.CASE_INSENSITIVE);

    /// A figure with what it counts: 44码, 200号, flat 24; or a figure alone.
    private static final Pattern FIGURE = Pattern.compile(
            "(?:(flat|apt|apartment|suite|unit|room|floor|building|block)[ .#]*|size |number |no\\. ?|#)?([0-9]{1,6}) ?([\\p{IsHan}&&[^的]]{1,2}?)?的?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ANY_FIGURE = Pattern.compile("(?<![0-9])[0-9]{1,6}(?![0-9])");

    /// What words look like.
    enum Shape {
        ADDRESS,
        PHONE,
        /// A code such as a tax number.
        CODE,
        ANY;

        private static final Pattern CODES = Pattern.compile("(?=.*[0-9])[0-9A-Za-z-]{6,30}");

        static Shape of(String words) {
            if (Addresses.in(words)) {
                return ADDRESS;
            }
            if (Phones.in(words) != null) {
                return PHONE;
            }
            return CODES.matcher(words.strip()).matches() ? CODE : ANY;
        }
    }

    static Rewording of(String text) {
        String address = Receiver.in(text).address();
        // Whom an address names beside it is no part of it.
        String said = Addresses.in(address) ? address : text;
        var led = NEW.matcher(said);
        boolean plainly = led.find();
        var denied = LEAD.matcher(said);
        String words = plainly ? said.substring(led.end()) : said.substring(denied.lookingAt() ? denied.end() : 0);
        return new Rewording(TAIL.matcher(words).replaceFirst("").strip(), plainly);
    }

    /// Whether a text asks something. The name of a company does not, whatever stands in it (哪里好有限公司, Can Do Ltd).
    static boolean isQuestion(String text) {
        String folded = Simplified.of(text.strip().toLowerCase(Locale.ROOT));
        boolean company =
                COMPANY.matcher(folded).find() && !ASKING.matcher(folded).find();
        return !company && QUESTION.matcher(folded).find();
    }

    /// The words that somebody writes who was asked for them, without what leads to them (税号是…, "the name is …"); null
    /// if they say that there are none to tell.
    static @Nullable String written(String text) {
        if (IGNORANCE.matcher(PlainText.of(text)).matches()) {
            return null;
        }
        var led = ANSWER.matcher(text);
        String words = led.lookingAt()
                ? TAIL.matcher(text.substring(led.end())).replaceFirst("").strip()
                : "";
        return words.isEmpty() ? text : words;
    }

    /// The address that the words say to be the new one, null if they say none.
    @Nullable
    String address() {
        return plainly && words.length() <= MOST_WORDS && Addresses.isOne(words) ? words : null;
    }

    /// What the new words look like.
    Shape shape() {
        return Shape.of(words);
    }

    /// Whether the words, which nothing leads to, are an address from end to end; a phone always is one.
    private boolean isWhole(Shape shape) {
        return shape == Shape.PHONE || Addresses.isOne(words);
    }

    /// Words that were said before with another figure in them (不对，44码, "no, 44"), null if it is not
    /// plain which. What a figure counts tells its place; one that counts nothing needs words that deny
    /// the one before.
    static @Nullable String refigured(String before, String text) {
        var said = figure(text);
        if (said == null) {
            return null;
        }
        var place = place(said);
        String after = place.matcher(before).replaceFirst(said.group(2));
        return place.matcher(before).results().count() == 1 && !after.equals(before) ? after : null;
    }

    /// Where a figure may stand that counts the same.
    private static Pattern place(MatchResult said) {
        String lead = said.group(1);
        String unit = said.group(3);
        return Pattern.compile(
                (lead == null ? "" : "(?<=\\b" + Pattern.quote(lead) + "[ .#]{0,2})") + "(?<![0-9])[0-9]{1,6}(?= ?"
                        + Pattern.quote(unit == null ? "" : unit) + ")(?![0-9])",
                Pattern.CASE_INSENSITIVE);
    }

    /// The figure that a text says, and nothing else, in the place of another one; null if it says none.
    private static @Nullable MatchResult figure(String text) {
        var said = FIGURE.matcher(of(Commands.withoutDenied(text)).words());
        boolean told = said.matches() && (said.group(1) != null || said.group(3) != null || denies(text));
        return told ? said.toMatchResult() : null;
    }

    /// Whether a text begins with a denial of what was said before.
    static boolean denies(String text) {
        return Commands.corrects(text) || LEAD.matcher(text).lookingAt();
    }

    /// Whether a text says a figure that may be meant for any of several in what was said before ("no,
    /// 24" of 12 High Street, Flat 3).
    static boolean refiguresOneOfSeveral(String before, String text) {
        var said = figure(text);
        if (said == null || refigured(before, text) != null) {
            return false;
        }
        var places = denies(text) ? ANY_FIGURE : place(said);
        return places.matcher(before).results().limit(2).count() == 2;
    }

    /// The words to put in the place of others, null if they are no others of that kind.
    @Nullable
    String inPlaceOf(String before) {
        var shape = shape();
        var other = Shape.of(before);
        boolean fits = shape == other
                ? shape != Shape.ANY && (plainly || isWhole(shape)) || shape == Shape.ANY && plainly
                : plainly && other == Shape.ANY && shape == Shape.ADDRESS;
        if (!fits
                || words.isEmpty()
                || words.length() > MOST_WORDS
                || before.contains(words)
                || !plainly && YES.matcher(words).lookingAt()
                || isQuestion(words)
                || Commands.of(words) != null
                || Declines.something(words)) {
            return null;
        }
        String phone = shape == Shape.PHONE ? Phones.in(words) : null;
        if (phone == null) {
            return words;
        }
        return phone.equals(Phones.in(before)) ? null : phone;
    }
}
