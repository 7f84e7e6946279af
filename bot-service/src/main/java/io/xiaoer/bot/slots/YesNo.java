package io.xiaoer.bot.slots;

import java.util.Set;
import java.util.regex.Pattern;

/// What an answer to a question of yes or no says. What is not plainly a yes is none: a doubt, a question back, a
/// condition, a double negation (不是不行) or anything else beside the yes is [#UNCLEAR].
public enum YesNo {
    YES,
    NO,
    UNCLEAR;

    private static final Phrases<Word> WORDS = new Phrases<>();

    private enum Word {
        YES,
        NO,
        /// Turns a yes behind it into a no, and a no into a doubt.
        NOT,
        /// Means nothing.
        FILLER,
        PUNCTUATION,
        /// Makes all of it unclear.
        DOUBT
    }

    static {
        WORDS.put(
                Word.YES, "是", "是的", "是啊", "对", "对的", "对啊", "没错", "正确", "好", "好的", "好滴", "好吧", "行", "行吧", "可以", "可以的",
                "没问题", "嗯", "恩", "嗯嗯", "确认", "确定", "同意", "答应", "愿意", "要", "需要", "想", "提交", "办理", "办", "没有问题", "没毛病",
                "没意见", "就这样", "就这个", "继续", "必须", "当然", "有", "中", "成", "得", "妥", "ok", "okay", "okey", "k", "👌", "👍",
                "✅");
        WORDS.put(
                Word.YES,
                "yes",
                "y",
                "yeah",
                "yep",
                "yup",
                "yea",
                "ya",
                "sure",
                "sure thing",
                "correct",
                "right",
                "that's right",
                "confirm",
                "confirmed",
                "i confirm",
                "do it",
                "go ahead",
                "please do",
                "sounds good",
                "absolutely",
                "definitely",
                "certainly",
                "of course",
                "fine",
                "agreed",
                "i agree",
                "no problem",
                "submit",
                "proceed",
                "continue",
                "exactly",
                "true",
                "good",
                "great",
                "perfect",
                "alright",
                "all right",
                "by all means");
        WORDS.put(
                Word.NO, "否", "不是", "不是的", "不对", "不", "不了", "不用", "不用了", "不要", "不要了", "不必", "不必了", "不行", "不可以", "不能",
                "不好", "不需要", "不想", "不同意", "算了", "算了吧", "取消", "拒绝", "别", "别了", "没有", "没", "免了", "先不了", "先不用", "先不", "错",
                "错了", "弄错了", "❌");
        WORDS.put(
                Word.NO,
                "no",
                "n",
                "nope",
                "nah",
                "no thanks",
                "no thank you",
                "no way",
                "not now",
                "not yet",
                "never",
                "never mind",
                "nevermind",
                "forget it",
                "forget about it",
                "stop",
                "cancel",
                "cancel it",
                "cancel that",
                "wrong",
                "incorrect",
                "no need",
                "don't",
                "dont",
                "do not",
                "i don't",
                "please don't",
                "not that",
                "false");
        WORDS.put(
                Word.NOT,
                "不会",
                "并不",
                "不太",
                "不想要",
                "并不是",
                "不打算",
                "暂不",
                "暂时不",
                "别给我",
                "not",
                "isn't",
                "don't want",
                "do not want",
                "don't want to");
        WORDS.put(
                Word.FILLER,
                "我",
                "您",
                "你",
                "就",
                "请",
                "帮我",
                "给我",
                "麻烦",
                "谢谢",
                "谢谢你",
                "多谢",
                "感谢",
                "亲",
                "亲亲",
                "那",
                "那就",
                "啊",
                "呀",
                "哦",
                "噢",
                "喔",
                "哈",
                "哈哈",
                "嘛",
                "呗",
                "啦",
                "了",
                "的",
                "吧",
                "呐",
                "咯",
                "哟",
                "哎",
                "唉",
                "诶",
                "额",
                "呃",
                "嘿",
                "都",
                "也",
                "这个",
                "这样",
                "它",
                "先",
                "对不起",
                "不好意思",
                "抱歉",
                "小二",
                "客服",
                "一下",
                "马上",
                "现在",
                "直接",
                "快点",
                "赶紧");
        WORDS.put(
                Word.FILLER,
                "please",
                "pls",
                "thanks",
                "thank you",
                "thx",
                "i",
                "i'd",
                "i would",
                "i want",
                "i want to",
                "i'd like",
                "i'd like to",
                "want",
                "want to",
                "need to",
                "like",
                "to",
                "it",
                "it is",
                "it's",
                "that",
                "that is",
                "that's",
                "this",
                "is",
                "am",
                "i'm",
                "the",
                "just",
                "sorry",
                "oh",
                "um",
                "uh",
                "well",
                "hi",
                "hello",
                "you",
                "for me",
                "me",
                "now",
                "ahead",
                "do",
                "sir",
                "so");
        WORDS.put(Word.PUNCTUATION, ",", ".", "。", "!", "、", "~", "…", ";", ":", "-", "—");
        WORDS.put(
                Word.DOUBT,
                "?",
                "吗",
                "么",
                "呢",
                "多少",
                "怎么",
                "怎样",
                "为什么",
                "如果",
                "要是",
                "除非",
                "但",
                "但是",
                "不过",
                "可是",
                "只是",
                "是不是",
                "行不行",
                "是吧",
                "对吧",
                "可不可以",
                "能不能",
                "要不要",
                "好不好",
                "对不对",
                "有没有",
                "不一定",
                "不确定",
                "不知道",
                "不清楚",
                "不晓得",
                "看情况",
                "再看看",
                "再想想",
                "想想",
                "想一想",
                "考虑",
                "等等",
                "等下",
                "等一下",
                "随便",
                "无所谓",
                "都行",
                "或者",
                "还是",
                "可能",
                "也许",
                "大概",
                "应该",
                "好像",
                "算是",
                "几",
                "谁",
                "什么",
                "哪");
        WORDS.put(
                Word.DOUBT,
                "maybe",
                "perhaps",
                "not sure",
                "unsure",
                "i guess",
                "guess",
                "whatever",
                "if",
                "but",
                "unless",
                "depends",
                "it depends",
                "why",
                "why not",
                "how",
                "what",
                "when",
                "who",
                "which",
                "wait",
                "hold on",
                "think",
                "let me think",
                "i think so",
                "probably",
                "possibly",
                "or",
                "either",
                "can i",
                "could",
                "should",
                "would it");
    }

