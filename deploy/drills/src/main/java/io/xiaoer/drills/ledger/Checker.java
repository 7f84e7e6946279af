package io.xiaoer.drills.ledger;

import io.xiaoer.drills.ledger.Breach.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Judges one shopper's ledger by the log and the archive as they stand when all is quiet again.
///
/// - Each acknowledged message stands in the log and in the archive under its id with its text, and on each device.
/// - Nothing that was said stands there twice, and no device was shown it twice; on one connection ids ascend, each
///   once, but for what the device asked for again.
/// - Log and archive hold the same messages in the same order, each one's `prev` is the one before it, and what was
///   said after something else had been acknowledged stands after it.
/// - Each question, that is each message taken before a person was called, has exactly one outcome.
public final class Checker {
    private static final Set<String> TO_A_PERSON = Set.of("handed_off");

    private final ShopperLedger ledger;
    private final List<Message> log;
    private final List<Message> archive;
    private final List<Breach> breaches = new ArrayList<>();
    private final Map<String, Message> byId = new LinkedHashMap<>();

    private Checker(ShopperLedger ledger, List<Message> log, List<Message> archive) {
        this.ledger = ledger;
        this.log = log;
        this.archive = archive;
    }

    /// @param log the whole log, oldest first
    /// @param archive the same from the archive
    public static List<Breach> check(ShopperLedger ledger, List<Message> log, List<Message> archive) {
        return new Checker(ledger, log, archive).run();
    }

    private List<Breach> run() {
        chain("log", log);
        chain("archive", archive);
        log.forEach(message -> byId.putIfAbsent(message.id(), message));
        archiveIsTheLog();
        saidStands();
        saidOnce();
        saidInOrder();
        eachAnsweredOnce();
        ledger.devices().forEach(this::deviceSawTheLog);
        return List.copyOf(breaches);
    }

    private void chain(String where, List<Message> messages) {
        var before = Message.ZERO;
        for (Message message : messages) {
            if (Message.IDS.compare(message.id(), before) <= 0) {
                breach(Kind.MISORDERED, "%s: %s comes after %s".formatted(where, message.id(), before));
            }
            if (!message.prev().equals(before)) {
                var found = "%s: %s follows %s and names %s".formatted(where, message.id(), before, message.prev());
                breach(Kind.BROKEN_CHAIN, found);
            }
            before = message.id();
        }
    }

    private void archiveIsTheLog() {
        var archived = new HashMap<String, Message>();
        archive.forEach(message -> archived.put(message.id(), message));
        for (Message message : log) {
            var there = archived.remove(message.id());
            if (there == null) {
                breach(Kind.LOST, "the archive lacks " + tell(message));
            } else if (!there.content().equals(message.content())) {
                breach(Kind.ALTERED, "the archive holds another content of " + tell(message));
            }
        }
        archived.values().forEach(message -> breach(Kind.LOST, "the log lacks " + tell(message)));
    }

    private void saidStands() {
        for (Said each : ledger.said()) {
            var id = each.messageId();
            if (each.refusal() != null) {
                breach(Kind.NOT_TAKEN, "%s was %s".formatted(each.clientId(), each.refusal()));
            } else if (id == null) {
                breach(Kind.NOT_TAKEN, each.clientId() + " was never acknowledged");
            } else if (!byId.containsKey(id)) {
                breach(Kind.LOST, "the log lacks %s, acknowledged as %s".formatted(each.clientId(), id));
            } else if (!each.text().equals(byId.get(id).text())) {
                breach(
                        Kind.ALTERED,
                        "%s was acknowledged as %s, which says something else".formatted(each.clientId(), id));
            }
        }
    }

    private void saidOnce() {
        var expected = new HashSet<String>();
        ledger.said().forEach(each -> expected.add(each.text()));
        var seen = new HashMap<String, String>();
        for (Message message : log) {
            if (!message.said()) {
                continue;
            }
            var text = Objects.requireNonNullElse(message.text(), "");
            var first = seen.putIfAbsent(text, message.id());
            if (first != null) {
                breach(Kind.DOUBLED, "the log holds the same as %s and as %s".formatted(first, message.id()));
            }
            if (!expected.contains(text)) {
                breach(Kind.ALTERED, "nobody said " + tell(message));
            }
        }
    }

    private void saidInOrder() {
        outOfOrder(ledger.said()).forEach(found -> breach(Kind.MISORDERED, found));
    }

    /// What was sent only after something else had been acknowledged stands after it; a line for each that does not.
    static List<String> outOfOrder(List<Said> said) {
        var taken = said.stream().filter(Said::isAcknowledged).toList();
        var byAck = taken.stream()
                .sorted(Comparator.comparingLong(Said::acknowledgedAt))
                .toList();
        var bySending =
                taken.stream().sorted(Comparator.comparingLong(Said::sentAt)).toList();
        var found = new ArrayList<String>();
        var highest = Message.ZERO;
        var next = 0;
        for (Said each : bySending) {
            while (next < byAck.size() && byAck.get(next).acknowledgedAt() < each.sentAt()) {
                highest = above(byAck.get(next).messageId(), highest);
                next++;
            }
            if (Message.IDS.compare(Objects.requireNonNull(each.messageId()), highest) <= 0) {
                found.add("%s was said after %s and stands before it".formatted(each.messageId(), highest));
            }
        }
        return found;
    }

