package io.xiaoer.common.words;

import io.xiaoer.common.event.ShopSettings.SensitiveWords.Action;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What is in a text: the categories of its words, and the text with those masked that are to be.
///
/// @param masked the text itself if nothing is to be masked
/// @param categories a bit for each
record Findings(String masked, int categories) {

    private static final char MASK = '*';

    /// Reads a text that may hold words, in linear time.
    ///
    /// @param meant the patterns of built-in words that are let be
    /// @return null if each word in it means nothing where it stands
    static @Nullable Findings of(String text, WordList words, Set<String> meant) {
        var reading = new Reading(text);
        reading.read(BuiltIn.LEXICON, word -> !meant.contains(word.pattern()));
        reading.read(words.own(), word -> true);
        return reading.findings(words);
    }

    /// The patterns of the built-in words in a text, whatever stands around them.
    static Set<String> builtInWords(String text) {
        var patterns = new HashSet<String>();
        new Reading(text).read(BuiltIn.LEXICON, word -> {
            patterns.add(word.pattern());
            return false;
        });
        return patterns;
    }

    /// One pass over a text: its folded characters with their places, and the spans in which words stand.
    private static final class Reading {

        private final String text;
        private final char[] folded;
        private final int[] begin;
        private final int[] end;
        private int length;
        private Span[] spans = new Span[8];
        private int found;

        /// A word between two folded characters, both of them in it.
        private record Span(Word word, int from, int to) {}

        Reading(String text) {
            this.text = text;
            int most = text.length() * 2 + 1;
            folded = new char[most];
            begin = new int[most];
            end = new int[most];
            for (long step = Folding.next(text, Folding.FIRST); step != Folding.END; step = Folding.next(text, step)) {
                if (Folding.isApart(step)) {
                    folded[length++] = Folding.GAP;
                }
                begin[length] = Folding.begin(step);
                end[length] = Folding.end(step);
                folded[length++] = Folding.folded(step);
            }
            folded[length++] = Folding.GAP;
        }

        void read(Lexicon lexicon, Predicate<Word> counts) {
            int state = 0;
            for (int i = 0; i < length; i++) {
                state = lexicon.next(state, folded[i]);
                int last = i;
                lexicon.each(state, (word, size) -> {
                    if (counts.test(word)) {
                        add(word, last - size + 1, last);
                    }
                });
            }
        }

        private void add(Word word, int from, int to) {
            if (found == spans.length) {
                spans = Arrays.copyOf(spans, found * 2);
            }
            spans[found++] = new Span(
                    word, folded[from] == Folding.GAP ? from + 1 : from, folded[to] == Folding.GAP ? to - 1 : to);
        }

        @Nullable
        Findings findings(WordList words) {
            int[] allowedUpTo = allowedUpTo();
            char[] masked = null;
            int categories = 0;
            for (int i = 0; i < found; i++) {
                var span = spans[i];
                int category = span.word.category();
                if (span.word.isAllowed()
                        || words.action(category) == Action.OFF
                        || allowedUpTo[span.from] >= span.to) {
                    continue;
                }
                int behind = Accounts.endOf(span.word.account(), text, end[span.to]);
                if (behind < 0) {
                    continue;
                }
                categories |= 1 << category;
                if (words.action(category) == Action.MASK || words.action(category) == Action.BLOCK) {
                    masked = masked == null ? text.toCharArray() : masked;
                    Arrays.fill(masked, begin[span.from], behind, MASK);
                }
            }
            if (categories == 0) {
                return null;
            }
            return new Findings(masked == null ? text : new String(masked), categories);
        }

        /// For each folded character the farthest one up to which an allowed phrase goes that began there or before.
        private int[] allowedUpTo() {
            int[] upTo = new int[length];
            Arrays.fill(upTo, -1);
            for (int i = 0; i < found; i++) {
                if (spans[i].word.isAllowed()) {
                    upTo[spans[i].from] = Math.max(upTo[spans[i].from], spans[i].to);
                }
            }
            for (int i = 1; i < length; i++) {
                upTo[i] = Math.max(upTo[i], upTo[i - 1]);
            }
            return upTo;
        }
    }
}
