package io.xiaoer.drills.card;

import io.xiaoer.drills.ledger.Breach;
import io.xiaoer.drills.ledger.Breach.Kind;
import io.xiaoer.drills.ledger.Message;
import io.xiaoer.drills.ledger.Recovery;
import io.xiaoer.drills.ledger.Said;
import io.xiaoer.drills.ledger.ShopperLedger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Judges what became of questions while the service behind the orders stood still.
///
/// - Each question of the FAQ got the answer of its entry, and while the service stood still no second was worse for
///   it: 95 of 100 came in time, as [Recovery] tells time.
/// - Each question about an order got the card of that order if it was asked when the service had been back for long
///   enough.
///
/// That each question has exactly one outcome is judged by [io.xiaoer.drills.ledger.Checker].
public final class CardChecker {
    private static final String CARD = "\"card\":\"order\"";
    private static final long MICROS = 1000;

    private final Orders orders;
    private final Map<String, String> faq;
    private final Times times;
    private final List<Breach> breaches = new ArrayList<>();
    private final List<Said> asked = new ArrayList<>();
    private int answers;
    private int cards;
    private int without;

    /// @param struck when the fault began, in ms
    /// @param back   when the service was back
    /// @param well   from when on it must show cards again
    public record Times(long struck, long back, long well) {}

    /// @param faq the questions of the FAQ with their answers
    public CardChecker(Orders orders, Map<String, String> faq, Times times) {
        this.orders = orders;
        this.faq = faq;
        this.times = times;
    }

    /// Looks at one shopper.
    public void look(ShopperLedger ledger, List<Message> log) {
        var outcomes = new HashMap<String, Message>();
        log.forEach(message -> {
            if (!message.said() && message.replyTo() != null) {
                outcomes.put(message.replyTo(), message);
            }
        });
        for (Said said : ledger.said()) {
            var outcome = said.messageId() == null ? null : outcomes.get(said.messageId());
            if (orders.asksForCards(ledger.shopper())) {
                card(ledger.shopper(), said, outcome);
            } else {
                answer(ledger.shopper(), said, outcome);
            }
        }
    }

    private void answer(String shopper, Said said, @Nullable Message outcome) {
        asked.add(said);
        answers += isDuring(said) ? 1 : 0;
        var expected = Objects.requireNonNull(faq.get(said.text()), said.text());
        if (outcome != null && !expected.equals(outcome.text())) {
            breaches.add(new Breach(
                    Kind.ALTERED, shopper, "%s was answered with %s".formatted(said.messageId(), outcome.content())));
        }
    }

    private void card(String shopper, Said said, @Nullable Message outcome) {
        if (outcome == null) {
            return;
        }
        var order = Orders.orderIn(said.text());
        var shown = outcome.content().contains(CARD) && outcome.content().contains(order);
        if (shown) {
            cards++;
        } else if (isDuring(said)) {
            without++;
        }
        if (!shown && said.due() >= times.well() * MICROS) {
            breaches.add(new Breach(
                    Kind.ALTERED,
                    shopper,
                    "%s was answered without the card of %s: %s"
                            .formatted(said.messageId(), order, outcome.content())));
        }
    }

    private boolean isDuring(Said said) {
        return said.due() >= times.struck() * MICROS && said.due() < times.back() * MICROS;
    }

    /// After all shoppers were looked at.
    public List<Breach> breaches() {
        var all = new ArrayList<>(breaches);
        var recovered = Recovery.after(asked, times.struck(), times.back());
        if (recovered.isEmpty() || recovered.getAsLong() > 0) {
            var how = recovered.isEmpty()
                    ? "to its end"
                    : "in a second that ended %d ms after its begin".formatted(recovered.getAsLong());
            all.add(new Breach(Kind.LATE, "the shop", "questions of the FAQ waited during the fault, " + how));
        }
        return all;
    }

    /// How many questions of the FAQ were asked during the fault.
    public int answers() {
        return answers;
    }

    /// How many questions about orders were answered with a card.
    public int cards() {
        return cards;
    }

    /// How many were asked during the fault and answered without one.
    public int without() {
        return without;
    }
}
