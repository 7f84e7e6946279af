package io.xiaoer.bot.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.id.UserKey;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OrderWarmUpTest {

    private final AtomicInteger looks = new AtomicInteger();
    private final Set<UserKey> users = new HashSet<>();

    private int warmed(OrderDesk desk) {
        return new OrderWarmUp(desk, Clock.systemUTC(), false).warm(Duration.ZERO, Duration.ZERO);
    }

    @Test
    void asksAgainUntilOrdersAreAnsweredAndThenOftenEnough() {
        int answered = warmed((user, number, deadline) -> {
            assertThat(user.shop().value()).isEqualTo("warm-up");
            users.add(user);
            if (looks.incrementAndGet() <= 2) {
                throw new OrderDesk.Away("it starts yet", null);
            }
            return new OrderDesk.Look(null, List.of());
        });

        assertThat(answered).isEqualTo(300);
        assertThat(looks).hasValue(302);
        assertThat(users).as("what is kept of one is no lookup").hasSize(300);
    }

    @Test
    void givesUpWhereNobodyAnswers() {
        int answered = warmed((user, number, deadline) -> {
            looks.incrementAndGet();
            throw new OrderDesk.Away("nobody is there", null);
        });

        assertThat(answered).isZero();
        assertThat(looks).hasValue(30);
    }
}
