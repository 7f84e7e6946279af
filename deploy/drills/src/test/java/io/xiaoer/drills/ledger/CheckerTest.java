package io.xiaoer.drills.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.drills.ledger.Breach.Kind;
import io.xiaoer.drills.ledger.DeviceJournal.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A checker that never complains proves nothing: each broken promise is built here and must be told by its name.
class CheckerTest {
    private final Message first = said("1", "0", "one");
    private final Message firstAnswer = answer("2", "1", "1");
    private final Message second = said("10", "2", "two");
    private final Message secondAnswer = answer("11", "10", "10");
    private final List<Message> log = List.of(first, firstAnswer, second, secondAnswer);
    private final List<Said> saids = List.of(acknowledged("one", "1", 0, 5), acknowledged("two", "10", 10, 15));

    @Test
    void aWholeLedgerHasNoBreach() {
        assertThat(check(log, log, device(log))).isEmpty();
    }

    @Test
    void anAcknowledgedMessageThatTheLogLacksIsLost() {
        var without = List.of(first, firstAnswer);

        assertThat(check(without, without, device(without))).containsOnly(Kind.LOST);
    }

    @Test
    void aMessageThatTheArchiveLacksIsLost() {
        assertThat(check(log, List.of(first, firstAnswer, second), device(log))).containsExactly(Kind.LOST);
    }

    @Test
    void aMessageThatTheArchiveAloneHoldsIsLost() {
        var without = List.of(first, firstAnswer, second);

        assertThat(check(without, log, device(without))).contains(Kind.LOST);
    }

    @Test
    void aMessageThatOneDeviceDidNotGetIsLostThere() {
        var forgetful = device(List.of(first, second, secondAnswer));

        assertThat(check(log, log, device(log), forgetful)).containsExactly(Kind.LOST);
    }

    @Test
    void aMessageStoredTwiceIsDoubled() {
        var twice =
                List.of(first, firstAnswer, second, secondAnswer, said("20", "11", "two"), answer("21", "20", "20"));

        assertThat(check(twice, twice, device(twice))).containsExactly(Kind.DOUBLED);
    }

    @Test
    void aMessagePushedTwiceOnOneConnectionIsDoubled() {
        assertThat(check(log, log, device(List.of(first, first, firstAnswer, second, secondAnswer))))
                .containsExactly(Kind.DOUBLED);
    }

    @Test
    void aMessageThatWasShownAndNeverStoredIsDoubled() {
        var ghost = said("9", "2", "two");

        assertThat(check(log, log, device(List.of(first, firstAnswer, ghost, second, secondAnswer))))
                .containsExactly(Kind.DOUBLED);
    }

    @Test
    void aMessageThatADeviceWasToldToForgetIsNotCounted() {
        var device = new DeviceJournal("d");
        came(device, said("9", "0", "two"));
        device.add(new Entry.Forgot(1));
        device.add(new Entry.Opened(2));
        log.forEach(message -> came(device, message));
        device.endsInSync(true);

        assertThat(check(log, log, device)).isEmpty();
    }

    @Test
    void messagesThatDescendOnOneConnectionAreMisordered() {
        assertThat(check(log, log, device(List.of(first, second, firstAnswer, secondAnswer))))
                .containsExactly(Kind.MISORDERED);
    }

    @Test
    void messagesThatWereAskedForAgainMayComeAgainOnce() {
        var device = new DeviceJournal("d");
        log.forEach(message -> came(device, message));
        device.add(new Entry.Asked(1, "2"));
        came(device, second);
        came(device, secondAnswer);
        device.endsInSync(true);

        assertThat(check(log, log, device)).isEmpty();

        came(device, second);
        assertThat(check(log, log, device)).containsExactly(Kind.MISORDERED);
    }

    @Test
    void messagesFromBeforeTheAskedPlaceMayNotComeAgain() {
        var device = new DeviceJournal("d");
        log.forEach(message -> came(device, message));
        device.add(new Entry.Asked(1, "2"));
        came(device, firstAnswer);
        device.endsInSync(true);

        assertThat(check(log, log, device)).contains(Kind.MISORDERED);
    }

