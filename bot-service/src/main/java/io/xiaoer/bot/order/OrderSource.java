package io.xiaoer.bot.order;

import io.xiaoer.bot.decide.AnswerSource;
import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.DontKnow;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Reply;
import io.xiaoer.bot.decide.Source;
import io.xiaoer.bot.decide.Stage;
import io.xiaoer.bot.decide.Verdict;
import io.xiaoer.bot.dialog.engine.OrderAnswers;
import io.xiaoer.bot.dialog.engine.Senses;
import io.xiaoer.bot.order.OrderAsk.Topic;
import io.xiaoer.bot.slots.Mentions;
import io.xiaoer.bot.slots.OptionPick;
import io.xiaoer.bot.words.Wording;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Content;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Answers questions about a shopper's own orders: with the card of the order that is meant, with buttons if several
/// may be, with plain words if there is none, if nobody is logged in or if orders cannot be looked up. What is asked in
/// passing (我的快递到哪了，顺便问一下运费谁出) is answered by the FAQ in the same message.
@Component
final class OrderSource implements AnswerSource, OrderAnswers {

    private static final Logger LOGGER = LoggerFactory.getLogger(OrderSource.class);
    private static final double SURE = 1;
    private static final double UNSURE = 0;
    private static final int BUTTONS = 6;

    private final OrderDesk desk;
    private final Glances glances;
    private final OrderTexts texts;
    private final Senses senses;
    private final Wording wording;
    private final DontKnow dontKnow;
    private final Clock clock;

    OrderSource(
            OrderDesk desk,
            Glances glances,
            OrderTexts texts,
            Senses senses,
            Wording wording,
            DontKnow dontKnow,
            Clock clock) {
        this.desk = desk;
        this.glances = glances;
        this.texts = texts;
        this.senses = senses;
        this.wording = wording;
        this.dontKnow = dontKnow;
        this.clock = clock;
    }

    @Override
    public Stage stage() {
        return Stage.STARTED_DIALOG;
    }

    @Override
    public Verdict consider(Question question, Deadline deadline) {
        var aside = question.payload() == null ? OrderWords.aside(question.text()) : null;
        String about = wording.say(question.language(), "order.about");
        Reply answer = aside == null ? null : aside.answer(question, about, senses, deadline);
        return consider(aside == null || answer == null ? question : aside.without(question), answer, deadline);
    }

    @Override
    public boolean areWanted(String text) {
        return OrderWords.isAskedAside(text);
    }

    @Override
    public @Nullable Reply about(Question question, Deadline deadline) {
        return consider(question, deadline) instanceof Verdict.Answered(var reply) ? reply : null;
    }

    @Override
    public @Nullable String inGeneral(Question question, Deadline deadline) {
        if (question.user().kind() != UserKey.Kind.USER) {
            return null;
        }
        try {
            var titles = glances.latest(question, deadline).stream()
                    .map(order -> NamedOrders.titles(order.head()))
                    .toList();
            return Mentions.thingInGeneral(question.text(), titles);
        } catch (OrderDesk.Away e) {
            return null;
        }
    }

    /// @param aside what was answered already to what was asked in passing
    private Verdict consider(Question question, @Nullable Reply aside, Deadline deadline) {
        String payload = question.payload();
        OrderAsk ask = payload == null ? OrderWords.read(question.text()) : OrderPayload.read(payload);
        var picked = ask == null && payload == null ? OrderPick.in(question, clock.instant()) : null;
        if (ask == null && picked == null) {
            return payload == null ? ofThing(question, aside, deadline) : Verdict.PASSED;
        }
        try {
            var content = ask == null
                    ? chosen(question, Objects.requireNonNull(picked), deadline)
                    : answer(question, ask, deadline);
            return answered(content, SURE, aside);
        } catch (OrderDesk.Away e) {
            LOGGER.atWarn()
                    .addKeyValue("message_id", question.id())
                    .addKeyValue("cause", String.valueOf(e.getMessage()))
                    .log("Orders could not be looked up");
            var content = dontKnow.offer(question, wording.say(question.language(), "order.away"));
            return answered(content, UNSURE, aside);
        }
    }

