package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.slots.ItemWords;
import io.xiaoer.bot.slots.OrderNumbers;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Role;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The order that words point at without naming any (这个我要退, "return it"): the one whose card was shown
/// last, or whose number was told. A few words alone, since in more of them *it* may be anything. Words
/// that go on about it without pointing (那帮我催一下) are about what was said right before them.
final class Pointing {

    private static final int LONGEST = 40;
    /// How many of the messages before are looked at.
    private static final int MOST = 4;
    private static final Pattern POINTS = Pattern.compile(
            "[这那]一?[个单笔]?订单|([这那]一?[个单笔件双条款台只]|它)(?=$|[我要想不退换取催开也都给帮就能可吧了呢,，。!！ ])|\\b(it|this|that)( one| order)?\\b",
            Pattern.CASE_INSENSITIVE);

    /// What goes on about what was just shown, without pointing at it: 那帮我催一下, 那退了吧, "then cancel
    /// please".
    private static final Pattern GOES_ON = Pattern.compile(
            "^(那|那就|那么|那你|那我|那麻烦|那请)(?=[就你我帮给请麻烦想要先快]{0,6}(催|退|换|取消|撤|改|开|不要了))|^(ok |okay |well )?(then|so) (?=.{0,12}\\b(cancel|return|refund|exchange|rush|urge)\\b)|^(cancel|return|refund|exchange|rush) then[.! ]*$",
            Pattern.CASE_INSENSITIVE);

    private Pointing() {}

    /// The number of that order, null if the words point at none, or several were shown since.
    static @Nullable String at(Question question) {
        String text = question.text();
        boolean points = POINTS.matcher(text).find();
        if (text.length() > LONGEST
                || !points && !GOES_ON.matcher(text).find()
                || OrderNumbers.in(text) != null
                || ItemWords.in(text) != null) {
            return null;
        }
        var said = question.talk().said();
        for (var message :
                said.subList(Math.max(0, said.size() - MOST), said.size()).reversed()) {
            if (message.from().role() == Role.USER) {
                continue;
            }
            String number = told(message.content());
            if (number != null || !points || showsSeveral(message.content())) {
                return number;
            }
        }
        return null;
    }

    private static @Nullable String told(Content content) {
        return switch (content) {
            case Content.Card(var _, var _, var body) -> number(body);
            case Content.Text(var text) -> OrderNumbers.in(text);
            case Content.Choice _, Content.Image _, Content.Action _, Content.Notice _ -> null;
        };
    }

    private static boolean showsSeveral(Content content) {
        return switch (content) {
            case Content.Card(var _, var _, var body) -> body.containsKey("orders");
            case Content.Choice choice -> choice.options().stream().anyMatch(option -> option.card() != null);
            case Content.Text _, Content.Image _, Content.Action _, Content.Notice _ -> false;
        };
    }

    private static @Nullable String number(Map<String, Object> card) {
        Object order = card.get("order");
        Object number = order instanceof Map<?, ?> head ? head.get("id") : card.get("order_id");
        return number == null ? null : number.toString();
    }
}
