package io.xiaoer.compensation.webhook.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which addresses an endpoint may have.
class AddressesTest {
    private static final AddressPolicy PUBLIC_ONLY = new AddressPolicy(List.of());
    private static final String URL = "https://hooks.example.com/x";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "100.100.100.200",
                "127.0.0.1",
                "127.255.255.254",
                "168.63.129.16",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.1.1.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::7f00:1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "3fff::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void whatIsNotPublicIsRefused(String address) {
        assertThatThrownBy(() -> addresses(PUBLIC_ONLY, address).check(URL))
                .isInstanceOf(NotReachable.class)
                .extracting(refused -> ((NotReachable) refused).why())
                .isEqualTo(NotReachable.Why.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"93.184.216.34", "100.63.255.255", "172.32.0.1", "223.255.255.254", "2606:2800:220:1::1"})
    void whatIsPublicIsTaken(String address) throws Exception {
        assertThat(addresses(PUBLIC_ONLY, address).check(URL).address()).isEqualTo(InetAddress.ofLiteral(address));
    }

    @Test
    void oneRefusedAddressAmongSeveralRefusesTheName() {
        assertThatThrownBy(() ->
                        addresses(PUBLIC_ONLY, "93.184.216.34", "10.0.0.1").check(URL))
                .isInstanceOf(NotReachable.class);
    }

    @Test
    void ofSeveralAddressesEachHasItsTurn() throws Exception {
        var two = addresses(PUBLIC_ONLY, "93.184.216.34", "93.184.216.35");

        assertThat(two.check(URL, 0).address()).isEqualTo(InetAddress.ofLiteral("93.184.216.34"));
        assertThat(two.check(URL, 1).address()).isEqualTo(InetAddress.ofLiteral("93.184.216.35"));
        assertThat(two.check(URL, 2).address()).isEqualTo(InetAddress.ofLiteral("93.184.216.34"));
    }

    @Test
    void whatTheConfigurationAllowsIsTakenOverPlainHttpTooAndNothingElseIs() throws Exception {
        var policy = new AddressPolicy(List.of("127.0.0.0/8"));

        assertThat(addresses(policy, "127.0.0.1").check("http://shop.local:81/").port())
                .isEqualTo(81);
        assertThat(addresses(policy, "127.0.0.1").check(URL).port()).isEqualTo(443);
        assertThatThrownBy(() -> addresses(policy, "10.0.0.1").check("http://shop.local/"))
                .isInstanceOf(NotReachable.class);
        assertThatThrownBy(() -> addresses(policy, "93.184.216.34").check("http://shop.local/"))
                .isInstanceOf(NotReachable.class);
        assertThatThrownBy(() -> new AddressPolicy(List.of("loopback"))).hasMessageContaining("loopback");
    }

    @Test
    void aNameWithoutAnswerSaysNothingOfTheAddress() {
        var silent = new Addresses(
                host -> {
                    throw new NameServiceSilent(host);
                },
                PUBLIC_ONLY);

        assertThatThrownBy(() -> silent.check(URL))
                .isInstanceOf(NotReachable.class)
                .matches(refused -> ((NotReachable) refused).isPassing());
        assertThatThrownBy(() -> addresses(PUBLIC_ONLY).check(URL))
                .isInstanceOf(NotReachable.class)
                .matches(refused -> !((NotReachable) refused).isPassing());
    }

    @Test
    void theSystemsNamesKnowThisMachine() throws Exception {
        try (var names = new SystemNames(2, Duration.ofSeconds(20))) {
            assertThat(names.resolve("127.0.0.1")).containsExactly(InetAddress.ofLiteral("127.0.0.1"));
            assertThat(names.resolve("[::1]")).containsExactly(InetAddress.ofLiteral("::1"));
        }
    }

    private static Addresses addresses(AddressPolicy policy, String... answers) {
        return new Addresses(
                host -> {
                    var all = new ArrayList<InetAddress>();
                    for (var answer : answers) {
                        all.add(InetAddress.ofLiteral(answer));
                    }
                    if (all.isEmpty()) {
                        throw new UnknownHostException(host);
                    }
                    return all;
                },
                policy);
    }
}