    /// The answer to words that ask about an order by what was ordered, or go on about those that were
    /// shown; passes unless an order of the shopper's is named, and where orders cannot be looked up.
    private Verdict ofThing(Question question, @Nullable Reply aside, Deadline deadline) {
        boolean shopper = question.user().kind() == UserKey.Kind.USER;
        var gone = shopper ? OrderPick.goesOn(question) : null;
        var ask = shopper && gone == null && OrderWords.mayAskOfThing(question.text())
                ? new OrderAsk(Topic.PARCEL, null)
                : gone;
        if (ask == null || !OrderWords.mayBeAboutOwn(question.text())) {
            return Verdict.PASSED;
        }
        try {
            if (ask.number() != null) {
                return answered(answer(question, ask, deadline), SURE, aside);
            }
            var named = named(question, glances.latest(question, deadline));
            return named.isEmpty() ? Verdict.PASSED : answered(meant(question, ask.topic(), named), SURE, aside);
        } catch (OrderDesk.Away e) {
            return Verdict.PASSED;
        }
    }

    private List<OrderView> named(Question question, List<OrderView> latest) {
        return NamedOrders.in(question.text(), latest, clock.instant());
    }

    /// What was chosen by words among the orders that were shown; where several may be meant they are shown again.
    private Content chosen(Question question, OrderPick.Picked picked, Deadline deadline) {
        var numbers = picked.numbers();
        if (numbers.size() == 1) {
            return answer(question, new OrderAsk(picked.topic(), numbers.getFirst()), deadline);
        }
        var meant = desk.look(question.user(), null, deadline).latest().stream()
                .filter(order -> numbers.contains(order.id()))
                .toList();
        return meant.size() > 1
                ? choice(question, picked.topic(), meant)
                : answer(question, new OrderAsk(picked.topic(), numbers.getFirst()), deadline);
    }

    private Content answer(Question question, OrderAsk ask, Deadline deadline) {
        if (question.user().kind() != UserKey.Kind.USER) {
            return says(question, "order.login_needed");
        }
        String number = ask.number() == null && ask.topic() != Topic.ORDERS ? question.orderId() : ask.number();
        var look = desk.look(question.user(), number, deadline);
        String end = OptionPick.endIn(question.text());
        boolean words =
                question.payload() == null && ask.topic() != Topic.ORDERS && (ask.number() == null || end != null);
        OrderView numbered = ask.number() == null ? null : owned(question, ask.number(), look);
        var named = words && numbered == null ? named(question, look.latest()) : List.<OrderView>of();
        OrderView one =
                numbered != null || !named.isEmpty() || number == null ? numbered : owned(question, number, look);
        if (one != null) {
            return card(question, ask.topic(), one);
        }
        if (!named.isEmpty()) {
            return meant(question, ask.topic(), named);
        }
        String said = ask.number() == null && words ? end : ask.number();
        return said != null
                ? says(question, "order.not_found", said)
                : unnamed(question, ask.topic(), look.latest(), deadline);
    }

    /// What is said of orders that the words name.
    private Content meant(Question question, Topic topic, List<OrderView> named) {
        var meant = OrderChoice.meant(topic, question.text(), named);
        var some = meant.isEmpty() ? named : meant;
        return some.size() == 1 ? card(question, topic, some.getFirst()) : choice(question, topic, some);
    }

    private static Verdict answered(Content content, double confidence, @Nullable Reply aside) {
        String entry = aside == null ? null : aside.origin();
        return new Verdict.Answered(
                aside != null && entry != null && aside.content() instanceof Content.Text(var words)
                        ? new Reply(behind(words, content), Source.ORDER, confidence, null, null, List.of(entry))
                        : Reply.of(content, Source.ORDER, confidence, null));
    }

