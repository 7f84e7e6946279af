package io.xiaoer.drills.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.drills.ledger.Breach.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A checker that never complains proves nothing: each broken promise is built here and must be told by its name.
class HeldCheckerTest {
    private final List<Message> log = new ArrayList<>();
    private final List<Said> shoppers = new ArrayList<>();
    private final List<Said> persons = new ArrayList<>();

    @BeforeEach
    void aWholeHold() {
        said("10", "call");
        notice("11", "handed_off", "10");
        notice("12", "agent_joined", null);
        said("13", "to you");
        word("14", "hello");
        said("15", "and to you");
        word("16", "bye");
        notice("20", "back_to_bot", null);
        said("21", "to the bot");
        answer("22", "21");
        shoppers.add(acknowledged("to you", "13", 10, 15));
        persons.add(acknowledged("hello", "14", 20, 25));
        shoppers.add(acknowledged("and to you", "15", 30, 35));
        persons.add(acknowledged("bye", "16", 40, 45));
    }

    @Test
    void aWholeHoldHasNoBreach() {
        assertThat(check()).isEmpty();
        assertThat(HeldChecker.saidTo(held(), log)).extracting(Message::id).containsExactly("13", "15");
        assertThat(HeldChecker.saidAfter(log)).extracting(Message::id).containsExactly("21");
    }

    @Test
    void aBotThatSpeaksWhileAPersonHoldsTheSessionIsTold() {
        log.set(5, new Message("15", "14", "bot", null, "{}", "I know", null));

        assertThat(check()).containsExactly(Kind.SPOKEN_OVER);
    }

    @Test
    void aBotThatAnswersLaterWhatWasSaidToThePersonIsTold() {
        answer("23", "13");

        assertThat(check()).containsExactly(Kind.SPOKEN_OVER);
    }

    @Test
    void anAnswerBeforeThePersonCameIsNone() {
        log.add(0, new Message("9", "0", "bot", "8", "{}", "an answer", null));

        assertThat(check()).isEmpty();
    }

    @Test
    void anAnswerToWhatWasSaidAfterTheReleaseBeganIsNone() {
        log.add(7, new Message("17", "0", "user", null, "{}", "already to the bot", null));
        log.add(8, new Message("18", "0", "bot", "17", "{}", "an answer", null));

        assertThat(check()).isEmpty();
    }

    @Test
    void aWordOfThePersonThatTheLogLacksIsLost() {
        log.removeIf(message -> message.id().equals("14"));

        assertThat(check()).containsExactly(Kind.LOST);
    }

    @Test
    void aWordOfThePersonThatStandsTwiceIsDoubled() {
        log.add(7, new Message("17", "16", "agent", null, "{}", "bye", null));

        assertThat(check()).containsExactly(Kind.DOUBLED);
    }

    @Test
    void aWordOfThePersonThatSaysSomethingElseIsAltered() {
        log.replaceAll(message ->
                message.id().equals("14") ? new Message("14", "13", "agent", null, "{}", "hallo", null) : message);

        assertThat(check()).containsExactly(Kind.ALTERED, Kind.ALTERED);
    }

    @Test
    void aWordOfThePersonThatStandsBeforeWhatItAnswersIsMisordered() {
        var late = acknowledged("late", "13", 50, 55);
        shoppers.clear();
        shoppers.add(late);

        assertThat(check()).containsExactly(Kind.MISORDERED);
    }

    @Test
    void aWordOfThePersonThatWasRefusedOrNeverAcknowledgedIsNotTaken() {
        persons.add(new Said("silent", "silent", 60));
        var refused = new Said("refused", "refused", 60);
        refused.refused("refused: 403");
        persons.add(refused);

        assertThat(check()).containsExactly(Kind.NOT_TAKEN, Kind.NOT_TAKEN);
    }

    @Test
    void aComingOrALeavingThatIsToldNeverOrTwiceIsTold() {
        notice("23", "agent_joined", null);
        assertThat(check()).containsExactly(Kind.DOUBLED);

        log.removeIf(message -> "agent_joined".equals(message.notice()));
        assertThat(check()).containsExactly(Kind.LOST);
    }

    @Test
    void whatTheBotDoesNotAnswerOnceItIsBackIsUnanswered() {
        log.removeLast();

        assertThat(check()).containsExactly(Kind.UNANSWERED);
        assertThat(HeldChecker.unanswered(log)).extracting(Message::id).containsExactly("21");
    }

    private List<Kind> check() {
        return HeldChecker.check(new ShopperLedger("u", shoppers, List.of()), held(), log).stream()
                .map(Breach::kind)
                .toList();
    }

    private HeldLedger held() {
        return new HeldLedger(persons, "16");
    }

    private void said(String id, String text) {
        add(id, "user", null, text, null);
    }

    private void word(String id, String text) {
        add(id, "agent", null, text, null);
    }

    private void answer(String id, String question) {
        add(id, "bot", question, "an answer", null);
    }

    private void notice(String id, String code, @Nullable String question) {
        add(id, "system", question, "told", code);
    }

    private void add(String id, String role, @Nullable String question, String text, @Nullable String code) {
        log.add(new Message(id, "0", role, question, "{" + text + "}", text, code));
    }

    private static Said acknowledged(String text, String id, long sent, long acknowledged) {
        var said = new Said(text, text, sent);
        said.sent(sent);
        said.acknowledged(id, acknowledged);
        return said;
    }
}
