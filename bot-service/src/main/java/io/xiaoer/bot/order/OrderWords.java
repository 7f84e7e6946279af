package io.xiaoer.bot.order;

import io.xiaoer.bot.dialog.engine.Aside;
import io.xiaoer.bot.order.OrderAsk.Topic;
import io.xiaoer.bot.slots.OptionPick;
import io.xiaoer.bot.slots.OrderNumbers;
import io.xiaoer.common.text.PlainText;
import io.xiaoer.common.text.Rule;
import io.xiaoer.common.words.Simplified;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Tells by rules whether a text asks about the shopper's own orders. Chinese is looked at in its plain form, English
/// with single blanks between words. How something is done in general (how do I return, which carrier do you use) is
/// no question about an order.
public final class OrderWords {

    /// Without a character of theirs no rule of the language fits.
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
    private static final Pattern LATIN = Pattern.compile("\\p{IsLatin}");
    private static final Pattern PLAIN_NUMBER = Pattern.compile("[A-Za-z]{0,5}[-_]?[0-9]{5,30}");
    private static final Pattern END = Pattern.compile("(订单)?(尾号|后四位|末四位)(是|为)?|ending(in|with)?|endsin");
    private static final Pattern POLITE = Pattern.compile(
            "(你好|您好|请问|麻烦|帮我|帮忙|查一?下?|看一?下?|这个|我的|订单号?|单号|的|呢|详情|情况|状态|信息|怎么样|咋样|到哪里?|在哪里?|了|吗|details|status|hi|hello|please|check|track|find|where|my|order|is|the|one|number|no){0,6}");

    private static final Rule ZH_GENERAL = Rule.of("快递费|运费|邮费|物流费|包邮|快递公司|指定快递|(什么|哪家|哪个|哪种|几种)(快递|物流)"
            + "|(快递|物流)(有哪|是哪|用哪|用什么)|(怎么|如何|怎样)(下单|买|寄|修改|取消|退|换|申请)|(修改|更改|取消|合并)订单|改地址|改一?下?地址"
            + "|发票|哪(里|儿)?发货|从哪|发货地|一般|通常|正常|平均|下单后|付款后|付完款|拍下|无理由|政策|规则|上架|补货|有货");

    /// What else is wished of an order: another dialog's or a text's.
    private static final Rule ZH_OTHER = Rule.of("催|加急|优先|尽快|赶紧|赶快|抓紧|(快点|快些|早点)(给我|帮我)?(发|寄|安排)|急着|取消|撤销|撤回|作废"
            + "|不要了|不买了|(换|改)(个|一下|成|到|收货)?.{0,4}(地址|电话|手机号|收件人|收货人|人收|地方)|(退|换)(货|款)?.{0,3}在?哪.{0,2}(弄|办|申请|点|操作|填)"
            + "|(钱|退款|款).{0,4}(打|退|回|进)(到|回|进)?.{0,4}(哪张|哪个|哪里去|微信|支付宝|银行|花呗|余额)|现货|预售|预订|尾款"
            + "|(显示|写着|说是|说).{0,5}(签收|妥投|送达)|怎么(退|换)|(多|几)个?(包裹|快递)");