    /// What is said behind other words, in the one message that both are.
    private static Content behind(String words, Content content) {
        return switch (content) {
            case Content.Text(var text) -> new Content.Text(words + "\n" + text);
            case Content.Card(var card, var text, var body) ->
                new Content.Card(card, text == null ? words : words + "\n" + text, body);
            case Content.Choice(var prompt, var text, var options) ->
                new Content.Choice(prompt, text == null ? words : words + "\n" + text, options);
            case Content.Image _, Content.Action _, Content.Notice _ -> content;
        };
    }

    private static @Nullable OrderView owned(Question question, String number, OrderDesk.Look look) {
        OrderView named = look.named();
        if (named != null && named.userId().equals(question.user().id())) {
            return named;
        }
        return look.latest().stream()
                .filter(order -> order.userId().equals(question.user().id()))
                .filter(order -> order.isNamedBy(number))
                .findFirst()
                .orElse(null);
    }

    private Content unnamed(Question question, Topic topic, List<OrderView> latest, Deadline deadline) {
        if (latest.isEmpty()) {
            return says(question, "order.none");
        }
        var meant = OrderChoice.meant(topic, question.text(), latest);
        if (meant.isEmpty()) {
            boolean unknown = latest.stream().anyMatch(order -> order.afterSales() == null);
            return unknown ? says(question, "order.after_sales_away") : noAfterSale(question, deadline);
        }
        if (meant.size() == 1) {
            return card(question, topic, meant.getFirst());
        }
        return topic == Topic.ORDERS ? list(question, meant) : choice(question, topic, meant);
    }

    /// That there is no refund; to who asks when one comes (多久能退给我) what the FAQ says of that as well.
    private Content noAfterSale(Question question, Deadline deadline) {
        String none = wording.say(question.language(), "order.no_after_sales");
        String asked = wording.say(question.language(), "order.refund_when");
        Reply when = OrderWords.asksWhenRefunded(question.text())
                ? senses.faq(question.saying(new Content.Text(asked)), deadline)
                : null;
        return new Content.Text(
                when != null && when.content() instanceof Content.Text(var words) ? none + "\n" + words : none);
    }

    private Content card(Question question, Topic topic, OrderView order) {
        return new Content.Card(
                "order", texts.describe(question.language(), topic, order), order.card(clock.instant()));
    }

    private Content choice(Question question, Topic topic, List<OrderView> meant) {
        var shown = meant.stream().limit(BUTTONS).toList();
        var text = shown.stream()
                .map(order -> texts.describe(question.language(), topic, order))
                .reduce((one, other) -> one + "\n" + other)
                .orElseThrow();
        return new Content.Choice(
                wording.say(question.language(), "order.which"), text, options(question, topic, shown));
    }

    private List<Content.Option> options(Question question, Topic topic, List<OrderView> shown) {
        return shown.stream()
                .map(order -> new Content.Option(
                        texts.brief(question.language(), order),
                        OrderPayload.of(topic, order.id()),
                        new Content.Card("order", null, order.card(clock.instant())).toMap()))
                .toList();
    }

    private Content list(Question question, List<OrderView> orders) {
        var body = new LinkedHashMap<String, Object>();
        body.put("orders", orders.stream().map(OrderView::head).toList());
        body.put(
                "options",
                orders.stream()
                        .map(order -> new LinkedHashMap<String, Object>(java.util.Map.of(
                                "label",
                                texts.brief(question.language(), order),
                                "payload",
                                OrderPayload.of(Topic.ORDERS, order.id()))))
                        .toList());
        var text = new StringBuilder(wording.say(question.language(), "order.list", orders.size()));
        orders.forEach(order -> text.append('\n').append(texts.brief(question.language(), order)));
        return new Content.Card("order_list", text.toString(), body);
    }

    private Content says(Question question, String key, Object... arguments) {
        return new Content.Text(wording.say(question.language(), key, arguments));
    }
}
