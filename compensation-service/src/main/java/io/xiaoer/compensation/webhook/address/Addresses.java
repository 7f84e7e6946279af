package io.xiaoer.compensation.webhook.address;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/// Reads an endpoint's url, looks its host up and checks every address behind it.
@Component
public class Addresses {
    private static final int LONGEST = 2048;
    private static final int HIGHEST_PORT = 65_535;

    private final NameResolver names;
    private final AddressPolicy policy;

    public Addresses(NameResolver names, AddressPolicy policy) {
        this.names = names;
        this.policy = policy;
    }

    /// Where to connect to for this url now. The same url may lead elsewhere a moment later: whoever connects connects
    /// to the address of the answer.
    ///
    /// @throws NotReachable if the url, or any address behind it, is refused
    public Target check(String url) throws NotReachable {
        return check(url, 0);
    }

    /// As above.
    ///
    /// @param turn which of several addresses is meant: another at each, so that one that is away costs one attempt
    public Target check(String url, int turn) throws NotReachable {
        var uri = read(url);
        var addresses = addresses(uri.getHost());
        boolean secure = uri.getScheme().equalsIgnoreCase("https");
        for (var address : addresses) {
            if (!policy.allows(address, secure)) {
                throw new NotReachable(
                        NotReachable.Why.REFUSED,
                        secure ? "must lead to a public address" : "must be an https address of the public internet");
            }
        }
        return new Target(uri, addresses.get(turn % addresses.size()));
    }

    private static URI read(String url) throws NotReachable {
        if (url.length() > LONGEST) {
            throw malformed("must have at most " + LONGEST + " characters");
        }
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException noUri) {
            throw malformed("must be an https address");
        }
        var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("https") || scheme.equals("http")) || uri.getHost() == null) {
            throw malformed("must be an https address");
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw malformed("must carry no user and no fragment");
        }
        if (url.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw malformed("must be written in ASCII");
        }
        if (uri.getPort() == 0 || uri.getPort() > HIGHEST_PORT) {
            throw malformed("must have a port between 1 and " + HIGHEST_PORT);
        }
        return uri;
    }

    private List<InetAddress> addresses(String host) throws NotReachable {
        try {
            var found = names.resolve(host);
            if (found.isEmpty()) {
                throw new UnknownHostException(host);
            }
            return found;
        } catch (NameServiceSilent silent) {
            throw new NotReachable(NotReachable.Why.NO_ANSWER, "cannot be looked up now");
        } catch (UnknownHostException unknown) {
            throw new NotReachable(NotReachable.Why.UNKNOWN, "must name a host that exists");
        }
    }

    private static NotReachable malformed(String rule) {
        return new NotReachable(NotReachable.Why.MALFORMED, rule);
    }
}
