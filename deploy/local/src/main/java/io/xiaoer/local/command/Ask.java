package io.xiaoer.local.command;

import io.xiaoer.local.api.Conversation;
import io.xiaoer.local.api.MessageText;
import io.xiaoer.local.data.DataDirectory;
import io.xiaoer.local.data.Secrets;
import java.io.IOException;
import java.util.Optional;

/// Asks the bot of a demo shop one question and prints what it answers.
final class Ask implements Command {
    private static final String NO_ANSWER =
            "No answer came. The question is kept; ./xiaoer logs bot-service may say why.";
    private static final String WITH_PEOPLE =
            "The session is with people: the question is kept, and an agent answers it. The bot answers other shoppers (--user).";

    private final DataDirectory data;
    private final String text;
    private final Optional<String> user;
    private final String shop;

    Ask(DataDirectory data, String text, Optional<String> user, Optional<String> shop) {
        this.data = data;
        this.text = text;
        this.user = user;
        this.shop = shop.orElse(Secrets.DEMO_SHOPS.getFirst());
    }

    @Override
    public int run() throws Refusal, IOException, InterruptedException {
        var suite = RunningSuite.of(data);
        var secrets = suite.secrets();
        var merchant = secrets.client(secrets.merchants(), shop)
                .orElseThrow(() -> new Refusal("There is no demo shop %s; there are %s"
                        .formatted(shop, String.join(", ", Secrets.DEMO_SHOPS))));
        try (var api = suite.api()) {
            var conversation =
                    user.isPresent() ? Conversation.ofUser(api, merchant, user.get()) : Conversation.ofGuest(api, shop);
            var answers = conversation.ask(text);
            if (answers.isEmpty()) {
                throw new Refusal(conversation.isWithPeople() ? WITH_PEOPLE : NO_ANSWER);
            }
            answers.forEach(answer -> MessageText.lines(answer).forEach(System.out::println));
            return 0;
        } catch (IOException e) {
            throw new Refusal(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }
}
