package io.xiaoer.drills.failing;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.drills.failing.Dud.Kind;
import io.xiaoer.drills.failing.Tasks.Facts;
import io.xiaoer.drills.ledger.Breach;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A checker that never complains proves nothing: each broken promise is built here and must be told by its name.
class DudCheckerTest {
    private static final long BACK = 50_000;
    private static final String SHOP = "1001";
    private static final String TEMPLATE = "missing";

    private final List<Dud> all = new ArrayList<>();
    private final Dud command = command("one");
    private final Dud unreadable = unreadable("two");
    private Facts facts = new Facts(1, 1);

    @Test
    void whatIsInCompensationInTimeAndReplayedOnceHasNoBreach() {
        assertThat(check()).isEmpty();
    }

    @Test
    void whatWasNotTakenIsTold() {
        var refused = new Dud(Kind.COMMAND, "three");
        refused.refused("400");
        all.add(refused);

        assertThat(check()).containsExactly(Breach.Kind.NOT_TAKEN);
    }

    @Test
    void whatIsNotInCompensationIsLost() {
        var lost = new Dud(Kind.RECORD, "three");
        lost.taken("three", 10);
        all.add(lost);

        assertThat(check()).containsExactly(Breach.Kind.LOST);
    }

    @Test
    void whatComesIntoCompensationAfterAMinuteIsLate() {
        unreadable.found("t", 1, null, BACK + 60_000);
        assertThat(check()).isEmpty();

        unreadable.found("t", 1, null, BACK + 60_001);
        assertThat(check()).containsExactly(Breach.Kind.LATE);
    }

    @Test
    void theMinuteOfWhatWasTakenAfterTheReturnBeginsThen() {
        unreadable.taken("two", BACK + 30_000);
        unreadable.found("t", 1, null, BACK + 80_000);

        assertThat(check()).isEmpty();
    }

    @Test
    void whatIsInCompensationTwiceIsDoubled() {
        command.found("t", 2, null, BACK);

        assertThat(check()).containsExactly(Breach.Kind.DOUBLED);
    }

    @Test
    void whatIsNotWholeInCompensationIsAltered() {
        command.found("t", 1, "it is {}", BACK);

        assertThat(check()).containsExactly(Breach.Kind.ALTERED);
    }

    @Test
    void aCommandThatIsNotAppliedByItsReplayIsTold() {
        command.stands("compensating");
        facts = new Facts(2, 0);

        assertThat(check()).containsExactly(Breach.Kind.UNANSWERED);
    }

    @Test
    void aCouponGivenTwiceIsDoubled() {
        facts = new Facts(0, 2);

        assertThat(check()).containsExactly(Breach.Kind.DOUBLED, Breach.Kind.DOUBLED);
    }

    @Test
    void aCouponThatIsNotThereIsLost() {
        facts = new Facts(2, 0);

        assertThat(check()).containsExactly(Breach.Kind.LOST, Breach.Kind.LOST);
    }

    @Test
    void aPayloadIsWholeIfAllThatWasGivenStandsInIt() {
        assertThat(Payloads.flawOfCommand(payload("missing"), "id-one", SHOP, command, TEMPLATE))
                .isNull();
        assertThat(Payloads.flawOfCommand(payload("another"), "id-one", SHOP, command, TEMPLATE))
                .contains("another");
        assertThat(Payloads.flawOfCommand(payload("missing"), "id-two", SHOP, command, TEMPLATE))
                .isNotNull();
        assertThat(Payloads.flawOfCommand(null, "id-one", SHOP, command, TEMPLATE))
                .isNotNull();
        assertThat(Payloads.flawOfRecord(Records.text("two"), unreadable)).isNull();
        assertThat(Payloads.flawOfRecord("{\"drill\":\"two\"", unreadable)).isNotNull();
    }

    private List<Breach.Kind> check() {
        return DudChecker.check(all, 2, facts, BACK).stream().map(Breach::kind).toList();
    }

    private static JSONObject payload(String template) {
        return JSONObject.of("id", "id-one", "shop_id", SHOP, "kind", "coupon", "user_id", "one-user")
                .fluentPut("arguments", JSONObject.of("template_id", template));
    }

    private Dud command(String name) {
        var dud = new Dud(Kind.COMMAND, name);
        dud.taken("id-" + name, 1_000);
        dud.found("t-" + name, 1, null, BACK);
        dud.stands("applied");
        all.add(dud);
        return dud;
    }

    private Dud unreadable(String name) {
        var dud = new Dud(Kind.RECORD, name);
        dud.taken(name, 2_000);
        dud.found("t-" + name, 1, null, BACK);
        all.add(dud);
        return dud;
    }
}
