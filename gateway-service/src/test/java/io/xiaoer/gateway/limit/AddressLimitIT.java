package io.xiaoer.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.xiaoer.common.testing.RealServers;
import io.xiaoer.common.testing.ServerKind;
import io.xiaoer.common.testing.WithServers;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two gateways that count the calls of one address.
@WithServers(ServerKind.REDIS)
class AddressLimitIT {

    private static final int CALLS = 300;

    private final RedisDoor firstDoor = new RedisDoor(RealServers.redisUrl(), List.of());
    private final RedisDoor secondDoor = new RedisDoor(RealServers.redisUrl(), List.of());
    private final AddressLimit first = limit(firstDoor, Duration.ofSeconds(60));
    private final AddressLimit second = limit(secondDoor, Duration.ofSeconds(60));
    private final InetAddress address = address();

    @BeforeEach
    void connect() {
        for (var door : List.of(firstDoor, secondDoor)) {
            door.start();
            await().until(() -> door.commands().isPresent());
        }
    }

    @AfterEach
    void disconnect() {
        firstDoor.stop();
        secondDoor.stop();
    }

    @Test
    void threeHundredCallsAMinuteAreCountedOverAllGateways() {
        for (int i = 1; i <= CALLS; i++) {
            var admission = count(i % 2 == 0 ? first : second, address);
            assertThat(admission).isInstanceOf(Admission.Counted.class);
            assertThat(((Admission.Counted) admission).left()).isEqualTo(CALLS - i);
        }

        assertThat(count(first, address))
                .isInstanceOfSatisfying(
                        Admission.Refused.class,
                        refused -> assertThat(refused.afterSeconds()).isBetween(1L, 60L));
        assertThat(count(second, address)).isInstanceOf(Admission.Refused.class);
        assertThat(count(second, address())).isInstanceOf(Admission.Counted.class);
        assertThat(first.policy()).isEqualTo("\"ip\";q=300;w=60");
    }

    @Test
    void whoWasRefusedMayCallAgainWhenTheWindowHasPassed() {
        var brief = limit(firstDoor, Duration.ofSeconds(3));
        for (int i = 1; i <= CALLS; i++) {
            count(brief, address);
        }
        assertThat(count(brief, address)).isInstanceOf(Admission.Refused.class);

        await().atMost(Duration.ofSeconds(30)).until(() -> count(brief, address) instanceof Admission.Counted);
    }

    private static Admission count(AddressLimit limit, InetAddress address) {
        return Objects.requireNonNull(limit.count(address).block(Duration.ofSeconds(5)));
    }

    private static AddressLimit limit(RedisDoor door, Duration window) {
        return new AddressLimit(new LimitSettings(CALLS, window, List.of()), door, new SimpleMeterRegistry());
    }

    private static InetAddress address() {
        byte[] bytes = new byte[4];
        ThreadLocalRandom.current().nextBytes(bytes);
        bytes[0] = 10;
        try {
            return InetAddress.getByAddress(bytes);
        } catch (java.net.UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
