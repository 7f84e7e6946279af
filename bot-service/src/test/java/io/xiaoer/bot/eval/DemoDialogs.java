package io.xiaoer.bot.eval;

import io.xiaoer.bot.words.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.yaml.snakeyaml.Yaml;

/// What starts the dialogs of the demo shop: the examples of the commerce pack, as the bot has them.
final class DemoDialogs {

    private DemoDialogs() {}

    /// The examples of each dialog.
    static Map<String, List<String>> examples(Language language) {
        var all = new TreeMap<String, List<String>>();
        try {
            for (var file : new PathMatchingResourcePatternResolver().getResources("classpath*:dialog/pack/*.yml")) {
                Map<String, Object> flow = new Yaml().load(file.getContentAsString(StandardCharsets.UTF_8));
                if (flow.get("start") instanceof Map<?, ?> start
                        && start.get("examples") instanceof Map<?, ?> examples
                        && examples.get(language.tag()) instanceof List<?> texts) {
                    all.put(
                            String.valueOf(flow.get("flow")),
                            texts.stream().map(String::valueOf).toList());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }
}
