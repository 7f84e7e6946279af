package io.xiaoer.bot.decide;

import io.xiaoer.bot.slots.OptionPick;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.text.PlainText;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;

/// Hears which of the buttons that were shown last is meant by its place: 第二个, 2, "the first one"; or
/// that the only one is, such as the offer of a person, by a plain yes. Where the bot asked what was
/// meant (您是想问…) that presses the button. The buttons of dialogs and of orders are heard by those.
final class ButtonPick {

    private static final Pattern PLACE = Pattern.compile("(我?[选要问]的?是?|就|是|the|option|number|no)*"
            + "([1-9]|第[1-9一二两三四五六]个?|最后一?个|(first|second|third|fourth|last)(one)?)(吧|谢谢|please|thanks)*");
    /// A yes to what is offered; who nods (好的, ok) may only have understood.
    private static final Pattern YES =
            Pattern.compile("(是的?|对的?|要|需要|可以|麻烦|请|帮我|yes|yeah|yep|yup|sure|please|goahead|doit|ofcourse)+"
                    + "(转吧?|的|吧|啊|呀|了|您|你|谢谢|please|thanks|thankyou|do)*");
    private static final List<String> OWN = List.of("faq:", "flow:", DontKnow.HANDOFF_PAYLOAD);

    private ButtonPick() {}

    /// The question, or the press of the button that it means.
    static Question in(Question question) {
        if (question.payload() != null) {
            return question;
        }
        String plain = PlainText.of(question.text());
        boolean yes = YES.matcher(plain).matches();
        if (!yes && !PLACE.matcher(plain).matches()) {
            return question;
        }
        var options = shownLast(question.talk().said());
        if (options.size() == 1) {
            return yes ? pressed(question, options.getFirst()) : question;
        }
        var places = options.stream().map(_ -> OptionPick.Option.titled("")).toList();
        return OptionPick.of(question.text(), places, question.askedAt(), ZoneOffset.UTC)
                        instanceof OptionPick.One(int index)
                ? pressed(question, options.get(index))
                : question;
    }

    private static Question pressed(Question question, Content.Option option) {
        return question.saying(new Content.Action(option.payload(), option.label()));
    }

    private static List<Content.Option> shownLast(List<Message> said) {
        for (var message : said.reversed()) {
            if (message.from().role() != Role.USER) {
                return message.from().role() == Role.BOT
                                && message.content() instanceof Content.Choice(var _, var _, var options)
                                && options.stream()
                                        .allMatch(option -> OWN.stream().anyMatch(option.payload()::startsWith))
                        ? options
                        : List.of();
            }
        }
        return List.of();
    }
}
