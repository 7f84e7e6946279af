package io.xiaoer.bot.understand;

import io.xiaoer.bot.faq.FaqCandidate.Field;
import io.xiaoer.bot.faq.FaqCopy;
import io.xiaoer.bot.faq.FaqEntry;
import io.xiaoer.bot.understand.vector.QuestionVectors;
import io.xiaoer.bot.words.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// All texts of a shop in one language that questions are compared with: of its FAQ, of its dialogs, and
/// of what no shop serves. Bounded: of a larger shop questions and the examples of dialogs come first,
/// then answers, then similar questions in their order. Of what no shop serves no more is learnt than of
/// all else, evenly taken, so that it does not outweigh a small shop.
///
/// @param rows examples first
record Rows(Language language, List<Owner> owners, List<Row> rows) {

    /// The most texts of a shop and language.
    static final int MOST = 40_000;

    /// What no shop serves is learnt from so many examples in any case.
    private static final int NOBODYS = 20;

    Rows {
        owners = List.copyOf(owners);
        rows = List.copyOf(rows);
    }

    /// Collects them.
    ///
    /// @param flows examples by the dialog's name
    static Rows of(Language language, FaqCopy copy, Map<String, List<String>> flows, List<String> nobody) {
        var collected = new Collected(language);
        int other = collected.owner(new Owner.Nobody());
        flows.forEach((name, examples) -> {
            int owner = collected.owner(new Owner.Flow(name, examples.isEmpty() ? name : examples.getFirst()));
            examples.forEach(text -> collected.question(owner, Field.QUESTION, text, language));
        });
        for (FaqEntry entry : copy.entries()) {
            collected.entry(entry);
        }
        collected.nobody(other, nobody);
        return collected.rows();
    }

    private static final class Collected {
        private final Language language;
        private final List<Owner> owners = new ArrayList<>();
        private final List<Row> questions = new ArrayList<>();
        private final List<Row> answers = new ArrayList<>();
        private final List<Row> similar = new ArrayList<>();

        Collected(Language language) {
            this.language = language;
        }

        int owner(Owner owner) {
            owners.add(owner);
            return owners.size() - 1;
        }

        /// An entry is an owner if any of its words are in this language.
        void entry(FaqEntry entry) {
            Language spoken = Language.ofTag(entry.locale());
            Language asked = Language.of(entry.question(), spoken);
            if (asked != language
                    && entry.similar().stream().noneMatch(text -> Language.of(text, spoken) == language)) {
                return;
            }
            int owner = owner(new Owner.Entry(entry));
            question(owner, Field.QUESTION, entry.question(), spoken);
            if (asked == language) {
                var whole = QuestionVectors.Key.of(entry.question() + "\n" + entry.answer(), spoken);
                var key = new QuestionVectors.Key(whole.text(), language);
                answers.add(new Row(owner, Field.ANSWER, entry.answer(), key, false));
            }
            entry.similar().forEach(text -> question(owner, Field.SIMILAR, text, spoken));
        }

        void question(int owner, Field field, String text, Language fallback) {
            var key = QuestionVectors.Key.of(text, fallback);
            if (key.language() == language) {
                (field == Field.SIMILAR ? similar : questions).add(new Row(owner, field, text, key, true));
            }
        }

        void nobody(int owner, List<String> texts) {
            int learnt = Math.min(texts.size(), Math.max(NOBODYS, questions.size() + similar.size()));
            for (int i = 0; i < texts.size(); i++) {
                var key = new QuestionVectors.Key(
                        QuestionVectors.Key.of(texts.get(i), language).text(), language);
                boolean example = (i + 1) * learnt / texts.size() > i * learnt / texts.size();
                (example ? questions : answers).add(new Row(owner, Field.QUESTION, texts.get(i), key, example));
            }
        }

        Rows rows() {
            var kept = new ArrayList<>(questions.subList(0, Math.min(questions.size(), MOST)));
            var passages = answers.subList(0, Math.min(answers.size(), MOST - kept.size()));
            kept.addAll(similar.subList(0, Math.min(similar.size(), MOST - kept.size() - passages.size())));
            kept.addAll(passages);
            return new Rows(language, owners, kept);
        }
    }
}
