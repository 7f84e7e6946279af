package io.xiaoer.bot.slots;

import io.xiaoer.bot.slots.Token.Kind;
import java.util.List;

/// A place among the words of a text. Rules look ahead a bounded number of words and put it back when they fail.
final class TimeCursor {

    private final List<Token> tokens;
    private final Token end;
    private int at;

    TimeCursor(List<Token> tokens) {
        this.tokens = tokens;
        int length = tokens.isEmpty() ? 0 : tokens.getLast().end();
        this.end = new Token(Kind.OTHER, 0, 0, length, length);
    }

    boolean atEnd() {
        return at >= tokens.size();
    }

    /// The word so far ahead; behind the last one a word of no meaning.
    Token peek(int ahead) {
        int index = at + ahead;
        return index >= 0 && index < tokens.size() ? tokens.get(index) : end;
    }

    Token take() {
        var token = peek(0);
        at++;
        return token;
    }

    boolean is(Kind kind) {
        return peek(0).is(kind);
    }

    boolean is(int ahead, Kind kind) {
        return peek(ahead).is(kind);
    }

    /// Whether the word so far ahead is this unit.
    boolean isUnit(int ahead, TimeUnit unit) {
        return is(ahead, Kind.UNIT) && peek(ahead).value() == unit.ordinal()
                || unit == TimeUnit.DAY
                        && is(ahead, Kind.DAY_MARK)
                        && peek(ahead).value() == 1;
    }

    /// Steps over a word of this kind if it stands here.
    boolean skip(Kind kind) {
        if (!is(kind)) {
            return false;
        }
        at++;
        return true;
    }

    int place() {
        return at;
    }

    void backTo(int place) {
        at = place;
    }
}