    @Test
    void eachAskingLetsMessagesGoBackOnceAlsoBeforeTheFirstIsAnswered() {
        var device = new DeviceJournal("d");
        log.forEach(message -> came(device, message));
        device.add(new Entry.Asked(1, "2"));
        device.add(new Entry.Asked(1, "10"));
        came(device, second);
        came(device, secondAnswer);
        came(device, secondAnswer);
        device.endsInSync(true);

        assertThat(check(log, log, device)).isEmpty();

        came(device, secondAnswer);
        assertThat(check(log, log, device)).containsExactly(Kind.DOUBLED);
    }

    @Test
    void aLaterAskingEndsWhatAnEarlierOneAllowed() {
        var device = new DeviceJournal("d");
        log.forEach(message -> came(device, message));
        device.add(new Entry.Asked(1, "10"));
        device.add(new Entry.Asked(1, "2"));
        came(device, second);
        came(device, secondAnswer);
        came(device, secondAnswer);
        device.endsInSync(true);

        assertThat(check(log, log, device)).containsExactly(Kind.DOUBLED);
    }

    @Test
    void whatWasAskedForMayNotComeAgainOnceItIsAnswered() {
        for (Entry answer : List.of(new Entry.Synced(2), new Entry.Failed(2))) {
            var device = new DeviceJournal("d");
            log.forEach(message -> came(device, message));
            device.add(new Entry.Asked(1, "2"));
            device.add(answer);
            came(device, second);
            came(device, secondAnswer);
            device.endsInSync(true);

            assertThat(check(log, log, device)).containsExactly(Kind.MISORDERED);
        }
    }

    @Test
    void aNewConnectionBeginsAnew() {
        var device = new DeviceJournal("d");
        log.forEach(message -> came(device, message));
        device.add(new Entry.Closed(1, "broken"));
        device.add(new Entry.Opened(2));
        device.add(new Entry.Asked(2, "0"));
        log.forEach(message -> came(device, message));
        device.endsInSync(true);

        assertThat(check(log, log, device)).isEmpty();
    }

    @Test
    void whatWasSaidLaterMustStandLater() {
        var turned =
                List.of(said("1", "0", "two"), answer("2", "1", "1"), said("10", "2", "one"), answer("11", "10", "10"));
        var ledger = new ShopperLedger(
                "u",
                List.of(acknowledged("one", "10", 0, 5), acknowledged("two", "1", 10, 15)),
                List.of(device(turned)));

        assertThat(kinds(Checker.check(ledger, turned, turned))).containsExactly(Kind.MISORDERED);
    }

    @Test
    void whatWasUnderWayTogetherMayStandEitherWay() {
        var turned =
                List.of(said("1", "0", "two"), answer("2", "1", "1"), said("10", "2", "one"), answer("11", "10", "10"));
        var ledger = new ShopperLedger(
                "u",
                List.of(acknowledged("one", "10", 0, 20), acknowledged("two", "1", 10, 15)),
                List.of(device(turned)));

        assertThat(kinds(Checker.check(ledger, turned, turned))).isEmpty();
    }

    @Test
    void aPrevThatIsNotTheOneBeforeBreaksTheChain() {
        var broken = List.of(first, firstAnswer, said("10", "1", "two"), secondAnswer);

        assertThat(check(broken, broken, device(broken))).containsOnly(Kind.BROKEN_CHAIN);
    }

    @Test
    void aQuestionWithoutAnOutcomeIsUnanswered() {
        var silent = List.of(first, firstAnswer, second);

        assertThat(check(silent, silent, device(silent))).containsExactly(Kind.UNANSWERED);
    }

    @Test
    void aQuestionWithTwoOutcomesIsAnsweredTwice() {
        var twice = List.of(first, firstAnswer, second, secondAnswer, answer("12", "11", "10"));

        assertThat(check(twice, twice, device(twice))).containsExactly(Kind.ANSWERED_TWICE);
    }

