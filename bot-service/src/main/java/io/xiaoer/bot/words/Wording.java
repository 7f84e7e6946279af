package io.xiaoer.bot.words;

import java.text.MessageFormat;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What the bot says of its own, from `wording/wording_zh.properties` and `wording/wording_en.properties`.
@Component
public final class Wording {

    private final Map<Language, ResourceBundle> bundles = new EnumMap<>(Language.class);

    public Wording() {
        var exact = ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
        for (Language language : Language.values()) {
            bundles.put(
                    language,
                    ResourceBundle.getBundle("wording.wording", Locale.forLanguageTag(language.tag()), exact));
        }
    }

    /// A phrase with its places filled.
    ///
    /// @throws MissingResourceException if there is no such phrase
    public String say(Language language, String key, Object... arguments) {
        String pattern = bundle(language).getString(key);
        return arguments.length == 0 ? pattern : new MessageFormat(pattern, Locale.ROOT).format(arguments);
    }

    /// The name of a status or the like, as it is if no phrase names it.
    public String name(Language language, String prefix, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return say(language, "unknown_value");
        }
        String key = prefix + '.' + value;
        return bundle(language).containsKey(key) ? bundle(language).getString(key) : value;
    }

    private ResourceBundle bundle(Language language) {
        return java.util.Objects.requireNonNull(bundles.get(language));
    }
}
