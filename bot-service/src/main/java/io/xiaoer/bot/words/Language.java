package io.xiaoer.bot.words;

import java.util.Locale;

/// A language that the bot speaks.
public enum Language {
    ZH,
    EN;

    /// The language of a text by its script: any Han character makes it Chinese, else any letter English.
    ///
    /// @param fallback for a text without a letter, an order number for example
    public static Language of(String text, Language fallback) {
        boolean letters = false;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            if (Character.UnicodeScript.of(point) == Character.UnicodeScript.HAN) {
                return ZH;
            }
            letters |= Character.isLetter(point);
            i += Character.charCount(point);
        }
        return letters ? EN : fallback;
    }

    /// The language of a locale tag such as `zh-CN`; Chinese unless it names another.
    public static Language ofTag(String tag) {
        return tag.isEmpty() || tag.toLowerCase(Locale.ROOT).startsWith("zh") ? ZH : EN;
    }

    /// The tag that stands for it.
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
