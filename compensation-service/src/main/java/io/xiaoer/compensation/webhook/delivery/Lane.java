package io.xiaoer.compensation.webhook.delivery;

import io.xiaoer.common.id.ShopId;

/// What is told to one endpoint one after the other: the deliveries of one session, for example.
///
/// @param name the session's id, or what else the order is kept for
public record Lane(Endpoint endpoint, String name) {
    /// An endpoint of a shop.
    public record Endpoint(ShopId shop, String webhook) {}

    public ShopId shop() {
        return endpoint.shop();
    }
}
