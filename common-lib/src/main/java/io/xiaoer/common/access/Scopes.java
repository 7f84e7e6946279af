package io.xiaoer.common.access;

import java.util.Set;

/// The scopes that mean something here, and which issuer may give which.
public final class Scopes {

    /// A shopper who has not logged in.
    public static final String GUEST = "guest";
    /// A known shopper.
    public static final String CHAT = "chat";
    /// A person who answers for a shop.
    public static final String AGENT = "agent";
    /// A shop's backend.
    public static final String MERCHANT = "merchant";
    /// Reading what is masked elsewhere; given beside another scope, or alone.
    public static final String UNMASK = "unmask";
    /// Who runs the suite.
    public static final String OPS = "ops";
    /// A service of the suite; refused from outside.
    public static final String INTERNAL = "internal";

    /// What the suite's own tokens may carry.
    static final Set<String> OF_SUITE = Set.of(GUEST, CHAT, INTERNAL);
    /// What the organisation's tokens may carry.
    static final Set<String> OF_ORGANISATION = Set.of(MERCHANT, AGENT, UNMASK, OPS);

    private Scopes() {}
}
