package io.xiaoer.bot.slots;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the title that a text shares most words with.
final class TitleWords {

    private static final int MOST_WORDS = 12;
    private static final int LONGEST_WORD = 20;
    private static final int LONGEST_TITLE = 200;
    private static final int LEAST_LETTERS = 4;
    private static final int SHORTEST_PHRASE = 3;

    /// Words with 子 in them that are no thing with it at its end.
    private static final List<String> NO_THING = List.of("电子", "男子", "女子", "亲子", "孩子", "妻子", "儿子", "样子", "分子");
    private static final Phrases<Boolean> EMPTY = new Phrases<>();

    static {
        EMPTY.put(
                true, "那个", "这个", "那双", "那件", "那条", "那款", "那单", "那笔", "那台", "那只", "那", "这", "我", "要", "想", "选", "就",
                "是", "的", "退", "退货", "退款", "换", "换货", "买", "买的", "订单", "单子", "一个", "个", "吧", "了", "呢", "啊", "呀", "吗",
                "请", "帮", "帮我", "看", "查", "查一下", "一下", "把", "给", "给我", "取消", "发货", "快递", "物流", "有", "在", "和", "跟", "到",
                "我的", "商品", "东西", "宝贝", "应该", "好像", "号", "第", "最后", "没", "里面", "里", "谢谢", "你好");
        EMPTY.put(
                true, "the", "one", "ones", "a", "an", "i", "my", "me", "with", "want", "to", "return", "refund",
                "order", "orders", "please", "that", "this", "is", "it", "for", "of", "and", "bought", "ordered", "buy",
                "item", "product", "pick", "choose", "think", "would", "like", "in", "on", "at", "from", "s", "was",
                "be", "not", "no", "yes", "ok", "hello", "hi", "you", "can", "where", "cancel", "track");
    }

    /// What tells how a thing shall be as well as which it is: 换个红色的.
    private static final Pattern QUALITY = Pattern.compile(
            "[红白黑蓝绿灰粉黄紫棕]色?的?|颜色|尺码|质量|[大中小]一?[码号]|black|white|blue|green|grey|gray|pink|yellow|purple|brown|size|large|small|medium|colou?r|quality");

    /// Single characters that name no thing, whatever title has them: the 不 of 不想要了 is not the one of
    /// 不锈钢.
    private static final String NO_NOUN = "不没别也都还再又才只太很更最被让从向对与或但而且所其因为会能该得着过说去来做用行好吗嗯哦噢多少大小上下前后左右中可真挺非全每另些么怎谁哪几";

    private TitleWords() {}

    /// The indices of the titles that match best, none if none does.
    static List<Integer> best(String folded, List<String> titles) {
        return best(words(TimeExpressions.without(folded)), titles);
    }

    /// The same of words that were no answer, of which more is about something else: a single character
    /// counts only where 子 shows that it is a thing, and of words in letters those of four or more.
    static List<Integer> told(String folded, List<String> titles) {
        var words = new ArrayList<String>();
        for (String word : words(TimeExpressions.without(folded))) {
            boolean han = isHan(word);
            if (!QUALITY.matcher(word).matches()
                    && (han ? word.length() > 1 || folded.contains(word + '子') : word.length() >= LEAST_LETTERS)) {
                words.add(word);
            }
        }
        return best(words, titles);
    }

    /// The longest part of a folded text that names what a title names, null if none does: 保温杯 of
    /// 保温杯也催一下.
    static @Nullable String named(String folded, List<String> titles) {
        var folds = titles.stream().map(Folded::of).toList();
        String named = null;
        for (String word : words(TimeExpressions.without(folded))) {
            String part = isHan(word) && !QUALITY.matcher(word).matches() ? longestIn(word, folded, folds) : null;
            if (part != null && (named == null || part.length() > named.length())) {
                named = part;
            }
        }
        return named;
    }

    /// The words in letters of a folded text that titles have too, as [#told] takes them.
    static List<String> namedInLetters(String folded, List<String> titles) {
        var folds = titles.stream().map(Folded::of).toList();
        return words(folded).stream()
                .filter(word -> !isHan(word)
                        && word.length() >= LEAST_LETTERS
                        && !QUALITY.matcher(word).matches()
                        && folds.stream().anyMatch(title -> contains(title, word)))
                .toList();
    }

