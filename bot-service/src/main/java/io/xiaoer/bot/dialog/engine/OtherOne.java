package io.xiaoer.bot.dialog.engine;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whether words want another of several things than the one that was chosen.
enum OtherOne {
    /// The other one, or any but this: 另一个, 选错了, "the other one".
    ANOTHER,
    /// Not this one, if they say which instead: 不对，是鞋子.
    SAID,
    NONE;

    private static final Pattern OTHER = Pattern.compile(
            "另外?一?[个单双件笔条台](?!问题|事|疑问)|另外那|[选点]错|\\b(the other (one|order|item)|wrong (one|order)|not this one)\\b");
    private static final Pattern NOT_THIS = Pattern.compile("不是[这那]一?[个单双件笔条台]|不要[这那]一?[个单双件笔条台]");
    private static final Pattern CUE =
            Pattern.compile("不是|不对|说错|弄错|搞错|应该是|其实是|\\b(actually|i mean|i meant|instead|not the|sorry|should be)\\b");

    private static final Pattern PLACE = Pattern.compile(
            "(倒数)?第[0-9一二两三四五六七八九十]{1,3}[个单笔条件双款台]|最后[那一]?[个单笔条件双款台]|\\b(first|second|third|fourth|fifth|sixth|last) (one|order)\\b",
            Pattern.CASE_INSENSITIVE);

    /// The place among those shown that words name in full (第二个), null if they name none.
    static @Nullable String place(String text) {
        var place = PLACE.matcher(text.toLowerCase(Locale.ROOT));
        return place.find() ? place.group() : null;
    }

    /// Words without the places that they name.
    static String withoutPlace(String text) {
        return PLACE.matcher(text).replaceAll(" ").strip();
    }

    /// What words want.
    ///
    /// @param confirm whether a yes or no is waited for: 不是这个 is a no then
    static OtherOne of(String text, boolean confirm) {
        String words = text.toLowerCase(Locale.ROOT);
        if (OTHER.matcher(words).find() || !confirm && NOT_THIS.matcher(words).find()) {
            return Rewording.isQuestion(text) ? NONE : ANOTHER;
        }
        return CUE.matcher(words).find() ? SAID : NONE;
    }
}
