package io.xiaoer.identity.person;

import io.xiaoer.identity.client.Clients;
import io.xiaoer.identity.client.SecretHash;
import io.xiaoer.identity.limit.FailureLimit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/// Proves that a person is an agent of the list. The same answer for an unknown name and a wrong password, and none
/// at all after too many failures.
public final class AgentLogin implements AuthenticationProvider {
    private static final int LONGEST = 256;
    /// What the password of nobody is compared with, so that it takes as long as another's.
    private static final String NOBODY = "0".repeat(64);

    private final Clients clients;
    private final SecretHash hash;
    private final FailureLimit limit;

    public AgentLogin(Clients clients, SecretHash hash, FailureLimit limit) {
        this.clients = clients;
        this.hash = hash;
        this.limit = limit;
    }

    @Override
    public Authentication authenticate(Authentication asked) {
        var name = asked.getName();
        var who = FailureLimit.key(address(asked), name.length() > LONGEST ? "" : name);
        if (limit.waitSeconds(who) > 0) {
            throw new LockedException("too many failed attempts");
        }
        var client = clients.agent(name);
        var secret = client == null || client.getClientSecret() == null ? NOBODY : client.getClientSecret();
        var given = String.valueOf(asked.getCredentials());
        if (given.length() > LONGEST || !hash.matches(given, secret) || client == null) {
            limit.failed(who);
            throw new BadCredentialsException("unknown name or wrong password");
        }
        return UsernamePasswordAuthenticationToken.authenticated(
                name, null, List.of(new SimpleGrantedAuthority("ROLE_agent")));
    }

    private static String address(Authentication asked) {
        return asked.getDetails() instanceof WebAuthenticationDetails details
                ? String.valueOf(details.getRemoteAddress())
                : "";
    }

    @Override
    public boolean supports(@Nullable Class<?> type) {
        return type != null && UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }
}
