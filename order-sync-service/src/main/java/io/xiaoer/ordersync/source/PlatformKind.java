package io.xiaoer.ordersync.source;

import java.util.Locale;

/// The platforms that are known, each with its adapter.
public enum PlatformKind {
    /// Any sender that signs as Standard Webhooks has it and speaks the forms of this service.
    WEBHOOK,
    /// Shopify's public order format.
    SHOPIFY;

    /// The name in addresses, bodies and tags.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
