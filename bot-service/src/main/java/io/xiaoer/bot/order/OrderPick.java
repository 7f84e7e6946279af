package io.xiaoer.bot.order;

import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.order.OrderAsk.Topic;
import io.xiaoer.bot.slots.OptionPick;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.Role;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Hears which of the orders that were shown last is meant: 第二个, 尾号 0001, 鞋子那个, "the last one". What was said
/// before is read only for words that sound like a choice.
final class OrderPick {

    private static final int LONGEST = 40;
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Pattern HINT = Pattern.compile("第[一二两三四五六七八九十0-9]|尾号|末尾|最后|倒数|最[上下]面|[那这][个双件条款台只单笔]"
            + "|^[a-z]?[0-9]{3,20}$|\\b(first|second|third|fourth|fifth|sixth|last|ending|ends|one)\\b");

    /// What goes on about orders with the name of another: 那鞋子呢, "and the shoes?".
    private static final Pattern GOES_ON = Pattern.compile(
            "^(那|那么|还有|那我|我)?的?[^，,。？?]{1,10}(呢|那个|那单|那双|那件|那条)呢?[?？。!！~ ]*$|^((ok|okay|so) )?(and|what about|how about) (my |the )?[a-z -]{2,30}[?.! ]*$");

    /// What asks when it comes, of that which was shown.
    private static final Pattern WHEN = Pattern.compile(
            "^(那|大概|请问|它|这个|预计)*(什么时候|啥时候|哪天|几天|多久)(才|能|可以|会)*(到|送到|收到|到货)(手|家)?(呢|啊|呀|了|哦)?[?？。!！~ ]*$");

    private OrderPick() {}

    /// What was shown, and asks for it.
    ///
    /// @param topic that the choice was about
    /// @param numbers of the orders that may be meant, one or more
    record Picked(Topic topic, List<String> numbers) {}

    /// An order on a button.
    private record Shown(Topic topic, String number, OptionPick.Option option) {}

    /// The orders that the words mean, null if they mean none of those shown last.
    static @Nullable Picked in(Question question, Instant now) {
        var text = question.text().strip().toLowerCase(Locale.ROOT);
        if (text.length() > LONGEST || !HINT.matcher(text).find()) {
            return null;
        }
        var shown = shownLast(question.talk().said());
        var picked = OptionPick.of(text, shown.stream().map(Shown::option).toList(), now, ZONE);
        var indices = switch (picked) {
            case OptionPick.One(int index) -> List.of(index);
            case OptionPick.Several(var several) -> several;
            case OptionPick.None _ -> List.<Integer>of();
        };
        return indices.isEmpty()
                ? null
                : new Picked(
                        shown.getFirst().topic(),
                        indices.stream().map(index -> shown.get(index).number()).toList());
    }

    /// What words go on about that were said right after orders were shown: the topic of those, and
    /// with words that name no other one (什么时候能到) the one order that was; null if they do not.
    static @Nullable OrderAsk goesOn(Question question) {
        var text = question.text().strip().toLowerCase(Locale.ROOT);
        boolean when = WHEN.matcher(text).matches();
        if (text.length() > LONGEST || !when && !GOES_ON.matcher(text).matches()) {
            return null;
        }
        var last = last(question.talk().said());
        if (last instanceof Content.Card(var card, var _, var body) && card.equals("order")) {
            var id = body.get("order") instanceof Map<?, ?> order ? order.get("id") : null;
            return when && id == null ? null : new OrderAsk(Topic.PARCEL, when ? String.valueOf(id) : null);
        }
        var shown = last == null || when ? List.<Shown>of() : shown(last);
        return shown.isEmpty() ? null : new OrderAsk(shown.getFirst().topic(), null);
    }

    private static List<Shown> shownLast(List<Message> said) {
        var last = last(said);
        return last == null ? List.of() : shown(last);
    }

    /// What somebody else than the shopper said last, null if nobody did.
    private static @Nullable Content last(List<Message> said) {
        for (var message : said.reversed()) {
            if (message.from().role() != Role.USER) {
                return message.content();
            }
        }
        return null;
    }

    private static List<Shown> shown(Content content) {
        return switch (content) {
            case Content.Choice(var _, var _, var options) -> {
                var shown = new ArrayList<Shown>();
                for (var option : options) {
                    var card = option.card();
                    add(shown, option.payload(), card == null ? null : card.get("order"));
                }
                yield shown;
            }
            case Content.Card(var _, var _, var body)
            when body.get("options") instanceof List<?> options && body.get("orders") instanceof List<?> orders -> {
                var shown = new ArrayList<Shown>();
                for (int i = 0; i < Math.min(options.size(), orders.size()); i++) {
                    if (options.get(i) instanceof Map<?, ?> option && option.get("payload") instanceof String payload) {
                        add(shown, payload, orders.get(i));
                    }
                }
                yield shown;
            }
            case Content.Card _, Content.Text _, Content.Image _, Content.Action _, Content.Notice _ -> List.of();
        };
    }

    private static void add(List<Shown> shown, String payload, @Nullable Object order) {
        var ask = OrderPayload.read(payload);
        var number = ask == null ? null : ask.number();
        if (ask != null && number != null) {
            var head = order instanceof Map<?, ?> map ? map : Map.of();
            shown.add(new Shown(
                    ask.topic(),
                    number,
                    new OptionPick.Option(number, NamedOrders.titles(head), NamedOrders.at(head))));
        }
    }
}
