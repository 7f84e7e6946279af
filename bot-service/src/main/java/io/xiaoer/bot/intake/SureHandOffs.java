package io.xiaoer.bot.intake;

import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.handoff.HandOffs;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Hands off until it is known what became of it: a shopper who stands in the queue must not be told that it failed.
@Component
class SureHandOffs {
    /// Well below the age at which session-service itself excuses a question.
    private static final Duration AT_MOST = Duration.ofSeconds(60);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final HandOffs handOffs;
    private final Patience patience;
    private final Clock clock;

    SureHandOffs(HandOffs handOffs, Patience patience, Clock clock) {
        this.handOffs = handOffs;
        this.patience = patience;
        this.clock = clock;
    }

    /// @return what became of it; done as well if an answer was lost before it was told that it had been done; refused
    /// if nobody could take it, or nobody answered for a minute
    /// @throws InterruptedException at a stop; the question must come again then
    HandOffs.Outcome handOff(Question question, String reason, @Nullable String brief) throws InterruptedException {
        var until = clock.instant().plus(AT_MOST);
        var pause = FIRST_PAUSE;
        boolean lost = false;
        while (true) {
            var outcome = handOffs.handOff(question, reason, brief);
            if (outcome != HandOffs.Outcome.UNKNOWN) {
                // What an answer that never came had done is counted by this question, or by none.
                return lost && outcome == HandOffs.Outcome.DONE_BEFORE ? HandOffs.Outcome.DONE : outcome;
            }
            lost = true;
            if (clock.instant().isAfter(until)) {
                return HandOffs.Outcome.REFUSED;
            }
            patience.pause(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }
}
