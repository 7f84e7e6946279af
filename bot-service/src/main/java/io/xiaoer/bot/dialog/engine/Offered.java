package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.decide.Question;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.Role;
import org.jspecify.annotations.Nullable;

/// The words behind a button: where the bot asked back what was meant (您是想问…), who presses one of its
/// buttons has said already which order it is about, and why.
final class Offered {

    private Offered() {}

    /// The question in the words that brought the button it presses; itself if the button was not
    /// offered last.
    static Question question(Question pressed) {
        String payload = pressed.payload();
        boolean offered = false;
        for (Message message : pressed.talk().said().reversed()) {
            if (message.from().role() != Role.USER) {
                if (offered || !offers(message.content(), payload)) {
                    return pressed;
                }
                offered = true;
            } else if (offered && message.content() instanceof Content.Text words) {
                return pressed.saying(words);
            } else {
                return pressed;
            }
        }
        return pressed;
    }

    private static boolean offers(Content content, @Nullable String payload) {
        return content instanceof Content.Choice(var _, var _, var options)
                && options.stream().anyMatch(option -> option.payload().equals(payload));
    }
}
