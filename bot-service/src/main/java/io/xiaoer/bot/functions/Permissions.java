package io.xiaoer.bot.functions;

import io.xiaoer.bot.dialog.function.Call;
import io.xiaoer.bot.words.Amounts;
import io.xiaoer.bot.words.Wording;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Whether something may be done about an order now. The command judges again; this spares shoppers questions that lead
/// nowhere.
@Component
public final class Permissions {

    private final OrderSync orders;
    private final Titles titles;
    private final Wording wording;

    Permissions(OrderSync orders, Titles titles, Wording wording) {
        this.orders = orders;
        this.titles = titles;
        this.wording = wording;
    }

    /// Whether it may be done.
    ///
    /// @param why what stands against it, in words; empty if nothing does
    /// @param reason the same as a name, `period_over` for example
    /// @param refund what the order cost, in words: what comes back at most
    /// @param no the number of the order
    /// @param title what was bought
    public record Eligibility(boolean ok, String why, String reason, String refund, String no, String title) {}

    Eligibility ask(Call call, String order, String action) {
        var data = orders.ask(
                call, OrderSync.Query.PERMISSION, Map.of("number", order, "action", action.toLowerCase(Locale.ROOT)));
        var answer = Json.object(data.get("permission"));
        var reason = Json.text(answer, "reason");
        return new Eligibility(
                Boolean.TRUE.equals(answer.get("allowed")),
                why(call, reason),
                reason,
                Amounts.say(call.language(), answer.get("paid")),
                order,
                titles.of(call.language(), Json.object(data.get("order"))));
    }

    /// What a rule says, in words.
    String why(Call call, String reason) {
        return reason.isEmpty() ? "" : wording.name(call.language(), "function.why", reason);
    }

    /// A name that the wording has words for, or the words themselves.
    String words(Call call, String prefix, String name) {
        return wording.name(call.language(), prefix, name);
    }
}
