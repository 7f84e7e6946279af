package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.decide.Reply;
import io.xiaoer.common.message.Content;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a turn says, put together into the one message that it is.
final class Speech {

    private static final int MOST_TEXT = 3000;
    private static final int MOST_LABEL = 100;
    private static final String LIST = "order_list";

    private final List<String> texts = new ArrayList<>();
    private @Nullable String prompt;
    private List<Content.Option> options = List.of();
    private @Nullable String card;
    private Map<String, Object> body = Map.of();
    private Content.@Nullable Card answer;

    /// Says something.
    void say(String text) {
        if (!text.isBlank()) {
            texts.add(text.strip());
        }
    }

    /// Says what an answer says. Of what it shows, the buttons are left out: those of the dialog's question
    /// are the ones to press. Its card takes the place of a list to choose from; a list of its own is shown
    /// where there are no buttons, which would pass for those of its orders.
    void say(Reply reply) {
        switch (reply.content()) {
            case Content.Text(var words) -> say(words);
            case Content.Card card -> {
                say(card.text() == null ? "" : card.text());
                answer = card;
            }
            case Content.Choice(var ask, var text, var _) -> say(text == null ? ask : text);
            case Content.Image _, Content.Action _, Content.Notice _ -> {}
        }
    }

    /// Asks something; a later question takes the place of an earlier one.
    void ask(String text, List<Content.Option> buttons) {
        prompt = text.strip();
        options = buttons;
    }

    /// Shows a card; a later card takes the place of an earlier one.
    void show(String name, Map<String, Object> fields) {
        card = name;
        body = fields;
    }

    /// A button.
    static Content.Option button(String label, String payload) {
        String words = label.isBlank() ? payload : label.strip();
        return new Content.Option(cut(words, MOST_LABEL), payload, null);
    }

    /// The words alone, "" if there are none.
    String words() {
        return cut(String.join("\n", texts), MOST_TEXT);
    }

    /// The message.
    ///
    /// @param otherwise what it says if nothing was said
    Content content(String otherwise) {
        var all = new ArrayList<>(texts);
        if (prompt != null && !prompt.isEmpty()) {
            all.add(prompt);
        }
        boolean answers = answer != null
                && (answer.card().equals(LIST) ? card == null && options.isEmpty() : card == null || card.equals(LIST));
        String name = answers ? Objects.requireNonNull(answer).card() : card;
        if (name != null) {
            var fields =
                    new LinkedHashMap<>(answers ? Objects.requireNonNull(answer).body() : body);
            if (!options.isEmpty()) {
                fields.put(
                        "options",
                        options.stream()
                                .map(option -> Map.of("label", option.label(), "payload", option.payload()))
                                .toList());
            }
            return new Content.Card(name, cut(String.join("\n", all), MOST_TEXT), fields);
        }
        if (prompt != null && !options.isEmpty()) {
            String before = words();
            return new Content.Choice(cut(prompt, MOST_TEXT), before.isEmpty() ? null : before, options);
        }
        return new Content.Text(all.isEmpty() ? otherwise : cut(String.join("\n", all), MOST_TEXT));
    }

    private static String cut(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most - 1)) + '…';
    }
}