    private static @Nullable String longestIn(String word, String folded, List<String> titles) {
        if (word.length() == 1) {
            String thing = word + '子';
            return folded.contains(thing) && titles.stream().anyMatch(title -> title.contains(word)) ? thing : null;
        }
        for (int length = word.length(); length >= 2; length--) {
            for (int at = 0; at + length <= word.length(); at++) {
                String part = word.substring(at, at + length);
                if (titles.stream().anyMatch(title -> title.contains(part))) {
                    return part;
                }
            }
        }
        return null;
    }

    private static List<Integer> best(List<String> words, List<String> titles) {
        var best = new ArrayList<Integer>();
        int most = 0;
        for (int i = 0; i < titles.size() && !words.isEmpty(); i++) {
            String title = Folded.of(titles.get(i));
            int score = score(words, title.substring(0, Math.min(LONGEST_TITLE, title.length())));
            if (score > most) {
                best.clear();
                most = score;
            }
            if (score == most && score > 0) {
                best.add(i);
            }
        }
        return best;
    }

    private static int score(List<String> words, String title) {
        int score = 0;
        for (String word : words) {
            if (contains(title, word)) {
                score += 2 * word.length();
            } else if (isHan(word) && word.length() >= SHORTEST_PHRASE) {
                // Of 红色运动鞋 the title may have 运动鞋 alone.
                int shared = Math.max(sharedEnd(word, title), sharedBegin(word, title));
                score += shared >= 2 ? shared : hasThing(word, title) ? 1 : 0;
            }
        }
        return score;
    }

    private static boolean isHan(String word) {
        return word.chars().anyMatch(Character::isIdeographic);
    }

    /// Whether the title has the thing that 子 shows within a longer word: 鞋 of 鞋子不合脚.
    private static boolean hasThing(String word, String title) {
        int at = word.indexOf('子');
        return at > 0
                && title.indexOf(word.charAt(at - 1)) >= 0
                && NO_THING.stream().noneMatch(word::contains);
    }

    private static boolean contains(String title, String word) {
        if (word.charAt(0) > 0x80) {
            return title.contains(word);
        }
        String stem = word.length() > 3 && word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
        return begins(title, stem) || title.indexOf('-') >= 0 && begins(title.replace("-", ""), stem);
    }

    /// Whether a word of a title begins with a stem.
    private static boolean begins(String title, String stem) {
        for (int at = title.indexOf(stem); at >= 0; at = title.indexOf(stem, at + 1)) {
            if (at == 0 || !Folded.isCode(title.charAt(at - 1))) {
                return true;
            }
        }
        return false;
    }

    private static int sharedEnd(String word, String title) {
        for (int length = word.length() - 1; length >= 2; length--) {
            if (title.contains(word.substring(word.length() - length))) {
                return length;
            }
        }
        return 0;
    }

    private static int sharedBegin(String word, String title) {
        for (int length = word.length() - 1; length >= 2; length--) {
            if (title.contains(word.substring(0, length))) {
                return length;
            }
        }
        return 0;
    }

    /// The words that say something, 子 and 儿 at their end left off.
    private static List<String> words(String folded) {
        var words = new ArrayList<String>();
        int at = 0;
        int begin = 0;
        while (at < folded.length() && words.size() < MOST_WORDS) {
            var empty = EMPTY.at(folded, at);
            boolean gap = empty == null && !Character.isLetterOrDigit(folded.charAt(at));
            boolean inWord = begin < at && Folded.isCode(folded.charAt(at)) && Folded.isCode(folded.charAt(at - 1));
            if (gap || empty != null && !inWord) {
                add(words, folded.substring(begin, at));
                at = empty == null ? at + 1 : empty.end();
                begin = at;
            } else {
                at++;
            }
        }
        add(words, folded.substring(begin, at));
        return words;
    }

    private static void add(List<String> words, String word) {
        String plain = word.length() > 1 && (word.endsWith("子") || word.endsWith("儿"))
                ? word.substring(0, word.length() - 1)
                : word;
        boolean says = !plain.isEmpty() && (plain.charAt(0) > 0x80 || plain.length() >= 2);
        if (says && (plain.length() > 1 || NO_NOUN.indexOf(plain.charAt(0)) < 0) && plain.length() <= LONGEST_WORD) {
            words.add(plain);
        }
    }
}
