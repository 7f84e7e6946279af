package io.xiaoer.bot.functions;

import io.xiaoer.bot.words.Language;
import io.xiaoer.bot.words.Wording;
import java.util.Map;
import org.springframework.stereotype.Component;

/// What an order is called: its first article, and how many there are; its number if it names none.
@Component
final class Titles {

    private final Wording wording;

    Titles(Wording wording) {
        this.wording = wording;
    }

    String of(Language language, Map<String, Object> order) {
        var items = Json.objects(order.get("items"));
        if (items.isEmpty()) {
            return Json.text(order, "id");
        }
        var first = Json.text(items.getFirst(), "title");
        return items.size() == 1 ? first : wording.say(language, "function.and_more", first, items.size());
    }
}
