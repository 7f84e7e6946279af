package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Reply;
import io.xiaoer.common.message.Content;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One message that says something and asks something else in passing: 我要退货顺便问运费谁出.
///
/// @param main what is said
/// @param asked what is asked
/// @param marked whether words say that it is by the way
public record Aside(String main, String asked, boolean marked) {

    private static final int MOST = 3;
    private static final int SHORTEST = 2;
    private static final Pattern MARK = Pattern.compile(
            "[\\s，,。.；;！!]*(?:顺便|顺带|(?<=[\\s，,。.；;！!])(?:另外|还有|对了|同时))(?:再|也|就是)?(?:想|请)?(?:问(?:一下|下|问)?)?[\\s，,：:]*"
                    + "|[\\s,.;!]*\\b(?:by the way|btw|also)\\b[\\s,:]*|[\\s,.;!]*\\band (?=(?:who|what|how|when|where|which|do|does|is|are|can|will)\\b)",
            Pattern.CASE_INSENSITIVE);

    /// The ways in which a text may be both, the likeliest first; none if it is not.
    static List<Aside> in(String text) {
        return ways(text).flatMap(Aside::told).limit(MOST).toList();
    }

    /// The ways in which a text falls into what is said first and what is said then, the likeliest first. Which of the
    /// two is by the way is not looked at: `main` is what comes first.
    public static Stream<Aside> ways(String text) {
        var mark = MARK.matcher(text);
        var marked = mark.find()
                ? Stream.of(new Aside(text.substring(0, mark.start()), text.substring(mark.end()), true))
                : Stream.<Aside>empty();
        // The sign that makes a question of what stands before it stays with it.
        var parted = Pauses.SIGNS
                .in(text)
                .map(pause -> new Aside(text.substring(0, pause.end()), text.substring(pause.end()), false));
        return Stream.concat(marked, parted)
                .map(way -> new Aside(way.main.strip(), way.asked.strip(), way.marked))
                .filter(way -> way.main.length() >= SHORTEST && way.asked.length() >= SHORTEST);
    }

    /// The other way round.
    public Aside turned() {
        return new Aside(asked, main, marked);
    }

    /// Whether each of the two asks something.
    public boolean asksTwice() {
        return Rewording.isQuestion(main) && Rewording.isQuestion(asked);
    }

    /// Tells by what is a question which of the two is by the way.
    private Stream<Aside> told() {
        boolean asksFirst = Rewording.isQuestion(main);
        boolean asksThen = Rewording.isQuestion(asked);
        if (!asksFirst && (asksThen || marked)) {
            return Stream.of(this);
        }
        return asksFirst && !asksThen ? Stream.of(turned()) : Stream.empty();
    }

    /// The question without what is asked in passing.
    public Question without(Question question) {
        return question.saying(new Content.Text(main));
    }

    /// What the FAQ answers to what is asked in passing, null if it has nothing that is sure.
    ///
    /// @param about the title of the dialog that it is asked in
    public @Nullable Reply answer(Question question, String about, Senses senses, Deadline deadline) {
        return senses.faq(question.saying(new Content.Text(asked)), about, deadline);
    }
}
