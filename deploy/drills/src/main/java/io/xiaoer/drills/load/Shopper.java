package io.xiaoer.drills.load;

import io.xiaoer.drills.ledger.DeviceJournal;
import io.xiaoer.drills.ledger.Message;
import io.xiaoer.drills.ledger.Said;
import io.xiaoer.drills.ledger.ShopperLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// One shopper with an open session and several devices.
final class Shopper {
    private static final String HANDED_OFF = "handed_off";

    private final String name;
    private final String token;
    private final String session;
    private final Timeline time;
    private final SplittableRandom random;
    private final Speech speech;
    private final Manner manner;
    private final Counts counts;
    private final List<Device> devices = new ArrayList<>();
    private final List<Said> said = new ArrayList<>();
    /// When the outcome of a message came, for those whose acknowledgement had not come by then.
    private final Map<String, Long> answers = new ConcurrentHashMap<>();
    /// What came, as the first device showed it.
    private final Map<String, Message> seen = new ConcurrentHashMap<>();
    /// The question for which a person was called, if one was: what stands behind it may be answered by nobody who is
    /// here.
    private volatile @Nullable String handedOff;
    /// By how many devices each of the shopper's own messages was shown, if that is what counts.
    private final Map<String, Integer> shown = new ConcurrentHashMap<>();

    Shopper(
            String name,
            String token,
            String session,
            Speech speech,
            Manner manner,
            Timeline time,
            Counts counts,
            SplittableRandom random) {
        this.name = name;
        this.token = token;
        this.session = session;
        this.speech = speech;
        this.manner = manner;
        this.time = time;
        this.counts = counts;
        this.random = random;
    }

    /// Gives the shopper devices, before there is anything to say.
    void has(List<Device> all) {
        devices.addAll(all);
    }

    String name() {
        return name;
    }

    String token() {
        return token;
    }

    String session() {
        return session;
    }

    String messages() {
        return "/api/v1/bot/sessions/" + session + "/messages";
    }

    List<Device> devices() {
        return devices;
    }

    /// Says the next thing on one of the devices.
    ///
    /// @param due when it was to be said, in microseconds
    /// @return whether there was something left to say
    boolean talk(long due) {
        var text = speech.next();
        if (text == null) {
            return false;
        }
        var next = new Said(new UUID(random.nextLong(), random.nextLong()).toString(), text, due);
        synchronized (said) {
            said.add(next);
        }
        counts.says();
        var device = switch (manner) {
            case ASKING -> random.nextInt(devices.size());
            case TELLING -> 0;
        };
        devices.get(device).say(next);
        return true;
    }

    /// A device showed a message.
    ///
    /// @return the same, of which all devices that showed it keep one copy
    Message saw(Message message) {
        if (HANDED_OFF.equals(message.notice()) && handedOff == null) {
            handedOff = message.replyTo() == null ? message.id() : message.replyTo();
        }
        var outcomeOf = switch (manner) {
            case ASKING -> message.replyTo();
            case TELLING -> message.said() && isShownByAll(message.id()) ? message.id() : null;
        };
        if (outcomeOf != null && answers.putIfAbsent(outcomeOf, time.micros()) == null) {
            counts.sawAnAnswer();
        }
        var first = seen.putIfAbsent(message.id(), message);
        return first != null && first.equals(message) ? first : message;
    }

    private boolean isShownByAll(String id) {
        return shown.merge(id, 1, Integer::sum) >= devices.size();
    }

    /// Notes the times of answers with what they answer.
    private void matchAnswers() {
        for (Said each : said()) {
            var id = each.messageId();
            var at = id == null ? null : answers.get(id);
            if (at != null) {
                each.answered(at);
            }
        }
    }

    List<Said> said() {
        synchronized (said) {
            return List.copyOf(said);
        }
    }

    /// Whether everything was acknowledged and answered, and every device shows the same and stands at the end.
    boolean settled() {
        matchAnswers();
        var place = devices.getFirst().place();
        return said().stream().allMatch(this::isSettled)
                && devices.stream()
                        .allMatch(device -> device.settled() && device.place().equals(place));
    }

    private boolean isSettled(Said each) {
        return each.refusal() != null || each.isAnswered() || manner == Manner.ASKING && isForAPerson(each);
    }

    private boolean isForAPerson(Said each) {
        var since = handedOff;
        var id = each.messageId();
        return since != null && id != null && Message.IDS.compare(id, since) > 0;
    }

    /// What [#settled] waits for, for people.
    String waitsFor() {
        matchAnswers();
        var open = said().stream()
                .filter(each -> each.refusal() == null && !each.isAnswered())
                .map(each -> each.isAcknowledged() ? "answer to " + each.messageId() : "ack of " + each.clientId())
                .toList();
        var places = devices.stream()
                .map(device -> device.getClass().getSimpleName()
                        + (device.settled() ? " at " : " not settled at ")
                        + device.place())
                .toList();
        return name + " waits for " + open + ", " + places;
    }

    ShopperLedger ledger() {
        matchAnswers();
        var journals = new ArrayList<DeviceJournal>();
        for (Device device : devices) {
            device.journal().endsInSync(device.inSync());
            journals.add(device.journal());
        }
        return new ShopperLedger(name, said(), List.copyOf(journals));
    }
}
