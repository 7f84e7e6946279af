package io.xiaoer.bot.dialog.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where a message pauses: at the signs between its clauses, not at those within a figure (1,299 and 3.5
/// are one), and where spaces do the work of signs (第二个 太小了) at those too.
enum Pauses {
    /// At signs alone.
    SIGNS(""),
    /// At signs, and at spaces beside a Han character.
    SIGNS_AND_SPACES("|(?<=\\p{IsHan})\\s+|\\s+(?=\\p{IsHan})");

    private static final Pattern ASKS = Pattern.compile("[？?]");

    private final Pattern pattern;

    /// @param more at what else, an alternative of the pattern
    Pauses(String more) {
        this.pattern = Pattern.compile("(?:[，。；;！!？?\\n]|,(?!(?<=[0-9],)[0-9]{3}(?![0-9])))+\\s*|\\. +" + more);
    }

    /// The pauses of a text, in their order.
    Stream<MatchResult> in(String text) {
        return pattern.matcher(text).results();
    }

    /// What stands between the pauses of a text. The sign that makes a question of a clause stays with it.
    List<String> clauses(String text) {
        var clauses = new ArrayList<String>();
        int from = 0;
        for (MatchResult pause : in(text).toList()) {
            boolean asks = ASKS.matcher(pause.group()).find();
            clauses.add(text.substring(from, pause.start()) + (asks ? "？" : ""));
            from = pause.end();
        }
        clauses.add(text.substring(from));
        return clauses.stream().filter(clause -> !clause.isBlank()).toList();
    }
}
