package io.xiaoer.bot.mining;

import io.xiaoer.bot.words.PlainText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Puts like questions together, each to the first group whose leading question it is like; the most asked lead.
/// Likeness
/// is the share of common pairs of characters of the plain forms (Dice).
final class Groups {

    private static final double ALIKE = 0.5;

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
    static List<Group> of(List<Unanswered> questions) {
        var groups = new ArrayList<Growing>();
        for (Unanswered question : questions) {
            var pairs = pairs(question.text());
            groups.stream()
                    .filter(group -> group.lead().language().equals(question.language())
                            && likeness(group.pairs(), pairs) >= ALIKE)
                    .findFirst()
                    .orElseGet(() -> {
                        var group = new Growing(pairs, new ArrayList<>());
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

    private record Growing(Set<Integer> pairs, List<Unanswered> questions) {

        Unanswered lead() {
            return questions.getFirst();
        }
    }

    private static double likeness(Set<Integer> one, Set<Integer> other) {
        var fewer = one.size() < other.size() ? one : other;
        var more = fewer == one ? other : one;
        long common = fewer.stream().filter(more::contains).count();
        return one.isEmpty() && other.isEmpty() ? 1 : 2.0 * common / (one.size() + other.size());
    }

    private static Set<Integer> pairs(String text) {
        String plain = PlainText.of(text);
        var pairs = new HashSet<Integer>();
        for (int i = 1; i < plain.length(); i++) {
            pairs.add(plain.charAt(i - 1) << 16 | plain.charAt(i));
        }
        return pairs;
    }
}
