package io.xiaoer.compensation.webhook.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which addresses an endpoint may have.
class AddressesTest {
    private static final AddressPolicy PUBLIC_ONLY = new AddressPolicy(List.of());
    private static final String URL = "https://hooks.example.com/x";

    /// Which these are is tested where they are known, in `PublicAddressesTest`.
    @Test
    void whatIsNotPublicIsRefusedAndWhatIsPublicIsTaken() throws Exception {
        assertThatThrownBy(() -> addresses(PUBLIC_ONLY, "169.254.169.254").check(URL))
                .isInstanceOf(NotReachable.class)
                .extracting(refused -> ((NotReachable) refused).why())
                .isEqualTo(NotReachable.Why.REFUSED);
        assertThat(addresses(PUBLIC_ONLY, "93.184.216.34").check(URL).address())
                .isEqualTo(InetAddress.ofLiteral("93.184.216.34"));
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
