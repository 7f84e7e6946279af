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

/// One shopper with an open session and several devices.
final class Shopper {
    private static final int FREE_WITHIN = 20;
    private static final int SOCKETS = 2;
    private static final int MORE_SOCKETS_EACH = 10;
    private static final int REST_EACH = 10;
    private static final List<String> KINDS = List.of("app", "web", "miniprogram", "douyin");

    private final String name;
    private final String token;
    private final String session;
    private final Timeline time;
    private final SplittableRandom random;
    private final List<String> questions;
    private final List<Device> devices = new ArrayList<>();
    private final List<Said> said = new ArrayList<>();
    /// When the answer to a message came, for those whose acknowledgement had not come by then.
    private final Map<String, Long> answers = new ConcurrentHashMap<>();
    private final int freeAt;
    private int asked;

    /// @param questions to which the shop has answers, in the order in which this shopper asks them
    Shopper(
            int number,
            String name,
            String token,
            String session,
            List<String> questions,
            Gateway gateway,
            Timeline time,
            SplittableRandom random) {
        this.name = name;
        this.token = token;
        this.session = session;
        this.time = time;
        this.random = random;
        this.questions = questions;
        this.freeAt = random.nextInt(FREE_WITHIN);
        var sockets = SOCKETS + (number % MORE_SOCKETS_EACH == 0 ? 1 : 0);
        for (var i = 0; i < sockets; i++) {
            var kind = KINDS.get((number + i) % KINDS.size());
            devices.add(new SocketDevice(kind, i, this, gateway::connect, time, random.split()));
        }
        if (number % REST_EACH == 1) {
            devices.add(new PollingDevice(sockets, this, gateway, time, random.split()));
        }
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

    /// Says the next thing on one of the devices: questions of the shop's list and, once, something that nobody knows
    /// an answer to (twice, and a person would be called). Never the same again, so it ends when the list does.
    void talk(long due) {
        var free = said.size() == freeAt;
        if (!free && asked == questions.size()) {
            return;
        }
        var text = free ? "随便聊聊 " + name : questions.get(asked++);
        var next = new Said(new UUID(random.nextLong(), random.nextLong()).toString(), text, due);
        synchronized (said) {
            said.add(next);
        }
        devices.get(random.nextInt(devices.size())).say(next);
    }

    /// A device showed a message.
    void saw(Message message) {
        var question = message.replyTo();
        if (question != null) {
            answers.putIfAbsent(question, time.now());
        }
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
        return said().stream().allMatch(each -> each.refusal() != null || each.isAnswered())
                && devices.stream()
                        .allMatch(device -> device.settled() && device.place().equals(place));
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
