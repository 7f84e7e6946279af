package io.xiaoer.ordersync.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xiaoer.common.outgoing.PublicAddresses;
import io.xiaoer.common.problem.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is refused before anything is called or stored.
class SourceRulesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1",
                "https://169.254.169.254",
                "https://[::1]",
                "http://93.184.216.34",
                "https://93.184.216.34/admin",
                "https://93.184.216.34?x=1",
                "https://user@93.184.216.34",
                "ftp://93.184.216.34",
                "no address"
            })
    void anAddressThatMayNotBeCalledIsRefused(String address) {
        assertThatThrownBy(() -> wish(address).checked(new PublicAddresses(false)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.errors())
                                .singleElement()
                                .satisfies(error -> assertThat(error.field()).isEqualTo("address")));
    }

    @Test
    void aPublicAddressIsKeptInOneForm() {
        assertThat(wish("HTTPS://93.184.216.34/")
                        .checked(new PublicAddresses(false))
                        .address())
                .isEqualTo("https://93.184.216.34");
        assertThat(wish("http://127.0.0.1:99")
                        .checked(new PublicAddresses(true))
                        .address())
                .isEqualTo("http://127.0.0.1:99");
    }

    @Test
    void aSourceDeliversOnlySoOftenAndAnotherOneIsNotConcerned() {
        var settings = settings(200, 1);
        var clock = new Clock[] {Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)};
        var rate = new DeliveryRate(settings, new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return clock[0].instant();
            }
        });
        assertThat(IntStream.range(0, 15).filter(each -> rate.admits("a")).count())
                .isEqualTo(10);
        assertThat(rate.admits("b")).isTrue();
        clock[0] = Clock.fixed(Instant.EPOCH.plusSeconds(2), ZoneOffset.UTC);
        assertThat(IntStream.range(0, 5).filter(each -> rate.admits("a")).count())
                .isEqualTo(2);
    }

    @Test
    void settingsOutsideTheirRuleAreRefusedByName() {
        assertThatThrownBy(() -> settings(200, 0)).hasMessageContaining("xiaoer.sources.deliveries-per-second");
        assertThatThrownBy(() -> settings(0, 50)).hasMessageContaining("xiaoer.sources.pages");
    }

    private static SourceSettings settings(int pages, int deliveries) {
        return new SourceSettings(
                Duration.ofSeconds(60),
                Duration.ofMinutes(5),
                Duration.ofSeconds(1),
                2,
                pages,
                Duration.ofMinutes(2),
                Duration.ofSeconds(20),
                deliveries,
                false);
    }

    private static SourceWish wish(String address) {
        return new SourceWish(PlatformKind.SHOPIFY, address, "t", "s", null);
    }
}
