package io.xiaoer.bot.understand.vector;

import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.common.json.PlainJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Cuts a text into the pieces of a model's vocabulary, as the reference tokenizer of BERT does: white space parts
/// words, each Han character and each punctuation mark is a word of its own, accents and case are folded if the
/// model wants it, and a word is the longest pieces that follow each other. The names of special pieces in a text are
/// ordinary words.
final class WordPiece {

    private static final int LONGEST_WORD = 100;

    private final Map<String, Integer> pieces;
    private final boolean folding;
    private final int longestPiece;
    private final int unknown;
    private final int start;
    private final int end;

    private WordPiece(Map<String, Integer> pieces, boolean folding) {
        this.pieces = pieces;
        this.folding = folding;
        this.longestPiece =
                pieces.keySet().stream().mapToInt(String::length).max().orElse(0);
        this.unknown = special("[UNK]");
        this.start = special("[CLS]");
        this.end = special("[SEP]");
    }

    private int special(String piece) {
        Integer id = pieces.get(piece);
        if (id == null) {
            throw new IllegalArgumentException("the vocabulary lacks " + piece);
        }
        return id;
    }

    /// Reads the vocabulary of a `tokenizer.json`.
    static WordPiece read(InputStream json) throws IOException {
        JSONObject file = PlainJson.object(new String(json.readAllBytes(), StandardCharsets.UTF_8));
        JSONObject normalizer = file.getJSONObject("normalizer");
        JSONObject model = file.getJSONObject("model");
        if (!"BertNormalizer".equals(normalizer.getString("type"))
                || !normalizer.getBooleanValue("clean_text")
                || !normalizer.getBooleanValue("handle_chinese_chars")
                || normalizer.get("strip_accents") != null) {
            throw new IllegalArgumentException("a tokenizer of another kind");
        }
        var pieces = new HashMap<String, Integer>();
        model.getJSONObject("vocab").forEach((piece, id) -> pieces.put(piece, ((Number) id).intValue()));
        return new WordPiece(pieces, normalizer.getBooleanValue("lowercase"));
    }

    /// The numbers of a text's pieces between those of start and end.
    ///
    /// @param most as many numbers at most, start and end included
    int[] cut(String text, int most) {
        var cut = new Cut(most - 1);
        cut.add(start);
        String folded = folding ? Normalizer.normalize(text, Normalizer.Form.NFD) : text;
        var word = new StringBuilder();
        for (int i = 0; i < folded.length() && !cut.isFull(); ) {
            int point = folded.codePointAt(i);
            i += Character.charCount(point);
            if (isSpace(point)) {
                flush(word, cut);
            } else if (isHan(point) || isPunctuation(point)) {
                flush(word, cut);
                word.appendCodePoint(point);
                flush(word, cut);
            } else if (!isDropped(point)) {
                word.appendCodePoint(folding ? Character.toLowerCase(point) : point);
            }
        }
        flush(word, cut);
        return cut.closed(end);
    }

    private void flush(StringBuilder word, Cut cut) {
        if (!word.isEmpty()) {
            addPieces(word.toString(), cut);
            word.setLength(0);
        }
    }

    private void addPieces(String word, Cut cut) {
        if (word.codePointCount(0, word.length()) > LONGEST_WORD) {
            cut.add(unknown);
            return;
        }
        int before = cut.size;
        for (int from = 0; from < word.length(); ) {
            int to = Math.min(word.length(), from + longestPiece);
            Integer id = null;
            while (to > from && id == null) {
                id = pieces.get(from == 0 ? word.substring(0, to) : "##" + word.substring(from, to));
                to = id == null ? to - 1 : to;
            }
            if (id == null) {
                cut.size = before;
                cut.add(unknown);
                return;
            }
            cut.add(id);
            from = to;
        }
    }

    private static boolean isSpace(int point) {
        return Character.isSpaceChar(point) || point == '\t' || point == '\n' || point == '\r';
    }

    private boolean isDropped(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            case Character.NON_SPACING_MARK -> folding;
            case Character.OTHER_SYMBOL -> point == 0xFFFD;
            default -> false;
        };
    }

    private static boolean isPunctuation(int point) {
        if (point < 128) {
            return point > ' ' && point < 127 && !Character.isLetterOrDigit(point);
        }
        return switch (Character.getType(point)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }

    private static boolean isHan(int point) {
        return within(point, 0x4E00, 0x9FFF)
                || within(point, 0x3400, 0x4DBF)
                || within(point, 0xF900, 0xFAFF)
                || within(point, 0x20000, 0x2A6DF)
                || within(point, 0x2A700, 0x2B81F)
                || within(point, 0x2B920, 0x2CEAF)
                || within(point, 0x2F800, 0x2FA1F);
    }

    private static boolean within(int point, int first, int last) {
        return point >= first && point <= last;
    }

    /// The numbers so far, up to a limit.
    private static final class Cut {
        private final int limit;
        private int[] numbers = new int[32];
        private int size;

        Cut(int limit) {
            this.limit = limit;
        }

        boolean isFull() {
            return size >= limit;
        }

        void add(int number) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, size * 2);
            }
            numbers[size++] = number;
        }

        int[] closed(int end) {
            size = Math.min(size, limit);
            add(end);
            return Arrays.copyOf(numbers, size);
        }
    }
}
