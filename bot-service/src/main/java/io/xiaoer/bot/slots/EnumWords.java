package io.xiaoer.bot.slots;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which of several values a text says, each value having its words: 质量问题, 坏了 and defective for QUALITY.
public final class EnumWords {

    private static final int LOOSE_FROM = 4;
    private static final int LOOSE_GAP = 2;
    private static final List<String> DENIALS = List.of("不是", "并非", "没有", "not ", "isn't ", "wasn't ");
    private static final List<String> PRAISES =
            List.of("没问题", "没有问题", "没啥问题", "没什么问题", "没毛病", "没有毛病", "不错", "很好", "挺好");
    private static final Pattern COMPLAINT = Pattern.compile("问题|毛病|瑕疵|不|坏|破|错");
    private static final String NEGATIONS = "没不无未非";

    private EnumWords() {}

    /// The place where a value is said.
    private record Said(String value, int start, int end) {

        boolean isWithin(Said other) {
            return !value.equals(other.value)
                    && start >= other.start
                    && end <= other.end
                    && end - start < other.end - other.start;
        }
    }

    /// The value; null if the text says none, or several. What lies within longer words of another value is not said,
    /// nor what is denied (不是质量问题), nor a complaint that is none (质量没问题).
    ///
    /// @param values the words of each value
    public static @Nullable String of(String text, Map<String, List<String>> values) {
        String folded = Folded.of(text);
        var said = new ArrayList<Said>();
        values.forEach((value, words) -> {
            if (folded.strip().equals(Folded.of(value))) {
                said.add(new Said(value, 0, folded.length()));
            }
            boolean complaint =
                    words.stream().anyMatch(word -> COMPLAINT.matcher(word).find());
            words.stream()
                    .map(word -> Folded.of(word).strip())
                    .flatMap(word -> Stream.of(word, word.replace("'", "")).distinct())
                    .forEach(word -> find(folded, value, word, complaint, said));
        });
        var meant = said.stream()
                .filter(each -> said.stream().noneMatch(each::isWithin))
                .map(Said::value)
                .distinct()
                .toList();
        return meant.size() == 1 ? meant.getFirst() : null;
    }

    /// Adds the first place where a word is said.
    private static void find(String folded, String value, String word, boolean complaint, List<Said> said) {
        if (word.isEmpty()) {
            return;
        }
        for (int at = folded.indexOf(word.charAt(0)); at >= 0; at = folded.indexOf(word.charAt(0), at + 1)) {
            int end = endOf(folded, at, word);
            if (end > 0
                    && isWhole(folded, at, end)
                    && !isDenied(folded, at)
                    && !(complaint && isPraised(folded, end))) {
                said.add(new Said(value, at, end));
                return;
            }
        }
    }

    /// Where the word ends that begins at a place, 0 if it does not; within a longer Chinese word a character or two
    /// may stand, unless it says the opposite: 尺码不太合适, not 质量没问题.
    private static int endOf(String folded, int at, String word) {
        if (folded.startsWith(word, at)) {
            return at + word.length();
        }
        if (word.length() < LOOSE_FROM || word.charAt(0) < 0x80) {
            return 0;
        }
        int matched = 0;
        int end = at;
        int most = Math.min(folded.length(), at + word.length() + LOOSE_GAP);
        while (end < most && matched < word.length()) {
            if (folded.charAt(end) == word.charAt(matched)) {
                matched++;
            } else if (NEGATIONS.indexOf(folded.charAt(end)) >= 0) {
                return 0;
            }
            end++;
        }
        return matched == word.length() ? end : 0;
    }

    private static boolean isWhole(String folded, int at, int end) {
        boolean begins = at == 0 || !Folded.isCode(folded.charAt(at)) || !Folded.isCode(folded.charAt(at - 1));
        boolean ends =
                end == folded.length() || !Folded.isCode(folded.charAt(end - 1)) || !Folded.isCode(folded.charAt(end));
        return begins && ends;
    }

    private static boolean isPraised(String folded, int end) {
        return PRAISES.stream().anyMatch(praise -> folded.startsWith(praise, end));
    }

    private static boolean isDenied(String folded, int at) {
        return DENIALS.stream()
                .anyMatch(denial -> folded.startsWith(denial, at - denial.length())
                        && !(denial.equals("不是") && at > 2 && folded.charAt(at - 3) == '是'));
    }
}