    private static String above(@Nullable String a, String b) {
        return a != null && Message.IDS.compare(a, b) > 0 ? a : b;
    }

    private void eachAnsweredOnce() {
        var outcomes = new HashMap<String, List<Message>>();
        for (Message message : log) {
            var question = message.replyTo();
            if (question != null && !message.said()) {
                outcomes.computeIfAbsent(question, id -> new ArrayList<>()).add(message);
            }
        }
        var withThePerson = false;
        for (Message message : log) {
            withThePerson |= isHandOff(message);
            if (!message.said()) {
                continue;
            }
            var found = outcomes.getOrDefault(message.id(), List.of());
            outcomes.remove(message.id());
            if (found.isEmpty() && !withThePerson && !isBeingHandedOver(message)) {
                breach(Kind.UNANSWERED, "no outcome of " + tell(message));
            } else if (found.size() > 1) {
                breach(Kind.ANSWERED_TWICE, "%d outcomes of %s".formatted(found.size(), tell(message)));
            }
        }
        outcomes.forEach((question, found) ->
                breach(Kind.ANSWERED_TWICE, "an outcome of %s, which is not in the log".formatted(question)));
    }

    private static boolean isHandOff(Message message) {
        return message.notice() != null && TO_A_PERSON.contains(message.notice());
    }

    /// The session is the person's a moment before the notice of it stands in the log: what was said after the question
    /// that was handed over, and before its notice, is for the person.
    private boolean isBeingHandedOver(Message said) {
        return log.stream()
                .anyMatch(notice -> isHandOff(notice)
                        && notice.replyTo() != null
                        && Message.IDS.compare(notice.replyTo(), said.id()) < 0
                        && Message.IDS.compare(said.id(), notice.id()) < 0);
    }

    private void deviceSawTheLog(DeviceJournal device) {
        var shown = new View(device).replay();
        if (!device.inSync()) {
            breach(Kind.OUT_OF_SYNC, device.name() + " did not come back");
            return;
        }
        for (Message message : log) {
            var there = shown.remove(message.id());
            if (there == null) {
                breach(Kind.LOST, "%s lacks %s".formatted(device.name(), tell(message)));
            } else if (!there.content().equals(message.content())) {
                breach(Kind.ALTERED, "%s shows another content of %s".formatted(device.name(), tell(message)));
            }
        }
        // Everything that was said is in the log by now, so what else was shown is a second copy or stands nowhere.
        shown.values()
                .forEach(message -> breach(
                        Kind.DOUBLED, "%s shows %s, which is not in the log".formatted(device.name(), tell(message))));
    }

    /// What a device shows after all that came to it.
    private final class View {
        private final DeviceJournal device;
        private final Map<String, Message> shown = new LinkedHashMap<>();
        private final Deque<Ask> asks = new ArrayDeque<>();
        private String place = Message.ZERO;

        View(DeviceJournal device) {
            this.device = device;
        }

        Map<String, Message> replay() {
            for (var entry : device.entries()) {
                switch (entry) {
                    case DeviceJournal.Entry.Opened opened -> restart();
                    case DeviceJournal.Entry.Closed closed -> restart();
                    case DeviceJournal.Entry.Asked asked -> asks.add(new Ask(asked.after()));
                    case DeviceJournal.Entry.Synced synced -> asks.poll();
                    case DeviceJournal.Entry.Failed failed -> asks.poll();
                    case DeviceJournal.Entry.Forgot forgot -> shown.clear();
                    case DeviceJournal.Entry.Came came -> came(came.message());
                }
            }
            return shown;
        }

        private void restart() {
            place = Message.ZERO;
            asks.clear();
        }

        private void came(Message message) {
            if (Message.IDS.compare(message.id(), place) <= 0 && !isAskedFor(message.id())) {
                var kind = message.id().equals(place) ? Kind.DOUBLED : Kind.MISORDERED;
                breach(kind, "%s got %s after %s".formatted(device.name(), message.id(), place));
            }
            place = message.id();
            shown.put(message.id(), message);
        }

        /// Each time that the device asks, and until it is answered, messages may go back once, behind the id that it
        /// named. What it asked earlier is over then.
        private boolean isAskedFor(String id) {
            var found = asks.stream()
                    .filter(ask -> !ask.over && Message.IDS.compare(id, ask.after) > 0)
                    .findFirst();
            found.ifPresent(ask -> asks.stream().takeWhile(each -> each != ask).forEach(each -> each.over = true));
            found.ifPresent(ask -> ask.over = true);
            return found.isPresent();
        }

        /// Something that was asked for and is not answered yet.
        private static final class Ask {
            private final String after;
            private boolean over;

            Ask(String after) {
                this.after = after;
            }
        }
    }

    private static String tell(Message message) {
        return "%s %s%s"
                .formatted(
                        message.role(),
                        message.id(),
                        message.replyTo() == null ? "" : " (reply to " + message.replyTo() + ")");
    }

    private void breach(Kind kind, String detail) {
        breaches.add(new Breach(kind, ledger.shopper(), detail));
    }
}
