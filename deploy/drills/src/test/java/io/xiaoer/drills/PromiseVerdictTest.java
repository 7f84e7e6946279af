package io.xiaoer.drills;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.drills.fault.Drill;
import io.xiaoer.drills.ledger.Breach;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromiseVerdictTest {
    private static final Breach BREACH = new Breach(Breach.Kind.FOREIGN, "somebody", "was shown something");

    @Test
    void whatWasJudgedAndIsWholeHasPassed() {
        assertThat(verdict(1, List.of()).passed()).isTrue();
        assertThat(verdict(1, List.of()).tell()).contains("PASSED");
    }

    @Test
    void aBreachBreaksIt() {
        assertThat(verdict(1, List.of(BREACH)).passed()).isFalse();
        assertThat(verdict(1, List.of(BREACH)).tell()).contains("BROKEN");
    }

    @Test
    void aDrillThatJudgedNothingHasNotPassed() {
        assertThat(verdict(0, List.of()).passed()).isFalse();
        assertThat(verdict(0, List.of()).tell()).contains("EMPTY");
    }

    private static PromiseVerdict verdict(long judged, List<Breach> breaches) {
        return new PromiseVerdict(Drill.ALL.getLast(), 7, "much", judged, breaches, 100);
    }
}