    @Test
    void anOutcomeOfNothingIsTold() {
        var stray = List.of(first, firstAnswer, second, secondAnswer, answer("12", "11", "7"));

        assertThat(check(stray, stray, device(stray))).containsExactly(Kind.ANSWERED_TWICE);
    }

    @Test
    void afterTheHandOffNobodyOwesAnAnswer() {
        var handedOff = new Message("2", "1", "system", "1", "{notice}", "a person comes", "handed_off");
        var person = List.of(first, handedOff, second);

        assertThat(check(person, person, device(person))).isEmpty();
    }

    @Test
    void whatIsSaidWhileAQuestionIsHandedOverIsForThePerson() {
        var handedOff = new Message("12", "10", "system", "1", "{notice}", "a person comes", "handed_off");
        var person = List.of(first, said("10", "1", "two"), handedOff);

        assertThat(check(person, person, device(person))).isEmpty();
    }

    @Test
    void whatWasSaidBeforeTheQuestionThatIsHandedOverOwesAnAnswer() {
        var handedOff = new Message("12", "10", "system", "10", "{notice}", "a person comes", "handed_off");
        var person = List.of(first, said("10", "1", "two"), handedOff);

        assertThat(check(person, person, device(person))).containsExactly(Kind.UNANSWERED);
    }

    @Test
    void anotherContentUnderTheSameIdIsAltered() {
        var other = new Message("2", "1", "bot", "1", "{other}", "other", null);

        assertThat(check(log, log, device(List.of(first, other, second, secondAnswer))))
                .containsExactly(Kind.ALTERED);
        assertThat(check(log, List.of(first, other, second, secondAnswer), device(log)))
                .containsExactly(Kind.ALTERED);
    }

    @Test
    void whatWasNeverAcknowledgedIsTold() {
        var ledger =
                new ShopperLedger("u", List.of(saids.getFirst(), new Said("two", "two", 10)), List.of(device(log)));

        assertThat(kinds(Checker.check(ledger, log, log))).containsExactly(Kind.NOT_TAKEN);
    }

    @Test
    void anAcknowledgementUnderAnotherIdIsTold() {
        var twice = acknowledged("two", "10", 10, 15);
        twice.acknowledged("11", 20);
        var ledger = new ShopperLedger("u", List.of(saids.getFirst(), twice), List.of(device(log)));

        assertThat(kinds(Checker.check(ledger, log, log))).containsExactly(Kind.NOT_TAKEN);
    }

    @Test
    void aDeviceThatDidNotComeBackIsTold() {
        var away = device(log);
        away.endsInSync(false);

        assertThat(check(log, log, away)).containsExactly(Kind.OUT_OF_SYNC);
    }

    private List<Kind> check(List<Message> log, List<Message> archive, DeviceJournal... devices) {
        return kinds(Checker.check(new ShopperLedger("u", saids, List.of(devices)), log, archive));
    }

    private static List<Kind> kinds(List<Breach> breaches) {
        return breaches.stream().map(Breach::kind).toList();
    }

    private static DeviceJournal device(List<Message> messages) {
        var device = new DeviceJournal("d");
        device.add(new Entry.Opened(0));
        messages.forEach(message -> came(device, message));
        device.endsInSync(true);
        return device;
    }

    private static void came(DeviceJournal device, Message message) {
        device.add(new Entry.Came(0, message));
    }

    private static Said acknowledged(String text, String id, long sent, long acknowledged) {
        var said = new Said(text, text, sent);
        said.sent(sent);
        said.acknowledged(id, acknowledged);
        return said;
    }

    private static Message said(String id, String prev, String text) {
        return message(id, prev, "user", null, text);
    }

    private static Message answer(String id, String prev, String question) {
        return message(id, prev, "bot", question, "answer to " + question);
    }

    private static Message message(String id, String prev, String role, @Nullable String replyTo, String text) {
        return new Message(id, prev, role, replyTo, "{" + text + "}", text, null);
    }
}