    private static final Set<String> NEGATORS =
            Set.of("不", "先不", "不是", "别", "不要", "不能", "不想", "没", "没有", "don't", "dont", "do not", "never", "i don't");

    /// What calls a dialog off, unless it is what the question asks for: at 确认取消订单吗 it means nothing behind a yes
    /// or a negation, and without one it is no answer.
    private static final Set<String> DEEDS = Set.of("取消", "cancel", "cancel it", "cancel that");

    private static final Pattern ASKS_TO_CANCEL = Pattern.compile(
            "^取消(?!后)|(?<!不)(确认|确定|要|是否)取消(?!后)|^cancel |(confirm|really|sure to|(?<!not )want to) cancel ");

    private static final int LONGEST_MATTER = 8;

    /// Reads an answer.
    public static YesNo of(String text) {
        return of(text, "");
    }

    /// Reads an answer to a question. Words that the question itself has mean nothing in the answer: 确认退货 confirms
    /// if the question was 确认退货吗, and so does 是的，取消 if it was 确认取消吗.
    public static YesNo of(String text, String question) {
        return new Reader(Folded.of(text), Folded.of(question)).read();
    }

    /// One reading of an answer.
    private static final class Reader {

        private final String text;
        private final String question;
        private YesNo result = UNCLEAR;
        /// The negator that the next word would stand under.
        private String negator = "";
        private boolean parted = true;
        /// Whether the deed that is asked for stands before, in the same clause.
        private boolean deed;

        Reader(String text, String question) {
            this.text = text;
            this.question = question;
        }

        YesNo read() {
            int at = 0;
            while (at < text.length()) {
                char c = text.charAt(at);
                if (Character.isWhitespace(c) || Character.getType(c) == Character.NON_SPACING_MARK) {
                    at++;
                    continue;
                }
                var found = WORDS.at(text, at);
                int end = found == null ? endOfMatter(at) : found.end();
                // What comes after the deed (取消后…) is no answer any more.
                if (end == at || deed && c == '后' || found != null && !take(found.meaning(), text.substring(at, end))) {
                    return UNCLEAR;
                }
                at = end;
            }
            return result;
        }

        /// Takes a word; false if all has become unclear.
        private boolean take(Word meaning, String word) {
            return switch (meaning) {
                case FILLER -> true;
                case PUNCTUATION -> {
                    parted = true;
                    deed = false;
                    negator = "";
                    yield true;
                }
                case DOUBT -> false;
                case YES -> yes();
                case NO, NOT -> isAskedDeed(word) ? deed() : no(word, meaning == Word.NOT || NEGATORS.contains(word));
            };
        }

        private boolean isAskedDeed(String word) {
            return DEEDS.contains(word) && ASKS_TO_CANCEL.matcher(question).find();
        }

        /// The deed itself, which is no answer unless a yes or a negation leads to it: 取消对吧 is none.
        private boolean deed() {
            deed = true;
            return result == YES || !negator.isEmpty();
        }

        private boolean yes() {
            parted = false;
            if (deed) {
                return false;
            }
            if (!negator.isEmpty()) {
                return true;
            }
            boolean plain = result != NO;
            result = YES;
            return plain;
        }

        private boolean no(String word, boolean negates) {
            boolean twice = !negator.isEmpty() && !negator.equals(word);
            boolean mixed = result == YES && !parted;
            result = NO;
            parted = false;
            negator = negates ? word : "";
            return !twice && !mixed;
        }

        /// Where words end that the question has too; of words in letters whole ones alone, whatever their length.
        private int endOfMatter(int at) {
            if (Folded.isCode(text.charAt(at))) {
                int end = at + 1;
                while (end < text.length() && Folded.isCode(text.charAt(end))) {
                    end++;
                }
                return isAsked(text.substring(at, end)) ? end : at;
            }
            for (int end = Math.min(text.length(), at + LONGEST_MATTER); end > at; end--) {
                if (question.contains(text.substring(at, end))) {
                    return end;
                }
            }
            return at;
        }

        private boolean isAsked(String word) {
            for (int at = question.indexOf(word); at >= 0; at = question.indexOf(word, at + 1)) {
                int end = at + word.length();
                if ((at == 0 || !Folded.isCode(question.charAt(at - 1)))
                        && (end == question.length() || !Folded.isCode(question.charAt(end)))) {
                    return true;
                }
            }
            return false;
        }
    }
}
