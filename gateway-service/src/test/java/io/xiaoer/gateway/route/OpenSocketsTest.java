package io.xiaoer.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/// Handshakes one at a time, of connections of which there may be two.
class OpenSocketsTest {

    private static final Duration WAIT = Duration.ofSeconds(30);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<String> begun = new ArrayList<>();

    @Test
    void aHandshakeWaitsForItsTurn() {
        var sockets = new OpenSockets(2, 1, WAIT, meters);
        var first = Sinks.<Void>empty();
        sockets.inTurn(handshake("first", first.asMono()))
                .then(Mono.fromRunnable(() -> begun.add("done")))
                .subscribe();
        sockets.inTurn(handshake("second", Mono.never())).subscribe();
        assertThat(begun).containsExactly("first");
        assertThat(waiting()).isEqualTo(1);

        first.tryEmitEmpty();

        assertThat(begun).containsExactlyInAnyOrder("first", "done", "second");
        assertThat(waiting()).isZero();
    }

    @Test
    void whoeverLeavesGivesTheirTurnBack() {
        var sockets = new OpenSockets(3, 1, WAIT, meters);
        var first = sockets.inTurn(handshake("first", Mono.never())).subscribe();
        var second = sockets.inTurn(handshake("second", Mono.never())).subscribe();
        sockets.inTurn(handshake("third", Mono.never())).subscribe();

        second.dispose();
        first.dispose();

        assertThat(begun).containsExactly("first", "third");
    }

    @Test
    void aTurnThatDoesNotComeInTimeIsUnavailable() {
        var sockets = new OpenSockets(2, 1, Duration.ofMillis(50), meters);
        sockets.inTurn(handshake("first", Mono.never())).subscribe();

        isUnavailable(sockets.inTurn(handshake("second", Mono.never())));

        assertThat(begun).containsExactly("first");
    }

    @Test
    void whoeverWaitsHasAPlace() {
        var sockets = new OpenSockets(2, 1, WAIT, meters);
        sockets.inTurn(handshake("first", Mono.<Void>never().doOnSubscribe(at -> sockets.take())))
                .subscribe();
        sockets.inTurn(handshake("second", Mono.never())).subscribe();

        isUnavailable(sockets.inTurn(handshake("third", Mono.never())));
    }

    private Mono<Void> handshake(String name, Mono<Void> goesOn) {
        return Mono.fromRunnable(() -> begun.add(name)).then(goesOn);
    }

    private double waiting() {
        return meters.get("xiaoer.gateway.handshakes.waiting").gauge().value();
    }

    private static void isUnavailable(Mono<Void> handshake) {
        assertThatThrownBy(() -> handshake.block(WAIT))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(ProblemCode.UNAVAILABLE));
    }
}
