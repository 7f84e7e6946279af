package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Reply;
import io.xiaoer.common.message.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One message that says something and asks something else in passing: 我要退货顺便问运费谁出.
///
/// @param main what is said
/// @param asked what is asked
/// @param marked whether words say that it is by the way
record Aside(String main, String asked, boolean marked) {

    private static final int MOST = 3;
    private static final int SHORTEST = 2;
    private static final Pattern MARK = Pattern.compile(
            "[\\s，,。.；;！!]*(?:顺便|顺带|(?<=[\\s，,。.；;！!])(?:另外|还有|对了|同时))(?:再|也|就是)?(?:想|请)?(?:问(?:一下|下|问)?)?[\\s，,：:]*"
                    + "|[\\s,.;!]*\\b(?:by the way|btw|also)\\b[\\s,:]*|[\\s,.;!]*\\band (?=(?:who|what|how|when|where|which|do|does|is|are|can|will)\\b)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern PAUSE = Pattern.compile("[，,。；;！!？?\\n]+\\s*|\\. +");

    /// The ways in which a text may be both, the likeliest first; none if it is not.
    static List<Aside> in(String text) {
        var found = new ArrayList<Aside>();
        var mark = MARK.matcher(text);
        if (mark.find()) {
            add(found, text.substring(0, mark.start()), text.substring(mark.end()), true);
        }
        var pause = PAUSE.matcher(text);
        while (found.size() < MOST && pause.find()) {
            // The sign that makes a question of what stands before it stays with it.
            add(found, text.substring(0, pause.end()), text.substring(pause.end()), false);
        }
        return found;
    }

    private static void add(List<Aside> found, String before, String after, boolean marked) {
        String first = before.strip();
        String second = after.strip();
        if (first.length() < SHORTEST || second.length() < SHORTEST) {
            return;
        }
        boolean asksFirst = Rewording.isQuestion(first);
        boolean asksThen = Rewording.isQuestion(second);
        if (!asksFirst && (asksThen || marked)) {
            found.add(new Aside(first, second, marked));
        } else if (asksFirst && !asksThen) {
            found.add(new Aside(second, first, marked));
        }
    }

    /// The question without what is asked in passing.
    Question without(Question question) {
        return question.saying(new Content.Text(main));
    }

    /// What the FAQ answers to what is asked in passing, null if it has nothing that is sure.
    ///
    /// @param about the title of the dialog that it is asked in
    @Nullable
    Reply answer(Question question, String about, Senses senses, Deadline deadline) {
        return senses.faq(question.saying(new Content.Text(asked)), about, deadline);
    }
}
