package io.xiaoer.ordersync.source;

import io.xiaoer.common.outgoing.NotPublic;
import io.xiaoer.common.outgoing.PublicAddresses;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.ordersync.order.BrokenRule;
import io.xiaoer.ordersync.order.Rules;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The body of a `PUT` of a source. Secrets are taken and never given back. Prints redacted.
///
/// @param address       of a platform that is asked: scheme and host
/// @param accessToken   which that platform wants
/// @param webhookSecret with which that platform signs
/// @param since         from which change on orders are asked for; 60 days back if it is not said at the beginning
record SourceWish(
        PlatformKind platform,
        @Nullable String address,
        @Nullable String accessToken,
        @Nullable String webhookSecret,
        @Nullable Instant since) {

    private static final int LONGEST_SECRET = 255;

    /// @throws ProblemException naming the field that breaks its rule
    SourceWish checked(PublicAddresses addresses) {
        try {
            visible("access_token", accessToken);
            visible("webhook_secret", webhookSecret);
            var from = since == null ? null : Rules.time("since", since);
            return new SourceWish(
                    platform, address == null ? null : origin(address, addresses), accessToken, webhookSecret, from);
        } catch (BrokenRule broken) {
            throw ProblemException.invalid(broken.field(), broken.rule());
        }
    }

    private static String origin(String address, PublicAddresses addresses) {
        URI uri;
        try {
            uri = URI.create(address);
            addresses.check(uri);
        } catch (NotPublic refused) {
            throw ProblemException.invalid("address", String.valueOf(refused.getMessage()));
        } catch (UnknownHostException mayBeKnownLater) {
            uri = URI.create(address);
        } catch (IllegalArgumentException malformed) {
            throw ProblemException.invalid("address", "must be an address");
        }
        var scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        boolean bare = (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null;
        Rules.require(address, bare && address.length() <= LONGEST_SECRET, "address", "must be scheme and host alone");
        // A token travels with each call.
        Rules.require(
                address, scheme.equals("https") || addresses.allowsPrivate(), "address", "must begin with https://");
        return scheme + "://" + uri.getRawAuthority().toLowerCase(Locale.ROOT);
    }

    private static void visible(String field, @Nullable String secret) {
        if (secret != null) {
            boolean holds = !secret.isEmpty()
                    && secret.length() <= LONGEST_SECRET
                    && secret.chars().allMatch(each -> each > ' ' && each < 127);
            Rules.require(secret, holds, field, "must have 1 to " + LONGEST_SECRET + " visible ASCII characters");
        }
    }

    @Override
    public String toString() {
        return "SourceWish[" + platform + "]";
    }
}
