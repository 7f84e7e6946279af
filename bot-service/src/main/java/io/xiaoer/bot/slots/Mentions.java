package io.xiaoer.bot.slots;

import java.text.Normalizer;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Says in general what a text names in particular: 取消W10001 as 取消订单, 把尾号0001那双鞋退了 as 把那双鞋退了, a new
/// address or phone number as that. What a text wishes does not hang on the figures in it, which mean
/// nothing to the models.
public final class Mentions {

    private static final Pattern ORDER_BEFORE = Pattern.compile(
            "(?:订单编?号?|运?单号|\\b(?:my |the )?orders?(?:\\s+(?:no|number|id))?)[\\s.:#是为]*$|\\b(?:my|the)\\s+$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ORDER_BEHIND =
            Pattern.compile("^(?:的|这个|那个|这笔|那笔)?(?:订单|单子)|^ (?:the )?order\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern END = Pattern.compile(
            "(?:订单)?(?:尾号|后四位|末四位)(?:是|为)?[ :]?[0-9a-z]{2,20}的?|\\b(?:ending|ends|that ends) (?:in |with )?[a-z]{0,5}[0-9]{2,20}\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern MOBILE = Pattern.compile(
            "(?<![0-9a-zA-Z])(?:(?:\\+|00)?86[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}(?![0-9a-zA-Z])");
    /// What leads to a new address, and is no part of it.
    private static final Pattern LED = Pattern.compile("改成|改为|改到|换成|换到|寄到|送到|发到|应该是");
    private static final Pattern NOTHING = Pattern.compile("[\\s\\p{P}]*");
    private static final Pattern BLANKS = Pattern.compile("\\s{2,}");

    private static final String POINTER = "(?:我的|我)?(?:[那这]一?[个件双条台只套瓶盒箱款]?)?";
    private static final String BEHIND_THING = "(?:[那这]?一?[个单笔件双条](?=$|[我要想给帮也都取退换]))?";

    private Mentions() {}

    /// A text without what it says of the end of an order's number.
    static String withoutEnds(String text) {
        return END.matcher(text).replaceAll("");
    }

    /// The text in general terms; itself if it names nothing of the kind, or nothing else.
    public static String inGeneral(String text) {
        if (text.chars().noneMatch(Character::isDigit)) {
            return text;
        }
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC);
        boolean chinese = folded.chars().anyMatch(Character::isIdeographic);
        var led = LED.matcher(folded);
        int at = led.find() ? led.end() : 0;
        String general =
                folded.substring(0, at) + Addresses.replaced(folded.substring(at), chinese ? "新地址" : "a new address");
        general = MOBILE.matcher(general).replaceAll(chinese ? "新号码" : "a new number");
        general = END.matcher(general).replaceAll("");
        var number = OrderNumbers.find(general);
        if (number != null) {
            String before =
                    ORDER_BEFORE.matcher(general.substring(0, number.start())).replaceFirst("");
            String behind =
                    ORDER_BEHIND.matcher(general.substring(number.end())).replaceFirst("");
            if (NOTHING.matcher(before + behind).matches()) {
                return text;
            }
            general = before + (chinese ? "订单" : " my order ") + behind;
        }
        return general.equals(folded)
                ? text
                : BLANKS.matcher(general).replaceAll(" ").strip();
    }

    /// A text with an order in the place of the article that one of the titles has: 取消保温杯 as 取消订单,
    /// "cancel earbuds" as "cancel my order". Null if it names none of them.
    public static @Nullable String thingInGeneral(String text, List<String> titles) {
        String folded = Folded.of(text);
        if (folded.chars().noneMatch(Character::isIdeographic)) {
            return inLetters(folded, TitleWords.namedInLetters(folded, titles));
        }
        String named = TitleWords.named(folded, titles);
        return named == null
                ? null
                : Pattern.compile(POINTER + Pattern.quote(named) + BEHIND_THING)
                        .matcher(folded)
                        .replaceFirst("订单");
    }

    private static @Nullable String inLetters(String folded, List<String> named) {
        if (named.isEmpty()) {
            return null;
        }
        String thing = "(?:\\b[a-z0-9]{1,2}-)?\\b(?:"
                + named.stream().map(Pattern::quote).collect(Collectors.joining("|")) + ")\\b";
        return Pattern.compile(
                        "(?:\\b(?:the|my|that|this|those|these|a|an|some)\\s+)?" + thing + "(?:[\\s-]+" + thing + ")*")
                .matcher(folded)
                .replaceFirst("my order");
    }
}
