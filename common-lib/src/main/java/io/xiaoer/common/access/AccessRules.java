package io.xiaoer.common.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/// Which scopes reach which address of a service. The first rule that fits decides; what no rule names is refused.
/// Patterns are Spring's (`/api/v1/orders/**`).
public final class AccessRules {

    private final List<Rule> rules;

    private AccessRules(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /// One line of the table.
    ///
    /// @param method null for all
    /// @param scopes any of them will do; empty for an open address, at which no token is looked at
    record Rule(@Nullable HttpMethod method, String pattern, Set<String> scopes) {

        boolean isOpen() {
            return scopes.isEmpty();
        }
    }

    /// An empty table.
    public static Builder builder() {
        return new Builder();
    }

    List<Rule> rules() {
        return rules;
    }

    /// Collects rules in their order.
    public static final class Builder {

        private final List<Rule> rules = new ArrayList<>();

        private Builder() {}

        /// Opens an address to everybody. A token that comes with the call is not checked: the controller may read it.
        public Builder open(HttpMethod method, String pattern) {
            rules.add(new Rule(method, pattern, Set.of()));
            return this;
        }

        /// Lets tokens with any of these scopes call the pattern by any method.
        public Builder allow(String pattern, String... scopes) {
            return add(null, pattern, scopes);
        }

        /// Lets tokens with any of these scopes call the pattern by this method.
        public Builder allow(HttpMethod method, String pattern, String... scopes) {
            return add(method, pattern, scopes);
        }

        /// The finished table.
        public AccessRules build() {
            return new AccessRules(rules);
        }

        private Builder add(@Nullable HttpMethod method, String pattern, String... scopes) {
            if (scopes.length == 0) {
                throw new IllegalArgumentException(pattern + " needs a scope; use open for an open address");
            }
            rules.add(new Rule(method, pattern, Set.of(scopes)));
            return this;
        }
    }
}
