package io.xiaoer.common.words;

import io.xiaoer.common.event.ShopSettings.SensitiveWords;
import io.xiaoer.common.event.ShopSettings.SensitiveWords.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All words of one shop: the built-in ones and its own, with what becomes of each category. Never changes.
final class WordList {

    /// What holds for a shop that has set nothing.
    static final WordList BUILT_IN = new WordList(0, SensitiveWords.NONE);

    private static final String OWN = "own";

    private final long version;
    private final List<BuiltIn.Category> categories;
    private final Lexicon own;
    private final int off;

    /// @param version of the settings
    WordList(long version, SensitiveWords settings) {
        this.version = version;
        var all = new ArrayList<>(BuiltIn.CATEGORIES);
        var words = new ArrayList<Word>();
        for (var category : settings.categories()) {
            int number = numberOf(category.name(), all);
            var told = new BuiltIn.Category(category.name(), category.action(), category.handOff());
            if (number < 0) {
                number = all.size();
                all.add(told);
            } else {
                all.set(number, told);
            }
            for (String word : category.words()) {
                words.add(Word.plain(number, word));
            }
        }
        settings.allowed().forEach(word -> words.add(Word.plain(Word.ALLOWED, word)));
        categories = List.copyOf(all);
        own = words.isEmpty() ? Lexicon.EMPTY : new Lexicon(words);
        off = numbers(categories, Action.OFF);
    }

    long version() {
        return version;
    }

    /// Looks a text over.
    ///
    /// @return null if no word is in it, which costs no allocation
    @Nullable
    Findings look(String text) {
        return look(text, Set.of());
    }

    /// Looks a text over, in which some built-in words are the shop's own.
    ///
    /// @param meant the patterns of those
    @Nullable
    Findings look(String text, Set<String> meant) {
        return mayHold(text) ? Findings.of(text, this, meant) : null;
    }

    /// Whether some word is in a text, be it one that means nothing where it stands.
    boolean mayHold(String text) {
        var builtIn = BuiltIn.LEXICON;
        int known = 0;
        int told = 0;
        for (long step = Folding.next(text, Folding.FIRST); step != Folding.END; step = Folding.next(text, step)) {
            if (Folding.isApart(step)) {
                known = builtIn.next(known, Folding.GAP);
                told = own.next(told, Folding.GAP);
                if (builtIn.ends(known, off) || own.ends(told, off)) {
                    return true;
                }
            }
            known = builtIn.next(known, Folding.folded(step));
            told = own.next(told, Folding.folded(step));
            if (builtIn.ends(known, off) || own.ends(told, off)) {
                return true;
            }
        }
        return builtIn.ends(builtIn.next(known, Folding.GAP), off) || own.ends(own.next(told, Folding.GAP), off);
    }

    /// The shop's own words.
    Lexicon own() {
        return own;
    }

    Action action(int category) {
        return categories.get(category).action();
    }

    /// Whether a person takes over what touches one of these categories.
    boolean handsOff(int found) {
        for (int i = 0; i < categories.size(); i++) {
            if ((found >>> i & 1) != 0 && categories.get(i).handOff()) {
                return true;
            }
        }
        return false;
    }

    /// Whether one of these categories is to be refused.
    boolean refuses(int found) {
        return (found & numbers(categories, Action.BLOCK)) != 0;
    }

    /// The names of those of these categories that agents are told of.
    List<String> flags(int found) {
        int flagged = found & numbers(categories, Action.FLAG);
        if (flagged == 0) {
            return List.of();
        }
        var names = new ArrayList<String>(Integer.bitCount(flagged));
        for (int i = 0; i < categories.size(); i++) {
            if ((flagged >>> i & 1) != 0) {
                names.add(categories.get(i).name());
            }
        }
        return names;
    }

    /// Takes a category with the name that figures know it by.
    interface Told {
        void tell(String name, String known, Action action);
    }

    /// Tells of each of these categories; those that a shop has made are known as `own`.
    void each(int found, Told told) {
        for (int i = 0; i < categories.size(); i++) {
            if ((found >>> i & 1) != 0) {
                var category = categories.get(i);
                told.tell(category.name(), i < BuiltIn.CATEGORIES.size() ? category.name() : OWN, category.action());
            }
        }
    }

    private static int numberOf(String name, List<BuiltIn.Category> categories) {
        for (int i = 0; i < categories.size(); i++) {
            if (categories.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static int numbers(List<BuiltIn.Category> categories, Action action) {
        int numbers = 0;
        for (int i = 0; i < categories.size(); i++) {
            if (categories.get(i).action() == action) {
                numbers |= 1 << i;
            }
        }
        return numbers;
    }
}
