package io.xiaoer.bot.decide;

import io.xiaoer.bot.slots.OptionPick;
import io.xiaoer.bot.words.PlainText;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.Role;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;

/// Hears which of the buttons that were shown last is meant by its place: 第二个, 2, "the first one".
/// Where the bot asked what was meant (您是想问…) that presses the button. The buttons of dialogs and of
/// orders are heard by those.
final class ButtonPick {

    private static final Pattern PLACE = Pattern.compile("(我?[选要问]的?是?|就|是|the|option|number|no)*"
            + "([1-9]|第[1-9一二两三四五六]个?|最后一?个|(first|second|third|fourth|last)(one)?)(吧|谢谢|please|thanks)*");
    private static final List<String> OWN = List.of("faq:", "flow:", DontKnow.HANDOFF_PAYLOAD);

    private ButtonPick() {}

    /// The question, or the press of the button that it means.
    static Question in(Question question) {
        if (question.payload() != null
                || !PLACE.matcher(PlainText.of(question.text())).matches()) {
            return question;
        }
        var options = shownLast(question.talk().said());
        var places = options.stream().map(_ -> OptionPick.Option.titled("")).toList();
        return OptionPick.of(question.text(), places, question.askedAt(), ZoneOffset.UTC)
                        instanceof OptionPick.One(int index)
                ? question.saying(new Content.Action(
                        options.get(index).payload(), options.get(index).label()))
                : question;
    }

    private static List<Content.Option> shownLast(List<Message> said) {
        for (var message : said.reversed()) {
            if (message.from().role() != Role.USER) {
                return message.from().role() == Role.BOT
                                && message.content() instanceof Content.Choice(var _, var _, var options)
                                && options.size() > 1
                                && options.stream()
                                        .allMatch(option -> OWN.stream().anyMatch(option.payload()::startsWith))
                        ? options
                        : List.of();
            }
        }
        return List.of();
    }
}
