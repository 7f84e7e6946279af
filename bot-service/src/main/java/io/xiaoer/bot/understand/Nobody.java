package io.xiaoer.bot.understand;

import io.xiaoer.bot.words.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What shoppers ask that no shop's bot serves: examples to tell it from what one does. One text a line in
/// `understand/nobody_<language>.txt`; a line that begins with `#` says what follows.
final class Nobody {

    private static final Map<Language, List<String>> TEXTS = new EnumMap<>(Language.class);

    static {
        for (Language language : Language.values()) {
            TEXTS.put(language, read("/understand/nobody_" + language.tag() + ".txt"));
        }
    }

    private Nobody() {}

    static List<String> texts(Language language) {
        return Objects.requireNonNull(TEXTS.get(language));
    }

    private static List<String> read(String name) {
        try (InputStream file = Nobody.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
