package io.xiaoer.bot.slots;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tells the times at which something was ordered from those at which something else was, is or shall
/// be: it came, it became cheaper, it is needed. The word beside the time decides: in Chinese the first
/// behind it, else the last before it; in English the other way round. Without such a word a time is
/// when it was ordered (退昨天的), except one that reaches up to now: today is said of anything.
final class OrderedTimes {

    private static final Pattern PARTED = Pattern.compile("[,.。!?、;\n]");

    private static final Pattern ZH = Pattern.compile(
            "(?<ordered>买|拍|订|购|下单|下的单|付款|付的|付了|[那这的]一?[单笔]|[那这的].{0,6}订单)|收到|收的|到货|[刚才会能]?到(?:的|了|吗|不|没|手|$)|签收|送|拿到|取(?!消)|寄|派"
                    + "|发(?:货|出|的|吗|了|走)|[就能才会要]发|降|便宜|涨|打折|活动|促销|之前|以前|[要急着]用|用[了过]|急|申请|联系|问|说|过期|失效|到期|没动|更新");

    private static final Pattern EN = Pattern.compile(
            "(?<ordered>\\b(?:bought|buy|order(?:s|ed)?|purchased?|placed|paid)\\b)|\\b(?:received?|got|arriv\\w+|came|come|delivered|delivery|shipped|ship it"
                    + "|sen[dt] (?:it|them|my)|sent|dispatch\\w*|dropped|fell|went|cheaper|less|on sale|needs?|by|before|until|expired?|asked|told|said|called|requested)\\b");

    private OrderedTimes() {}

    /// Those of the times that are.
    ///
    /// @param today when the text was written
    static List<TimeGrammar.Named> among(String text, List<TimeGrammar.Named> named, LocalDateTime today) {
        var ordered = new ArrayList<TimeGrammar.Named>();
        for (int i = 0; i < named.size(); i++) {
            var each = named.get(i);
            int begin = i == 0 ? 0 : named.get(i - 1).end();
            int end = i + 1 < named.size() ? named.get(i + 1).start() : text.length();
            if (each.span().from().isBefore(today) && isOrdered(text, begin, each, end, today)) {
                ordered.add(each);
            }
        }
        return ordered;
    }

    private static boolean isOrdered(String text, int begin, TimeGrammar.Named named, int end, LocalDateTime today) {
        String before = lastPart(text.substring(begin, named.start()));
        String after = firstPart(text.substring(named.end(), end));
        boolean chinese = text.chars().anyMatch(Character::isIdeographic);
        var pattern = chinese ? ZH : EN;
        var first = pattern.matcher(after);
        boolean follows = first.find();
        if (follows && (chinese || first.start() <= "'s ".length() && first.group("ordered") != null)) {
            return first.group("ordered") != null;
        }
        var earlier = pattern.matcher(before);
        Boolean last = null;
        while (earlier.find()) {
            last = earlier.group("ordered") != null;
        }
        if (last != null) {
            return last;
        }
        if (follows) {
            return first.group("ordered") != null;
        }
        return !named.span().to().isAfter(today) || after.startsWith("的") || after.startsWith("那");
    }

    private static String firstPart(String text) {
        Matcher parted = PARTED.matcher(text);
        return parted.find() ? text.substring(0, parted.start()) : text;
    }

    private static String lastPart(String text) {
        int begin = 0;
        for (Matcher parted = PARTED.matcher(text); parted.find(); ) {
            begin = parted.end();
        }
        return text.substring(begin);
    }
}