    /// Whose orders the shopper may not see, and which this shop does not have.
    private static final Rule ZH_ELSEWHERE =
            Rule.of("(别人|他人|人家|其他人|邻居|朋友|同事|同学|老婆|老公|妻子|丈夫|[爸妈]|儿子|女儿).{0,4}(订单|快递|包裹|物流|买)"
                    + "|淘宝|天猫|京东|拼多多|闲鱼|亚马逊|别家|(别的|其他)(店|平台|地方买)|不是(在|从)?(你|这)");
    private static final Rule EN_ELSEWHERE = Rule.of(
            "\\b(wife|husband|girlfriend|boyfriend|friend|neighbou?r|mother|father|mom|mum|dad|someone|somebody)s?\\b"
                    + "|\\b(amazon|ebay|aliexpress|fedex|ups|dhl|usps|another (shop|store|website))\\b");
    private static final Rule EN_OTHER = Rule.of(
            "\\b(hurry|rush|push|expedite|speed up|prioriti[sz]e|asap|urgent|urgently|faster|redirect|reroute|instead|allowed)\\b"
                    + "|\\b(says?|saying|shows?|showing|marked)\\b.*\\b(delivered|signed)\\b|\\bwhere (do|does|will|would)\\b.*\\b(refunds?|money)\\b"
                    + "|\\b(which|what) (card|account|bank)\\b|\\b(two|several|multiple|different|separate) (tracking|parcels?|packages?|shipments?|boxes)\\b"
                    + "|\\bpre ?orders?\\b|\\b(somebody|someone|anyone) else\\b");
    private static final String WHEN = "(什么时候|啥时候|何时|几时|多久|几天|哪天|多长时间)";
    private static final String CAN = "(能|才能|可以|会|才|给我|要)*";
    private static final Rule ZH_REFUND_FAR = Rule.of("(退款|退货|售后|换货|退换|退的钱|退的款|退钱).{0,10}"
            + "(到哪|哪一?步|进度|进展|状态|怎么样了|咋样了|好了[吗没么]|到[账帐]|到了[吗没么]|没到|还没|没收到|收到了|处理|审核|通过|批了|成功)"
            + "|(查|看|问|催)(询|看|问)?(一?下)?(我的|我)?(退款|售后|退货|换货)|(还没|怎么没|没有?)(给我)?(退款|退钱)|(退款|退钱)了[吗没么]");
    private static final Rule ZH_REFUND_WHEN = Rule.of("(退款|退货|售后|换货|退的钱|退的款|退钱|钱).{0,6}" + WHEN + CAN
            + "(到|退|处理|完成|下来|好|有结果)|" + WHEN + CAN + "(退款|退钱|退给我|退回|到[账帐])");
    private static final String PARCEL = "(快递|包裹|物流|运单|邮件)";
    private static final String GOODS = "(快递|包裹|物流|运单|邮件|订单|货物|货|东西|商品|宝贝|件|orders?|parcels?|packages?)";
    private static final Rule ZH_PARCEL = Rule.of(GOODS
            + ".{0,12}(到哪|在哪|到了[吗没么]|到没|走到|停在|卡在|怎么还|还没|没到|没收到|没动|没更新|不动|不更新|签收了|派送|丢了|寄出|发货了)|" + GOODS
            + ".{0,12}" + WHEN + CAN + "(到|送|收|派|发|寄|来)|" + PARCEL
            + ".{0,4}(进度|进展|状态|信息|情况|动态|详情|轨迹|怎么样|呢|查询|跟踪|追踪)|(查|看|跟踪|追踪|催|问)(询|看|问)?(一?下)?(我的|我)?(这个|那个)?"
            + PARCEL + "|^(我的|我)?" + PARCEL + "$|^(现在|已经)?到哪(里|儿)?了?$|发(货|出)(了)?(吗|么|没|了没|没有)"
            + "|(还没|还不|怎么没|怎么不|没有?|未)(给我)?(发货|发出|寄出)|" + WHEN + CAN + "(发货|发出|到货|送到|收到|寄到|送达|寄出)");
    private static final Rule ZH_ORDERS = Rule.of("(我的|我|所有|全部|最近|历史|近期)的?(所有|全部|最近)?的?订单|(查|看)(询|看)?(一?下)?(我的?)?订单"
            + "|(哪些|哪几个|哪个|哪笔|哪一笔|哪一个|几个|多少)(个|笔)?订单|订单(列表|记录|查询|详情|状态|信息|进度|情况)|我?买(了|过)(什么|哪些|啥)");

