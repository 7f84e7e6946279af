package io.xiaoer.bot.mining;

import io.xiaoer.bot.understand.vector.Packed;
import io.xiaoer.bot.words.Language;
import io.xiaoer.common.text.PlainText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Puts like questions together, each to the first group whose leading question it is like; the most asked lead. Alike
/// are those that mean about the same, and those that share half of their pairs of neighbouring characters (Dice).
final class Groups {

    private static final double SAME_PAIRS = 0.5;

    private Groups() {}

    /// Questions that want one answer.
    ///
    /// @param questions the leading one first
    record Group(List<Unanswered> questions) {

        Unanswered lead() {
            return questions.getFirst();
        }

        long asked() {
            return questions.stream().mapToLong(Unanswered::asked).sum();
        }
    }

    /// @param questions the most asked first
    /// @param meanings the vector of a question, null if it is not to be had
    static List<Group> of(List<Unanswered> questions, Function<Unanswered, long @Nullable []> meanings) {
        var groups = new ArrayList<Growing>();
        for (Unanswered question : questions) {
            var traits = Traits.of(question, meanings.apply(question));
            groups.stream()
                    .filter(group -> group.lead().isLike(traits))
                    .findFirst()
                    .orElseGet(() -> {
                        var group = new Growing(traits, new ArrayList<>());
                        groups.add(group);
                        return group;
                    })
                    .questions()
                    .add(question);
        }
        return groups.stream()
                .map(group -> new Group(List.copyOf(group.questions())))
                .sorted((one, other) -> Long.compare(other.asked(), one.asked()))
                .toList();
    }

    private record Growing(Traits lead, List<Unanswered> questions) {}

    /// What a question is compared by.
    ///
    /// @param answered the language it is to be answered in
    /// @param written the language it is written in
    /// @param pairs of neighbouring characters of its plain form
    /// @param turned what it means, the other way round
    @SuppressWarnings("ArrayRecordComponent")
    private record Traits(
            String answered,
            Language written,
            Set<Integer> pairs,
            long @Nullable [] meaning,
            long @Nullable [] turned) {

        static Traits of(Unanswered question, long @Nullable [] meaning) {
            String plain = PlainText.of(question.text());
            var pairs = new HashSet<Integer>();
            for (int i = 1; i < plain.length(); i++) {
                pairs.add(plain.charAt(i - 1) << 16 | plain.charAt(i));
            }
            var written = Language.of(question.text(), Language.ofTag(question.language()));
            return new Traits(
                    question.language(), written, pairs, meaning, meaning == null ? null : Packed.turned(meaning));
        }

        boolean isLike(Traits other) {
            return answered.equals(other.answered)
                    && written == other.written
                    && (meansTheSame(other) || sharesWords(other));
        }

        private boolean meansTheSame(Traits other) {
            return turned != null
                    && other.meaning != null
                    && Packed.cosine(turned, other.meaning) >= sameMeaning(written);
        }

        /// From this cosine on more pairs of questions want one answer than not; cosines are higher in English.
        private static double sameMeaning(Language language) {
            return switch (language) {
                case ZH -> 0.72;
                case EN -> 0.80;
            };
        }

        private boolean sharesWords(Traits other) {
            var fewer = pairs.size() < other.pairs.size() ? pairs : other.pairs;
            var more = fewer == pairs ? other.pairs : pairs;
            int common = 0;
            for (Integer pair : fewer) {
                common += more.contains(pair) ? 1 : 0;
            }
            return pairs.isEmpty() && other.pairs.isEmpty()
                    || 2.0 * common >= SAME_PAIRS * (pairs.size() + other.pairs.size());
        }
    }
}
