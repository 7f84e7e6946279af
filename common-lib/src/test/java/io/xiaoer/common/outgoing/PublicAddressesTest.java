package io.xiaoer.common.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which addresses of merchants are called.
class PublicAddressesTest {

    private static final Map<String, List<InetAddress>> NAMES = Map.of(
            "public.example", List.of(InetAddress.ofLiteral("93.184.216.34"), InetAddress.ofLiteral("2606:2800::1")),
            "rebound.example", List.of(InetAddress.ofLiteral("93.184.216.34"), InetAddress.ofLiteral("10.0.0.7")));

    private final PublicAddresses addresses = new PublicAddresses(false, host -> {
        var known = NAMES.get(host);
        if (known == null) {
            throw new UnknownHostException(host);
        }
        return known;
    });

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
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.9",
                "203.0.113.9",
                "224.0.0.1",
                "239.1.1.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::127.0.0.1",
                "::ffff:10.0.0.1",
                "100::1",
                "64:ff9b::7f00:1",
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
    void anAddressOfNoPublicNetworkIsRefused(String literal) {
        assertThat(PublicAddresses.isPublic(InetAddress.ofLiteral(literal))).isFalse();
        var address = URI.create("https://" + (literal.contains(":") ? "[" + literal + "]" : literal) + "/hook");
        assertThatThrownBy(() -> new PublicAddresses(false).check(address)).isInstanceOf(NotPublic.class);
        assertThatCode(() -> new PublicAddresses(true).check(address)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.1",
                "100.63.255.255",
                "100.128.0.1",
                "168.63.129.15",
                "169.253.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "192.0.1.1",
                "198.17.0.1",
                "198.20.0.1",
                "223.255.255.255",
                "2001:200::1",
                "2606:4700::1111",
                "2a00:1450::1"
            })
    void itsPublicNeighbourIsTaken(String literal) {
        assertThat(PublicAddresses.isPublic(InetAddress.ofLiteral(literal))).isTrue();
    }

    @Test
    void aNameIsRefusedForOneAddressAmongMany() {
        assertThatCode(() -> addresses.check(URI.create("https://public.example:8443/a?b=c")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> addresses.check(URI.create("https://rebound.example/")))
                .isInstanceOf(NotPublic.class)
                .hasMessageNotContaining("10.0.0.7");
        assertThatThrownBy(() -> addresses.check(URI.create("https://nobody.example/")))
                .isInstanceOf(UnknownHostException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://2130706433/", "http://127.1/", "http://localhost/", "http://LOCALHOST./"})
    void anotherWayToWriteLoopbackIsNoWayAroundTheRule(String address) {
        assertThatThrownBy(() -> new PublicAddresses(false).check(URI.create(address)))
                .isInstanceOfAny(NotPublic.class, UnknownHostException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://public.example/",
                "file:///etc/passwd",
                "//public.example/",
                "https:///nothing",
                "https://user:secret@public.example/",
                "mailto:a@public.example"
            })
    void whatIsNoCallOverHttpIsRefused(String address) {
        assertThatThrownBy(() -> addresses.check(URI.create(address))).isInstanceOf(NotPublic.class);
        assertThatThrownBy(() -> new PublicAddresses(true).check(URI.create(address)))
                .isInstanceOf(NotPublic.class);
    }
}
