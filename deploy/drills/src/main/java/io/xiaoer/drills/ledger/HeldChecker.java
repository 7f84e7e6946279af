package io.xiaoer.drills.ledger;

import io.xiaoer.drills.ledger.Breach.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Judges a session that a person held for a while and then gave back to the bot, by the log as it stands when all is
/// quiet again.
///
/// - The log tells once that the person came, and once that the bot is back.
/// - The bot said nothing in between, and nothing later about what was said in between.
/// - Each acknowledged message of the person stands there under its id, once, with its text; what either of the two
///   said after something had been acknowledged to the other stands after it.
/// - What the shopper says once the bot is back has an outcome again.
///
/// That the shopper's own messages stand where they must is judged by [Checker].
public final class HeldChecker {
    private static final String JOINED = "agent_joined";
    private static final String LEFT = "back_to_bot";
    private static final String PERSON = "agent";
    private static final String BOT = "bot";

    private final ShopperLedger shopper;
    private final HeldLedger held;
    private final List<Message> log;
    private final List<Breach> breaches = new ArrayList<>();

    private HeldChecker(ShopperLedger shopper, HeldLedger held, List<Message> log) {
        this.shopper = shopper;
        this.held = held;
        this.log = log;
    }

    /// @param log the whole log, oldest first
    public static List<Breach> check(ShopperLedger shopper, HeldLedger held, List<Message> log) {
        return new HeldChecker(shopper, held, log).run();
    }

    private List<Breach> run() {
        toldOnce(JOINED);
        toldOnce(LEFT);
        botIsSilent();
        wordsStand();
        wordsStandOnce();
        inOrder();
        unanswered(log)
                .forEach(message ->
                        breach(Kind.UNANSWERED, "no outcome of %s, said to the bot again".formatted(message.id())));
        return List.copyOf(breaches);
    }

    /// What the shopper said once the bot was back and has no outcome.
    public static List<Message> unanswered(List<Message> log) {
        var answered = new HashSet<String>();
        log.forEach(message -> {
            if (!message.said() && message.replyTo() != null) {
                answered.add(message.replyTo());
            }
        });
        return saidAfter(log).stream()
                .filter(message -> !answered.contains(message.id()))
                .toList();
    }

    /// What the shopper said once the bot was back.
    public static List<Message> saidAfter(List<Message> log) {
        return notice(log, LEFT)
                .map(left -> log.stream()
                        .filter(message -> message.said() && Message.IDS.compare(message.id(), left) > 0)
                        .toList())
                .orElse(List.of());
    }

    /// What the shopper said while the person held the session.
    public static List<Message> saidTo(HeldLedger held, List<Message> log) {
        return log.stream()
                .filter(message -> message.said() && isWithin(message.id(), held, log))
                .toList();
    }

    private static Optional<String> notice(List<Message> log, String code) {
        return log.stream()
                .filter(message -> code.equals(message.notice()))
                .map(Message::id)
                .findFirst();
    }

    private static boolean isWithin(@Nullable String id, HeldLedger held, List<Message> log) {
        return id != null
                && Message.IDS.compare(id, held.until()) <= 0
                && notice(log, JOINED)
                        .filter(joined -> Message.IDS.compare(id, joined) > 0)
                        .isPresent();
    }

    private void toldOnce(String code) {
        var times =
                log.stream().filter(message -> code.equals(message.notice())).count();
        if (times != 1) {
            breach(
                    times == 0 ? Kind.LOST : Kind.DOUBLED,
                    "the log tells %d times of '%s', not once".formatted(times, code));
        }
    }

    private void botIsSilent() {
        for (Message message : log) {
            if (!message.role().equals(BOT)) {
                continue;
            }
            if (isWithin(message.id(), held, log)) {
                breach(Kind.SPOKEN_OVER, "the bot said %s while a person held the session".formatted(message.id()));
            } else if (isWithin(message.replyTo(), held, log)) {
                breach(
                        Kind.SPOKEN_OVER,
                        "the bot answered %s, which was said to a person".formatted(message.replyTo()));
            }
        }
    }

    private void wordsStand() {
        var byId = new HashMap<String, Message>();
        log.forEach(message -> byId.put(message.id(), message));
        for (Said each : held.said()) {
            var id = each.messageId();
            var there = id == null ? null : byId.get(id);
            if (each.refusal() != null) {
                breach(Kind.NOT_TAKEN, "the person's %s was %s".formatted(each.clientId(), each.refusal()));
            } else if (id == null) {
                breach(Kind.NOT_TAKEN, "the person's %s was never acknowledged".formatted(each.clientId()));
            } else if (there == null) {
                breach(Kind.LOST, "the log lacks the person's %s, acknowledged as %s".formatted(each.clientId(), id));
            } else if (!there.role().equals(PERSON) || !each.text().equals(there.text())) {
                breach(Kind.ALTERED, "the person's %s stands there as %s".formatted(id, there));
            }
        }
    }

    private void wordsStandOnce() {
        var expected = new HashSet<String>();
        held.said().forEach(each -> expected.add(each.text()));
        var seen = new HashMap<String, String>();
        for (Message message : log) {
            if (!message.role().equals(PERSON)) {
                continue;
            }
            var text = Objects.requireNonNullElse(message.text(), "");
            var first = seen.putIfAbsent(text, message.id());
            if (first != null) {
                breach(Kind.DOUBLED, "the person said the same as %s and as %s".formatted(first, message.id()));
            }
            if (!expected.contains(text)) {
                breach(Kind.ALTERED, "no person said " + message);
            }
        }
    }

    private void inOrder() {
        var both = new ArrayList<>(shopper.said());
        both.addAll(held.said());
        Checker.outOfOrder(both).forEach(found -> breach(Kind.MISORDERED, found));
    }

    private void breach(Kind kind, String detail) {
        breaches.add(new Breach(kind, shopper.shopper(), detail));
    }
}
