package io.xiaoer.bot.slots;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The places in a list that a text names: 第二个, the last one, 倒数第二个, or a number alone.
final class Places {

    private static final Pattern CHINESE =
            Pattern.compile("(不是|不要|别选)?(?:(倒数)?第([0-9一二两三四五六七八九十]{1,3})|(最后|末尾|最下面?)(?:的?(?:那|这|一)|$|个|单|笔|条|件))");
    private static final Pattern ENGLISH = Pattern.compile(
            "(not )?(?:the )?(?:\\b(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|[0-9]{1,2}(?:st|nd|rd|th))\\b(?! of)|\\b(last|final|bottom)(?= one| option| item|$))|\\b(?:number|no\\.?|option|#) ?([0-9]{1,2})\\b");
    private static final Pattern ALONE = Pattern.compile(
            "(?:我?[选要]|就|那个|那|是|the )*(?:([0-9]{1,2})|([一二两三四五六七八九十]{1,3}))(?:号|吧|的|个|呢|啊|one|\\.|。|!){0,3}");
    private static final List<String> ORDINALS =
            List.of("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth");

    private Places() {}

    /// The places from 0, each once; one beyond the last is among them, so that it is no other way's.
    static List<Integer> in(String text, int size) {
        var places = new ArrayList<Integer>();
        var chinese = CHINESE.matcher(text);
        while (chinese.find()) {
            if (chinese.group(1) == null) {
                int number = chinese.group(3) == null ? 1 : number(chinese.group(3));
                boolean back = chinese.group(2) != null || chinese.group(4) != null;
                add(places, back ? size - number : number - 1);
            }
        }
        var english = ENGLISH.matcher(text);
        while (english.find()) {
            if (english.group(1) == null) {
                add(places, english(english.group(2), english.group(4), size));
            }
        }
        var alone = ALONE.matcher(text.strip());
        if (places.isEmpty() && alone.matches()) {
            int number = number(alone.group(1) == null ? alone.group(2) : alone.group(1));
            if (number >= 1 && number <= size) {
                places.add(number - 1);
            }
        }
        return places;
    }

    private static void add(List<Integer> places, int place) {
        if (!places.contains(place)) {
            places.add(place);
        }
    }

    private static int english(@Nullable String ordinal, @Nullable String number, int size) {
        if (number != null) {
            return Integer.parseInt(number) - 1;
        }
        if (ordinal == null) {
            return size - 1;
        }
        int named = ORDINALS.indexOf(ordinal);
        return named >= 0 ? named : Integer.parseInt(ordinal.substring(0, ordinal.length() - 2)) - 1;
    }

    private static int number(String figures) {
        var number = Numerals.at(figures, 0);
        return number == null ? 0 : number.value();
    }
}
