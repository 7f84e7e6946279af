package io.xiaoer.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.xiaoer.common.testing.RealServers;
import io.xiaoer.common.testing.ServerKind;
import io.xiaoer.common.testing.WithServers;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
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
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RedisDoor firstDoor = new RedisDoor(RealServers.redisUrl(), List.of(), PATIENCE);
    private final RedisDoor secondDoor = new RedisDoor(RealServers.redisUrl(), List.of(), PATIENCE);
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
        var brief = limit(firstDoor, 3, Duration.ofSeconds(3));
        await().until(() -> count(brief, address) instanceof Admission.Refused);

        await().atMost(Duration.ofSeconds(30)).until(() -> count(brief, address) instanceof Admission.Counted);
    }

    @Test
    void addressesOfOneNetworkOfIpv6AreCountedTogether() throws Exception {
        var network = new byte[16];
        ThreadLocalRandom.current().nextBytes(network);
        network[0] = 0x20;
        var next = network.clone();
        next[7] ^= 1;

        assertThat(left(ipv6(network, 1))).isEqualTo(CALLS - 1);
        assertThat(left(ipv6(network, 2))).isEqualTo(CALLS - 2);
        assertThat(left(ipv6(network, -1))).isEqualTo(CALLS - 3);
        assertThat(left(ipv6(next, 1))).isEqualTo(CALLS - 1);
    }

    @Test
    void anIpv4AddressInTheFormOfIpv6IsTheIpv4Address() throws Exception {
        var mapped = new byte[16];
        mapped[10] = -1;
        mapped[11] = -1;
        System.arraycopy(address.getAddress(), 0, mapped, 12, 4);
        var neighbour = mapped.clone();
        neighbour[15] ^= 1;

        assertThat(left(address)).isEqualTo(CALLS - 1);
        assertThat(left(Inet6Address.getByAddress(null, mapped, -1))).isEqualTo(CALLS - 2);
        assertThat(left(Inet6Address.getByAddress(null, neighbour, -1))).isEqualTo(CALLS - 1);
    }

    /// A host of a network, as the server knows one: with the interface that it came in by.
    private static InetAddress ipv6(byte[] network, int host) throws UnknownHostException {
        return Inet6Address.getByAddress(
                null, ByteBuffer.wrap(network.clone()).putLong(8, host).array(), 1);
    }

    private long left(InetAddress from) {
        return ((Admission.Counted) count(first, from)).left();
    }

    private static Admission count(AddressLimit limit, InetAddress address) {
        return Objects.requireNonNull(limit.count(address).block(PATIENCE));
    }

    private static AddressLimit limit(RedisDoor door, Duration window) {
        return limit(door, CALLS, window);
    }

    private static AddressLimit limit(RedisDoor door, int calls, Duration window) {
        return new AddressLimit(new LimitSettings(calls, window, List.of()), door, new SimpleMeterRegistry());
    }

    private static InetAddress address() {
        byte[] bytes = new byte[4];
        ThreadLocalRandom.current().nextBytes(bytes);
        bytes[0] = 10;
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