    private static final String THING =
            "\\b(orders?|packages?|parcels?|shipments?|delivery|purchase|items?|stuff|goods)\\b";
    private static final Rule EN_GENERAL = Rule.of("\\bpolic(y|ies)\\b|\\bhow (do|can|to|does|should) (i |we |you )?"
            + "|\\bwhere (can|do|should) i\\b|\\b(do|does|will|would|are) you (ship|deliver|offer|accept|have|use|sell|provide)\\b"
            + "|\\b(cancel|cancle|cancell|change|modify|edit|add|remove|pay|discount|coupon|invoice|receipt|minimum|gift|stock|restock"
            + "|hurry|rush|push|urge|expedite|speed up|price|cheaper|overpaid|swap|replace|replacement"
            + "|stop|void|phone|broken|defective|damaged|wrong item|on sale|please (ship|send)|to (ship|send) (my|it))\\b"
            + "|\\b(place|placing|make|before) (an|a|i|my)? ?(order|ordering)\\b|\\bin order to\\b|\\bto order\\b"
            + "|\\b(usually|typically|normally|generally|on average)\\b|\\bhow much\\b|\\bhow long do(es)?\\b|\\bcarriers?\\b"
            + "|\\b(where|when) (is|are|was|were|do|does) your\\b|\\b(made|located)\\b");
    private static final Rule EN_REFUND =
            Rule.of("\\b(refund(s|ed|ing)?|returns?|returned|money back|my money|exchange|after sales?)\\b");
    private static final Rule EN_FAR = Rule.of(
            "\\b(status|where|wheres|when|progress|received?|yet|processed|processing"
                    + "|step|stage|going|gone|arrived?|approved|update|issued|still|track|check|far)\\b|\\bhow long\\b");
    private static final Rule EN_WHEN = Rule.of("\\b(when|how long|how soon)\\b");
    private static final Rule EN_WISH = Rule.of("\\b(can|could|may) i\\b|\\b(want|like|need) (to|a)\\b");
    private static final Rule EN_PARCEL = Rule.of("\\b(where|wheres)\\b.*" + THING + "|\\btrack(ing)?\\b.*(" + THING
            + "|\\b(number|it|info|status)\\b)|\\bwhen (will|does|do|is|are|can|should|would)\\b(?=.*("
            + THING
            + "|\\b(my|it|this|they|them)\\b)).*\\b(arrive|arriving|delivered|deliver|here|come|coming|receive|ship|shipped|get)\\b|\\b(has|have|did|was|were|is|are)\\b.*("
            + THING
            + "|\\b(it|they)\\b).*\\b(ship|shipped|sent|dispatched|delivered|arrived?|left|out for delivery)\\b"
            + "|^(?=.*(" + THING
            + "|\\b(it|they|anything)\\b)).*\\b(not|never|hasnt|havent|isnt|didnt|still|yet|waiting)\\b.*\\b(arrived?|receiv(e|ed)|shipped|delivered|come|got)\\b"
            + "|\\bwaiting (for|on)\\b.*" + THING
            + "|\\b(order|delivery|shipping|shipment|package|parcel|tracking) (status|progress|update|info|information)\\b"
            + "|\\b(status|progress|update|news) (of|on|about|for)\\b.*" + THING
            + "|\\bhow long (until|till|before|will)\\b(?=.*" + THING
            + "|.*\\bit\\b).*\\b(arrives?|delivered|comes?|here|ships?|receive)\\b");
    private static final Rule EN_ORDERS = Rule.of("\\b(my|recent|all|past|previous|latest|last) (\\w+ )?orders?\\b"
            + "|\\b(which|what|show|list|see|check|view|find|look up)\\b.*\\borders?\\b|\\border (history|list|details?)\\b"
            + "|\\bwhat (did|have) i (buy|bought|order(ed)?)\\b");

    private static final Rule LOOK = Rule.of(
            "查|看|哪|几|多少|什么|啥|怎么样|咋样|吗|么|[?？]|\\b(where|track|which|what|show|list|see|check|view|find|look up)\\b");
    private static final Rule NAMED =
            Rule.of("[那这]一?[个件双单笔条款只台盒箱]|的(订单|快递|包裹)?[吧。!！]?$|\\b(the|that|this) (one|order)\\b");

