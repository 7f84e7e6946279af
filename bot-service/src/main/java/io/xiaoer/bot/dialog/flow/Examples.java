package io.xiaoer.bot.dialog.flow;

import io.xiaoer.bot.dialog.yaml.Part;
import io.xiaoer.bot.words.Language;
import io.xiaoer.common.text.PlainText;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what shoppers say to begin a flow. A flow without examples is begun by other flows and by buttons alone.
final class Examples {

    /// The most for each language.
    static final int MOST = 500;

    private static final int MAX_LENGTH = 200;

    private Examples() {}

    static Map<Language, List<String>> read(@Nullable Part start) {
        var examples = new EnumMap<Language, List<String>>(Language.class);
        Part all = start == null ? null : start.fields(Set.of("examples")).get("examples");
        if (all == null) {
            return examples;
        }
        var fields = all.fields(Set.of("zh", "en"));
        for (Language language : Language.values()) {
            Part part = fields.get(language.tag());
            if (part == null) {
                all.fault("examples in `" + language.tag() + "` are missing", "add " + language.tag() + ": [ … ]");
            } else {
                examples.put(language, texts(part));
            }
        }
        return examples;
    }

    private static List<String> texts(Part part) {
        var texts = new ArrayList<String>();
        var seen = new HashSet<String>();
        var items = part.items();
        if (items.size() > MOST) {
            part.fault("there are " + items.size() + " examples", "use at most " + MOST + " for each language");
            return texts;
        }
        for (Part item : items) {
            String text = item.text();
            if (text.length() > MAX_LENGTH) {
                item.fault("the example is too long", "use at most " + MAX_LENGTH + " characters");
            } else if (!text.isEmpty() && !seen.add(PlainText.of(text))) {
                item.fault("the example `" + text + "` stands there twice", "keep one of them");
            } else {
                texts.add(text);
            }
        }
        return texts;
    }
}
