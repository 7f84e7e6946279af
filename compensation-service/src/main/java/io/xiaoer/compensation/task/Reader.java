package io.xiaoer.compensation.task;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.access.Scopes;
import io.xiaoer.common.id.ShopId;
import org.jspecify.annotations.Nullable;

/// Whose tasks a caller may see and act on: an operator all, a merchant those of its shop.
public final class Reader {
    private Reader() {}

    /// The shop, or null for all.
    public static @Nullable ShopId of(Caller caller) {
        return caller.has(Scopes.OPS) ? null : caller.requireShop();
    }
}