    private static final Pattern NOT_SENT = Pattern.compile(
            "(还没|还不|怎么没|怎么不|为什么不|为啥不|没有|未|一直[没不])(给我)?(发货|发出|寄出|发)(?!票)|" + WHEN + CAN + "(发货|发出|寄出|发(?!票))"
                    + "|\\b(not|never|hasnt|havent|isnt|arent|didnt|wasnt|werent)\\b.*\\b(ship|shipped|dispatched|sent)\\b"
                    + "|\\bwhen (will|does|do|is|are|can|would)\\b.*\\b(ship|shipped|dispatched|sent)\\b");
    private static final Pattern MAY_BE_SENT = Pattern.compile(
            "(发货|发出|寄出|发)(了)?(吗|么|没有|没|了没)|\\b(has|have|is|are|was|were|did)\\b.*\\b(ship|shipped|dispatched|sent)\\b");

    /// What is asked of a thing by its own name: 跑鞋到哪了, "have the earbuds shipped". Whether it is one
    /// that the shopper has ordered their orders tell.
    private static final Rule ZH_THING = Rule.of(
            "到哪(里|儿)?了?|走到哪|到了[吗没么]|到没|还没到|怎么没到|没收到|" + WHEN + CAN + "(到|送|发|寄)|发(货|出)?了[吗没么]|(怎么|还)(还)?[没不](给我)?发");
    private static final Rule EN_THING = Rule.of(
            "\\b(where|wheres)( is| are)? (my|the)( \\w+){1,4}$"
                    + "|\\b(has|have|did|is|are|was|were|when|hasnt|havent|didnt|isnt|arent)\\b.*\\b(ship|shipped|sent|dispatched|arrive|arrived|arriving|delivered|here)\\b");
    private static final Rule ZH_WISH = Rule.of("退|换|赔|补发");
    private static final int LONGEST_OF_THING = 60;

    private OrderWords() {}

    /// Whether a question about a parcel tells that it was not sent yet.
    enum Sending {
        NOT_SENT,
        MAY_BE_SENT,
        NOT_SAID
    }

    /// What a text tells of whether its parcel was sent.
    static Sending sending(String text) {
        String plain = PlainText.of(Simplified.of(text));
        String words = PlainText.spaced(text);
        if (NOT_SENT.matcher(plain).find() || NOT_SENT.matcher(words).find()) {
            return Sending.NOT_SENT;
        }
        return MAY_BE_SENT.matcher(plain).find() || MAY_BE_SENT.matcher(words).find()
                ? Sending.MAY_BE_SENT
                : Sending.NOT_SAID;
    }

    /// Whether a text may ask where something is that it calls by its own name, if that was ordered
    /// here.
    static boolean mayAskOfThing(String text) {
        if (text.length() > LONGEST_OF_THING || !mayBeAboutOwn(text)) {
            return false;
        }
        return HAN.matcher(text).find()
                ? ZH_THING.in(PlainText.of(Simplified.of(text)))
                : EN_THING.in(PlainText.spaced(text));
    }

    /// Whether a text may be about the shopper's own orders: it asks nothing in general, wishes nothing
    /// else, and is about no refund.
    static boolean mayBeAboutOwn(String text) {
        String plain = PlainText.of(Simplified.of(text));
        String words = PlainText.spaced(text);
        return !isOthers(text)
                && !ZH_WISH.in(plain)
                && !ZH_GENERAL.in(plain)
                && !EN_GENERAL.in(words)
                && !EN_REFUND.in(words);
    }

    /// Whether the text asks about the shopper's own orders.
    public static boolean isAsked(String text) {
        return read(text) != null;
    }

    /// Whether the text asks about orders where something else was asked for, an order perhaps: a number
    /// alone may be that, and so may words that name an order and ask nothing (最近的订单, 还没发货的那单).
    static boolean isAskedAside(String text) {
        boolean looks = LOOK.in(text.toLowerCase(Locale.ROOT));
        boolean asks = looks || !NAMED.in(text.toLowerCase(Locale.ROOT));
        Topic topic = asks ? topic(text) : null;
        return topic != null && topic != Topic.ORDERS || looks && read(text) != null || asks && mayAskOfThing(text);
    }

