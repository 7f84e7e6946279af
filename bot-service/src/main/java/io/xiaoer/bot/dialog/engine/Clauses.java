package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.slots.Declines;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A wish that one clause of a message has, beside what is said about it: 把那双鞋退了，尺码小了. Looked at where
/// the message as a whole starts nothing: reason and wish together are near to more than either. Only a
/// clause that says that something is to be done is looked at, none that hangs on a condition, and no
/// message that asks something: what it asks would stay without an answer. Of two wishes for different
/// things neither is begun.
public final class Clauses {

    private static final int MOST = 4;
    private static final int SHORTEST = 2;
    private static final int LONGEST = 60;
    private static final Pattern COMPLAINT = Pattern.compile("(怎么|为什么|为啥|咋)(还|这么|又|一直|都)");
    private static final Pattern WISH = Pattern.compile(
            "要|想|帮|给我|申请|麻烦|退|换|取消|催|改|补|开.{0,4}票|\\b(want|need|like to|please|help|request|cancel|return|refund|send back|exchange|swap|replace|change|invoice)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern CONDITION = Pattern.compile("如果|要是|不然|否则|万一|再不|就|\\b(if|unless|or else|otherwise)\\b");

    /// Where another wish begins without a pause.
    private static final Pattern ANOTHER = Pattern.compile(
            "\\s{1,3}(?:and|then|plus|also|&)(?:\\s{1,3}(?:then|also|please|i|want|need|would|like|to)){0,6}\\s{1,3}(?=(?:cancel|return|refund|exchange|swap|replace|send back|change)\\b)"
                    + "|(?:然后|并且|接着|同时|另外|还要|还有|再)(?=[^，,。]{0,8}(?:退|换|取消|催|改|开))",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern LEAD = Pattern.compile(
            "^(?:(?:那就|那么|那|嗯+|好的?|哦|行|还是)[，,\\s]*)+[你您]?|^(?:(?:ok|okay|well|then|so|and)[,\\s]+)+",
            Pattern.CASE_INSENSITIVE);

    private Clauses() {}

    /// The two wishes of a text, at its pause or where none is made ("cancel my earbuds and return my
    /// shoes"); empty if there are not two.
    static List<String> two(String text) {
        var clauses = wishing(text);
        if (clauses.size() == 2) {
            return clauses;
        }
        var another = ANOTHER.matcher(text);
        if (!clauses.isEmpty() || Rewording.isQuestion(text) || !another.find() || another.start() == 0) {
            return List.of();
        }
        var two = List.of(text.substring(0, another.start()), text.substring(another.end()));
        return two.stream().allMatch(Clauses::mayWish) ? two : List.of();
    }

    /// A wish without what only goes on from what was said (那帮我催一下), null if it has nothing of the kind.
    static @Nullable String withoutLead(String text) {
        var lead = LEAD.matcher(text);
        String rest = lead.find() ? text.substring(lead.end()) : "";
        return mayWish(rest) && !Rewording.isQuestion(text) ? rest : null;
    }

    /// Whether words say that something is to be done.
    public static boolean isWish(String words) {
        return WISH.matcher(words).find();
    }

    /// The clauses of a text in which something may be wished.
    public static List<String> wishing(String text) {
        var clauses = Pauses.SIGNS.clauses(text);
        return clauses.size() < 2
                        || clauses.size() > MOST
                        || Rewording.isQuestion(COMPLAINT.matcher(text).replaceAll(""))
                ? List.of()
                : clauses.stream().filter(Clauses::mayWish).toList();
    }

    private static boolean mayWish(String clause) {
        return clause.length() >= SHORTEST
                && clause.length() <= LONGEST
                && isWish(clause)
                && !CONDITION.matcher(clause).find()
                && !Declines.something(clause);
    }

    /// The flow that clauses want, null if none is wanted, or several are.
    ///
    /// @param flow which flow some words start, null if none
    public static @Nullable String wanted(List<String> clauses, Function<String, @Nullable String> flow) {
        var wanted = new HashSet<String>();
        for (String clause : clauses) {
            String each = flow.apply(clause);
            if (each != null) {
                wanted.add(each);
            }
        }
        return wanted.size() == 1 ? wanted.iterator().next() : null;
    }
}
