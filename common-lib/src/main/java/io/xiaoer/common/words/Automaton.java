package io.xiaoer.common.words;

import com.hankcs.algorithm.AhoCorasickDoubleArrayTrie;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds many words at once in a folded text, given character by character. Characters are numbered in the order of
/// their first word, so that a list of some hundred words takes some ten kilobytes and not a table of all Unicode.
/// Building it takes some milliseconds and megabytes for a moment; it never changes afterwards.
final class Automaton {

    /// Where every walk begins, and where a character that is in no word leads.
    static final int ROOT = 0;

    private final Trie trie;
    private final char[] keys;
    private final char[] codes;

    /// @param words folded, none empty, at least one
    Automaton(SortedMap<String, Integer> words) {
        var letters = new TreeSet<Character>();
        words.keySet().forEach(word -> word.chars().forEach(c -> letters.add((char) c)));
        int size = Integer.highestOneBit(letters.size()) * 4;
        keys = new char[size];
        codes = new char[size];
        char code = 0;
        for (char letter : letters) {
            int slot = slot(letter);
            keys[slot] = letter;
            codes[slot] = ++code;
        }
        var encoded = new TreeMap<String, Integer>();
        words.forEach((word, value) -> {
            var key = new StringBuilder(word.length());
            word.chars().forEach(c -> key.append((char) code((char) c)));
            encoded.put(key.toString(), value);
        });
        trie = new Trie(encoded, code);
    }

    /// The state after one more character.
    int next(int state, char folded) {
        int code = code(folded);
        return code == 0 ? ROOT : trie.next(state, code);
    }

    /// The words that end at a state as they are numbered here, null if none does.
    int @Nullable [] ends(int state) {
        return trie.ends(state);
    }

    /// The value of a word by its number here.
    int value(int word) {
        return trie.get(word);
    }

    /// The length of a word by its number here.
    int length(int word) {
        return trie.length(word);
    }

    private int code(char folded) {
        int slot = slot(folded);
        return keys[slot] == folded ? codes[slot] : 0;
    }

    /// Where a character stands, or would stand.
    private int slot(char folded) {
        int slot = (folded * 0x9E3779B1 >>> 16) & (keys.length - 1);
        while (codes[slot] != 0 && keys[slot] != folded) {
            slot = slot + 1 & (keys.length - 1);
        }
        return slot;
    }

    /// The library's trie, walked a character at a time and cut to the size that it needs.
    @SuppressWarnings("serial")
    private static final class Trie extends AhoCorasickDoubleArrayTrie<Integer> {

        Trie(SortedMap<String, Integer> words, int letters) {
            build(words);
            int most = size + letters + 2;
            base = Arrays.copyOf(base, most);
            check = Arrays.copyOf(check, most);
        }

        int next(int state, int code) {
            int at = state;
            while (true) {
                int below = base[at];
                int child = below + code + 1;
                if (check[child] == below) {
                    return child;
                }
                if (at == ROOT) {
                    return ROOT;
                }
                at = fail[at];
            }
        }

        int @Nullable [] ends(int state) {
            return output[state];
        }

        int length(int word) {
            return l[word];
        }
    }
}