    /// Whether a text about a refund asks when it comes.
    static boolean asksWhenRefunded(String text) {
        return ZH_REFUND_WHEN.in(PlainText.of(Simplified.of(text))) || EN_WHEN.in(PlainText.spaced(text));
    }

    /// What the text asks about orders, null if it asks something else.
    static @Nullable OrderAsk read(String text) {
        String number = OrderNumbers.in(text);
        Topic topic = topic(text);
        boolean looks = LOOK.in(text.toLowerCase(Locale.ROOT));
        String named = number == null && looks ? OptionPick.endIn(text) : number;
        if (topic == null && named != null && isAlone(named, text)) {
            topic = Topic.PARCEL;
        }
        return topic == null ? null : new OrderAsk(topic, number);
    }

    /// The likeliest way in which a text asks about orders and, in passing, for something else; null if it
    /// does not. Without a word that marks it, what is said beside the order must be a question, and the
    /// whole no other's matter.
    static @Nullable Aside aside(String text) {
        return Aside.ways(text)
                .flatMap(way -> Stream.of(way, way.turned()))
                .filter(way -> way.marked() || way.asksTwice() && !isOthers(text))
                .filter(way -> read(way.main()) != null && !goesOn(way.asked()))
                .findFirst()
                .orElse(null);
    }

    /// Whether what is said beside a question about an order asks about that order as well: 什么时候能到 alone
    /// does not say of what.
    private static boolean goesOn(String text) {
        return read(text) != null || read("快递" + text) != null;
    }

    /// Whether a text wishes something else of an order, or is about an order of somebody else.
    private static boolean isOthers(String text) {
        String plain = PlainText.of(Simplified.of(text));
        String words = PlainText.spaced(text);
        return ZH_OTHER.in(plain) || ZH_ELSEWHERE.in(plain) || EN_OTHER.in(words) || EN_ELSEWHERE.in(words);
    }

    private static @Nullable Topic topic(String text) {
        Topic chinese = HAN.matcher(text).find() ? chinese(PlainText.of(Simplified.of(text))) : null;
        return chinese != null || !LATIN.matcher(text).find() ? chinese : english(PlainText.spaced(text));
    }

    private static @Nullable Topic chinese(String plain) {
        if (ZH_OTHER.in(plain) || ZH_ELSEWHERE.in(plain)) {
            return null;
        }
        if (ZH_REFUND_FAR.in(plain) && !plain.contains("怎么申请") && !plain.contains("一般")) {
            return Topic.REFUND;
        }
        if (ZH_GENERAL.in(plain)) {
            return null;
        }
        if (ZH_REFUND_WHEN.in(plain)) {
            return Topic.REFUND;
        }
        if (ZH_PARCEL.in(plain)) {
            return Topic.PARCEL;
        }
        return ZH_ORDERS.in(plain) ? Topic.ORDERS : null;
    }

    private static @Nullable Topic english(String words) {
        if (EN_GENERAL.in(words) || EN_OTHER.in(words) || EN_ELSEWHERE.in(words)) {
            return null;
        }
        if (EN_REFUND.in(words)) {
            return EN_FAR.in(words) && !EN_WISH.in(words) ? Topic.REFUND : null;
        }
        if (EN_PARCEL.in(words)) {
            return Topic.PARCEL;
        }
        return EN_ORDERS.in(words) ? Topic.ORDERS : null;
    }

    private static boolean isAlone(String number, String text) {
        String rest = PlainText.of(text).replace(PlainText.of(number), "");
        boolean plain =
                PLAIN_NUMBER.matcher(number).matches() || END.matcher(rest).find();
        return plain && POLITE.matcher(END.matcher(rest).replaceFirst("")).matches();
    }
}
