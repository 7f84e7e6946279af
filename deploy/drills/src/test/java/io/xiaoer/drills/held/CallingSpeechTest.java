package io.xiaoer.drills.held;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CallingSpeechTest {
    private final CallingSpeech speech = new CallingSpeech(List.of("one", "two"), new SplittableRandom(7));

    @Test
    void whoCallsAsksForAPersonOnceAndThenGoesOn() {
        var first = speech.next();
        speech.call();
        var wish = speech.next();
        var second = speech.next();

        assertThat(wish).isEqualTo("转人工");
        assertThat(List.of(String.valueOf(first), String.valueOf(second))).containsExactlyInAnyOrder("one", "two");
        assertThat(speech.next()).isNull();
    }
}
