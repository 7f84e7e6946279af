package io.xiaoer.bot.slots;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The thing that a text is about, as the shopper calls it: 鞋 in 把上周买的鞋退了, shoes in "return the shoes I bought
/// last week". Only where the sentence shows its place; anything less sure is none, since a search for it would find
/// nothing.
public final class ItemWords {

    private static final String THING = "([\\p{IsHan}a-z0-9+-]{1,16}?)";
    private static final String BARE_THING = "([\\p{IsHan}a-z0-9+&&[^的]]{1,16}?)";
    private static final String DONE =
            "(?=\\s*(?:给我|要|想|都|也|能|可以|我|不|有|坏|太|尺码|质量|,|。|!|\\?|、|;|退|换|取消|发货|发了|寄|到|怎|什么|啥|吗|呢|吧|了|的?订单|那单|$))";
    /// What begins a wish, and names nothing.
    private static final String NO_LEAD =
            "(?!我|你|您|他|她|它|要|想|能[不否退换取]|可[以不否]|怎|如[何果]|不(?!锈)|没|帮|给|请|谁|哪|什么|申请|办|麻烦|就|还|都|也|再|又|别|先|那|这|把|直接|已经|现在|多久|几|为|买|收到|[退换取]|好|嗯|算了|所以|因为|可能)";
    private static final List<Pattern> PLACES = List.of(
            Pattern.compile("(?:买|拍|订|购|购买|下单|收到)(?:的|了)(?:那|这|一)?(?:个|件|双|条|款|台|只|套|瓶|盒|箱|把|支)?" + THING + DONE),
            Pattern.compile("把(?:我|那|这)?(?:个|件|双|条|款|台|只|套|瓶|盒|箱|支)?(?:的)?\\s*" + THING + "(?:给我)?(?:退|换|取消|寄回)"),
            Pattern.compile("^(?:我要|我想|要|想|帮我|请|麻烦)*(?:退货|退款|换货|取消订单|取消|催发货|催单|开发票)[\\s:]+" + NO_LEAD + THING
                    + "(?=\\s|,|。|!|$)"),
            Pattern.compile(
                    "^(?:我的|我买的|我)?(?:[那这]?一?[个件双条台只套瓶盒箱款])?" + NO_LEAD + BARE_THING
                            + "(?:[那这][个件双条单笔])?\\s*(?:我|先|也)?(?:不想要|不要了|要退|想退|退货|退款|退了|退掉|取消|要取消|要换|想换|换货|(?<=\\s)[退换](?=\\s|$))"),
            Pattern.compile("(?:退掉|退了|退|换掉|换|取消)(?:一下|我的|我|那|这|的|一){0,3}(?:个|件|双|条|款|台|只|套|瓶|盒|箱|支)?" + THING
                    + "(?=[,。!?;吧了]|$|的?订单)"),
            Pattern.compile(
                    "(?:return|refund|exchange|cancel|send back|swap|replace)\\s+(?:the|my|a|an|this|that|these|those)\\s+([a-z0-9 -]{2,40}?)"
                            + "(?=\\s+(?:i|we|that|which|from|for|please|because|since|to|in|on|order|orders|last|bought|ordered|was|is|are)\\b|\\s{2,}|\\s*(?:[,.!?;]|$))"));
    private static final Pattern EMPTY = Pattern.compile(
            "(?:第|[一二三四五六七八九十0-9]|件|双|条|台|只|套|瓶|盒|箱|把|支|货|款|货款|退款|退货|换货|钱|东西|商品|订单|单|单子|一单|笔|一笔|个|了|的|这个|那个|它|快递|物流|全部|什么|哪个|运费|可以|怎么|多久|方式|账|掉|吧|呀|啊|呢|吗|么|嘛|哦|哈|谢谢|一下|"
                    + "order|orders|item|items|product|products|one|it|thing|things|stuff|purchase|package|parcel|money|policy)+");

    /// What something is exchanged for, and not what is exchanged: 换白色的, 换大一码.
    private static final Pattern INSTEAD = Pattern.compile("换.*(的|色|新|码|号|[大小]一?[点些])(了|吧)?|换(成|为|到).*");

    private ItemWords() {}

    /// The words for the thing, folded; null if none are sure.
    public static @Nullable String in(String text) {
        String folded = Mentions.withoutEnds(TimeExpressions.without(Folded.of(text)));
        var number = OrderNumbers.find(folded);
        String rest =
                number == null ? folded : folded.substring(0, number.start()) + ' ' + folded.substring(number.end());
        for (Pattern place : PLACES) {
            var found = place.matcher(rest);
            while (found.find()) {
                String thing = found.group(1).strip();
                if (!thing.isEmpty()
                        && !INSTEAD.matcher(found.group()).matches()
                        && !EMPTY.matcher(thing).matches()) {
                    return thing;
                }
            }
        }
        return null;
    }
}
