package io.xiaoer.common.words;

import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Words and the automaton that finds them. Of two equal words the first counts.
final class Lexicon {

    /// No words.
    static final Lexicon EMPTY = new Lexicon(List.of());

    private final Word[] words;
    private final @Nullable Automaton automaton;

    Lexicon(List<Word> words) {
        this.words = words.toArray(Word[]::new);
        var byPattern = new TreeMap<String, Integer>();
        for (int i = 0; i < this.words.length; i++) {
            String pattern = this.words[i].pattern();
            if (!pattern.isBlank()) {
                byPattern.putIfAbsent(pattern, i);
            }
        }
        automaton = byPattern.isEmpty() ? null : new Automaton(byPattern);
    }

    /// The state after one more character; 0 before the first.
    int next(int state, char folded) {
        return automaton == null ? Automaton.ROOT : automaton.next(state, folded);
    }

    /// Whether a word ends at a state that is not one to be let pass.
    boolean ends(int state, int offCategories) {
        if (state == Automaton.ROOT || automaton == null) {
            return false;
        }
        int[] ends = automaton.ends(state);
        if (ends == null) {
            return false;
        }
        for (int end : ends) {
            int category = words[automaton.value(end)].category();
            if (category != Word.ALLOWED && (offCategories >>> category & 1) == 0) {
                return true;
            }
        }
        return false;
    }

    /// Takes the words that end at a state.
    interface Ends {

        /// @param length of the word in folded characters
        void take(Word word, int length);
    }

    /// Gives all words that end at a state.
    void each(int state, Ends ends) {
        int[] all = automaton == null ? null : automaton.ends(state);
        if (all != null && automaton != null) {
            for (int end : all) {
                ends.take(words[automaton.value(end)], automaton.length(end));
            }
        }
    }
}
