package io.xiaoer.bot.dialog.flow;

import io.xiaoer.bot.dialog.expression.Template;
import io.xiaoer.bot.words.Language;

/// Words in both languages.
public record Phrase(Template zh, Template en) {

    /// The words in a language.
    public Template in(Language language) {
        return switch (language) {
            case ZH -> zh;
            case EN -> en;
        };
    }
}
