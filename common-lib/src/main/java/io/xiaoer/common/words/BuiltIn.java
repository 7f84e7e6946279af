package io.xiaoer.common.words;

import io.xiaoer.common.event.ShopSettings.SensitiveWords.Action;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// The built-in list, read from `words/built-in.txt` once.
final class BuiltIn {

    /// Its categories with what becomes of their words, unless a shop says otherwise.
    static final List<Category> CATEGORIES;

    /// Its words, in the order of their categories.
    static final List<Word> WORDS;

    /// What finds them.
    static final Lexicon LEXICON;

    private static final Pattern HEAD = Pattern.compile("\\[([a-z]+)( (off|log|flag|mask|block))?( hand-off)?]");

    static {
        var categories = new ArrayList<Category>();
        var words = new ArrayList<Word>();
        read(categories, words);
        CATEGORIES = List.copyOf(categories);
        WORDS = List.copyOf(words);
        LEXICON = new Lexicon(WORDS);
    }

    private BuiltIn() {}

    /// A category of the list.
    record Category(String name, Action action, boolean handOff) {}

    private static void read(List<Category> categories, List<Word> words) {
        int category = Word.ALLOWED;
        for (String line : lines()) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            var head = HEAD.matcher(line);
            if (!head.matches()) {
                words.add(Word.of(category, line));
            } else if (head.group(2) == null) {
                category = Word.ALLOWED;
            } else {
                category = categories.size();
                categories.add(new Category(
                        head.group(1), Action.valueOf(head.group(3).toUpperCase(Locale.ROOT)), head.group(4) != null));
            }
        }
    }

    private static List<String> lines() {
        try (InputStream in = BuiltIn.class.getResourceAsStream("/words/built-in.txt")) {
            if (in == null) {
                throw new IllegalStateException("words/built-in.txt is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
