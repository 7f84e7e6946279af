package io.xiaoer.bot.generate;

import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.words.WordFilter;

/// Gathers what is written into pieces worth a frame: up to the end of a clause, so that words that the shop's lists
/// forbid are masked whole.
final class PreviewPieces {

    private static final String ENDS = "，。！？；,.!?;\n";
    private static final int LONGEST = 60;

    private final Question question;
    private final Previews previews;
    private final WordFilter words;
    private final StringBuilder waiting = new StringBuilder();

    PreviewPieces(Question question, Previews previews, WordFilter words) {
        this.question = question;
        this.previews = previews;
        this.words = words;
    }

    /// Takes what is new.
    void add(String text) {
        waiting.append(text);
        int end = waiting.length();
        while (end > 0 && ENDS.indexOf(waiting.charAt(end - 1)) < 0) {
            end--;
        }
        if (end > 0 || waiting.length() >= LONGEST) {
            show(end > 0 ? end : waiting.length());
        }
    }

    /// Shows the rest.
    void end() {
        if (!waiting.isEmpty()) {
            show(waiting.length());
        }
    }

    private void show(int end) {
        previews.show(question, words.mask(question.shop(), waiting.substring(0, end)));
        waiting.delete(0, end);
    }
}
