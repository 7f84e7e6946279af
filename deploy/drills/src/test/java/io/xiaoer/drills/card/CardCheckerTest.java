package io.xiaoer.drills.card;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.drills.ledger.Breach;
import io.xiaoer.drills.ledger.Message;
import io.xiaoer.drills.ledger.Said;
import io.xiaoer.drills.ledger.ShopperLedger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A checker that never complains proves nothing: each broken promise is built here and must be told by its name.
class CardCheckerTest {
    private static final long STRUCK = 10_000;
    private static final long BACK = 15_000;
    private static final long WELL = 25_000;

    private final Orders orders = new Orders(List.of("ann", "bob"), List.of("why"), "r1");
    private final CardChecker checker =
            new CardChecker(orders, Map.of("why", "because"), new CardChecker.Times(STRUCK, BACK, WELL));
    private final List<Said> said = new ArrayList<>();
    private final List<Message> log = new ArrayList<>();

    @Test
    void questionsThatAreAnsweredWithTheirEntriesInTimeAreNoBreach() {
        askAllAlong(20, "because");

        assertThat(check("bob")).isEmpty();
        assertThat(checker.answers()).isEqualTo(50);
    }

    @Test
    void questionsThatWaitDuringTheFaultAreTold() {
        askAllAlong(3_001, "because");

        assertThat(check("bob")).containsExactly(Breach.Kind.LATE);
    }

    @Test
    void anotherAnswerThanThatOfTheEntryIsTold() {
        askAllAlong(20, "because");
        ask("why", 30_000, 20, "{\"text\":\"I do not know\"}", "I do not know");

        assertThat(check("bob")).containsExactly(Breach.Kind.ALTERED);
    }

    @Test
    void anOrderWithoutItsCardDuringTheFaultIsNoBreach() {
        askForTheCard(STRUCK + 1, "{\"text\":\"away\"}");
        askForTheCard(BACK + 1, "{\"text\":\"away\"}");

        assertThat(checkCards()).isEmpty();
        assertThat(checker.without()).isEqualTo(1);
    }

    @Test
    void anOrderWithoutItsCardLongAfterTheFaultIsTold() {
        askForTheCard(WELL, "{\"text\":\"away\"}");

        assertThat(checkCards()).containsExactly(Breach.Kind.ALTERED);
    }

    @Test
    void theCardOfAnotherOrderIsTold() {
        askForTheCard(WELL, "{\"card\":\"order\",\"order\":{\"id\":\"7R10001\"}}");
        assertThat(checkCards()).containsExactly(Breach.Kind.ALTERED);
    }

    @Test
    void theCardOfTheOrderIsCounted() {
        askForTheCard(WELL, "{\"card\":\"order\",\"order\":{\"id\":\"%s\"}}".formatted(order()));

        assertThat(checkCards()).isEmpty();
        assertThat(checker.cards()).isEqualTo(1);
    }

    @Test
    void eachQuestionAboutAnOrderNamesAnotherOne() {
        var speech = orders.speech("ann", new SplittableRandom(1));
        var all = new HashSet<String>();
        for (var next = speech.next(); next != null; next = speech.next()) {
            assertThat(next).isEqualTo(Orders.question(Orders.orderIn(next)));
            assertThat(all.add(next)).isTrue();
        }

        assertThat(all).hasSizeGreaterThan(50);
        assertThat(orders.speech("bob", new SplittableRandom(1)).next()).isEqualTo("why");
    }

    private String order() {
        return "7R10000";
    }

    private void askForTheCard(long due, String content) {
        ask(Orders.question(order()), due, 20, content, null);
    }

    /// Ten a second from before the fault until after it.
    private void askAllAlong(long took, String answer) {
        for (var due = STRUCK - 1_000; due < BACK + 1_000; due += 100) {
            ask("why", due, took, "{\"text\":\"%s\"}".formatted(answer), answer);
        }
    }

    private void ask(String text, long due, long took, String content, @Nullable String answer) {
        var id = Integer.toString(1_000 + said.size());
        var each = new Said(id, text, due * 1_000);
        each.sent(due * 1_000);
        each.acknowledged(id, (due + 5) * 1_000);
        each.answered((due + took) * 1_000);
        said.add(each);
        log.add(new Message(id, "0", "user", null, "{}", text, null));
        log.add(new Message(id + "9", "0", "bot", id, content, answer, null));
    }

    private List<Breach.Kind> check(String shopper) {
        checker.look(new ShopperLedger(shopper, said, List.of()), log);
        return checker.breaches().stream().map(Breach::kind).toList();
    }

    /// Beside somebody who asks the FAQ and is answered.
    private List<Breach.Kind> checkCards() {
        checker.look(new ShopperLedger("ann", List.copyOf(said), List.of()), List.copyOf(log));
        said.clear();
        log.clear();
        askAllAlong(20, "because");
        return check("bob");
    }
}
