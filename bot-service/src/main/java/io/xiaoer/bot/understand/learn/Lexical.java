package io.xiaoer.bot.understand.learn;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// BM25 over single Han characters and whole words of other scripts, without stop words. It tells apart
/// what means nearly the same; what a text means it does not know.
public final class Lexical {

    private static final double SATURATION = 1.2;
    private static final double LENGTH = 0.75;

    private final Map<String, Integer> documents = new HashMap<>();
    private final int count;
    private final double averageLength;

    /// @param texts the documents
    public Lexical(Collection<String> texts) {
        long length = 0;
        for (String text : texts) {
            var tokens = tokens(text);
            length += tokens.size();
            new HashSet<>(tokens).forEach(token -> documents.merge(token, 1, Integer::sum));
        }
        this.count = texts.size();
        this.averageLength = Math.max(1, (double) length / Math.max(1, count));
    }

    /// How well a document fits a question; comparable for one question alone.
    public double score(String question, String document) {
        var tokens = tokens(document);
        var frequencies = new HashMap<String, Integer>();
        tokens.forEach(token -> frequencies.merge(token, 1, Integer::sum));
        double norm = SATURATION * (1 - LENGTH + LENGTH * tokens.size() / averageLength);
        double score = 0;
        for (String token : new HashSet<>(tokens(question))) {
            int frequency = frequencies.getOrDefault(token, 0);
            if (frequency > 0) {
                int among = documents.getOrDefault(token, 0);
                double rarity = Math.log(1 + (count - among + 0.5) / (among + 0.5));
                score += rarity * frequency * (SATURATION + 1) / (frequency + norm);
            }
        }
        return score;
    }

    /// The words of a text: each Han character, each run of other letters and digits.
    static List<String> tokens(String text) {
        var tokens = new ArrayList<String>();
        var word = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            boolean han = Character.UnicodeScript.of(point) == Character.UnicodeScript.HAN;
            if (!han && Character.isLetterOrDigit(point)) {
                word.appendCodePoint(Character.toLowerCase(point));
                continue;
            }
            flush(word, tokens);
            if (han) {
                tokens.add(Character.toString(point));
            }
        }
        flush(word, tokens);
        return tokens;
    }

    private static void flush(StringBuilder word, List<String> tokens) {
        if (!word.isEmpty()) {
            tokens.add(word.toString());
            word.setLength(0);
        }
    }
}
