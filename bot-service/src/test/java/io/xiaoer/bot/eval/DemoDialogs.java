package io.xiaoer.bot.eval;

import io.xiaoer.bot.words.Language;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What starts the dialogs of the demo shop, `eval/own/dialogs_<language>.txt`: the examples of the commerce pack.
final class DemoDialogs {

    private DemoDialogs() {}

    /// The examples of each dialog.
    static Map<String, List<String>> examples(Language language) {
        var examples = new LinkedHashMap<String, List<String>>();
        List<String> current = new ArrayList<>();
        for (String line : Sets.text("/eval/own/dialogs_" + language.tag() + ".txt")
                .lines()
                .toList()) {
            if (line.startsWith("@")) {
                current = examples.computeIfAbsent(line.substring(1), name -> new ArrayList<>());
            } else if (!line.isBlank()) {
                current.add(line);
            }
        }
        return examples;
    }
}
