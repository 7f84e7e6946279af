package io.xiaoer.common.access;

import java.io.Serial;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/// A verified token as Spring Security carries it: authorities `ROLE_<scope>`, principal the [Caller].
public final class CallerAuthentication extends AbstractAuthenticationToken {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient VerifiedToken token;

    public CallerAuthentication(VerifiedToken token) {
        super(AuthorityUtils.createAuthorityList(
                token.caller().scopes().stream().map(scope -> "ROLE_" + scope).toList()));
        this.token = token;
        setAuthenticated(true);
    }

    /// The token behind a request's principal, null if there is none.
    public static @Nullable VerifiedToken tokenOf(@Nullable Principal principal) {
        return principal instanceof CallerAuthentication authentication ? authentication.token : null;
    }

    /// The verified token.
    public VerifiedToken token() {
        return token;
    }

    @Override
    public Object getPrincipal() {
        return token.caller();
    }

    @Override
    public Object getCredentials() {
        return token;
    }

    @Override
    public String getName() {
        return token.caller().subject();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallerAuthentication that && that.token.equals(token);
    }

    @Override
    public int hashCode() {
        return token.hashCode();
    }
}
