package io.xiaoer.compensation.webhook;

import io.xiaoer.common.access.Cidrs;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Endpoints and how they are told, `xiaoer.webhook.*`.
///
/// @param allowedNetworks CIDR list of addresses that are not public and may be told all the same, by plain http too
/// @param perShop the most endpoints of a shop
/// @param oldSecret for how long an old secret signs beside the one that replaced it
/// @param connect the patience with a connection, its name and its TLS handshake, each
/// @param timeout the patience with a whole attempt
/// @param claim after what time another instance may take what one has begun; longer than an attempt can take
/// @param slow an endpoint whose answer took longer gets the smaller share
/// @param atOnce the most attempts of an instance at one time; half of them are for endpoints that answer well
/// @param perEndpoint the most of them to one endpoint
/// @param first the pause after the first failure, doubled after each further one
/// @param longest the longest pause
/// @param jitter the part by which a pause is made longer at random
/// @param window after what time without success a delivery is exhausted
/// @param queue the most deliveries that wait for one endpoint; with more it is disabled
/// @param keep how long finished deliveries stay in the log
/// @param poll how often an instance looks for what is due
@ConfigurationProperties("xiaoer.webhook")
public record WebhookSettings(
        @DefaultValue List<String> allowedNetworks,
        @DefaultValue("10") int perShop,
        @DefaultValue("24h") Duration oldSecret,
        @DefaultValue("3s") Duration connect,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("60s") Duration claim,
        @DefaultValue("2s") Duration slow,
        @DefaultValue("64") int atOnce,
        @DefaultValue("8") int perEndpoint,
        @DefaultValue("5s") Duration first,
        @DefaultValue("1h") Duration longest,
        @DefaultValue("0.2") double jitter,
        @DefaultValue("24h") Duration window,
        @DefaultValue("200000") int queue,
        @DefaultValue("15d") Duration keep,
        @DefaultValue("500ms") Duration poll) {

    public WebhookSettings {
        allowedNetworks = List.copyOf(allowedNetworks);
        Cidrs.require("xiaoer.webhook.allowed-networks", allowedNetworks);
        require(perShop >= 1 && perShop <= 100, "per-shop", perShop, "1 to 100");
        require(oldSecret.isPositive(), "old-secret", oldSecret, "positive");
        require(connect.toMillis() >= 100, "connect", connect, "at least 100 ms");
        require(timeout.compareTo(connect) >= 0, "timeout", timeout, "not shorter than connect");
        require(
                claim.compareTo(timeout.multipliedBy(2).plus(connect.multipliedBy(2))) >= 0,
                "claim",
                claim,
                "at least twice timeout and connect");
        require(slow.isPositive(), "slow", slow, "positive");
        require(atOnce >= 2 && atOnce <= 1000, "at-once", atOnce, "2 to 1000");
        require(perEndpoint >= 1 && perEndpoint <= atOnce, "per-endpoint", perEndpoint, "1 to at-once");
        require(first.toMillis() >= 100, "first", first, "at least 100 ms");
        require(longest.compareTo(first) >= 0, "longest", longest, "not shorter than first");
        require(jitter >= 0 && jitter <= 1, "jitter", jitter, "between 0 and 1");
        require(window.compareTo(longest) >= 0, "window", window, "not shorter than longest");
        require(queue >= 1, "queue", queue, "at least 1");
        require(keep.compareTo(window) >= 0, "keep", keep, "not shorter than window");
        require(poll.toMillis() >= 10, "poll", poll, "at least 10 ms");
    }

    private static void require(boolean holds, String field, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("xiaoer.webhook." + field + " = " + value + ": must be " + rule);
        }
    }
}
