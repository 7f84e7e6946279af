package io.xiaoer.bot.words;

import java.util.Locale;
import java.util.regex.Pattern;

/// A language that the bot speaks.
public enum Language {
    ZH,
    EN;

    /// Three words in Latin letters, one after the other.
    private static final Pattern SENTENCE = Pattern.compile("[a-zA-Z']{1,20}([ ,]{1,3}[a-zA-Z']{1,20}){2}");

    /// What is no code and no short word: any letter but a Latin one, a longer word, or two words.
    private static final Pattern SHOWS = Pattern.compile(
            "[\\p{L}&&[^\\p{IsLatin}]]|(?<![\\p{L}\\p{N}_-])[\\p{IsLatin}'’]{4,}(?![\\p{L}\\p{N}_-])|\\p{IsLatin}+'?\\p{IsLatin}*[ ,.!?]+\\p{IsLatin}+");

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

    /// Whether a text shows by itself which language is spoken: no number, picture, size or short word
    /// (ok) does.
    public static boolean isShownBy(String text) {
        return SHOWS.matcher(text).find();
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
