package io.xiaoer.bot.words;

import java.util.Locale;
import java.util.regex.Pattern;

/// A language that the bot speaks.
public enum Language {
    ZH,
    EN;

    /// Three words in Latin letters, one after the other.
    private static final Pattern SENTENCE = Pattern.compile("[a-zA-Z']{1,20}([ ,]{1,3}[a-zA-Z']{1,20}){2}");

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

    /// The language of an answer within a talk: that of the talk, unless its script is the other one. A word or two in
    /// Latin letters (ok, a size, a number) turn no Chinese talk into an English one.
    ///
    /// @param spoken the language of the talk
    public static Language ofAnswer(String text, Language spoken) {
        return spoken == ZH && !SENTENCE.matcher(text).find() && of(text, ZH) == EN ? ZH : of(text, spoken);
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
