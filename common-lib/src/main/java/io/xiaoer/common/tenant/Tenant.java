package io.xiaoer.common.tenant;

import io.xiaoer.common.id.ShopId;
import java.util.Optional;

/// The shop that the current work belongs to, from a caller's token or a consumed record. It is bound for
/// the length of one call and seen by that thread alone: work handed to another thread binds it again.
public final class Tenant {

    private static final ScopedValue<ShopId> CURRENT = ScopedValue.newInstance();

    private Tenant() {}

    /// Runs the work for the shop.
    ///
    /// @throws TenantViolation if the work of another shop is under way on this thread
    public static void run(ShopId shop, Runnable work) {
        bind(shop).run(work);
    }

    /// Runs the work for the shop and gives its result.
    ///
    /// @throws TenantViolation if the work of another shop is under way on this thread
    public static <T, X extends Throwable> T call(ShopId shop, ScopedValue.CallableOp<? extends T, X> work) throws X {
        return bind(shop).call(work);
    }

    /// The shop that this thread works for, if it works for one.
    public static Optional<ShopId> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /// @throws TenantViolation outside of [#run] and [#call]
    public static ShopId require() {
        return current().orElseThrow(() -> new TenantViolation("no shop is bound to this work"));
    }

    private static ScopedValue.Carrier bind(ShopId shop) {
        if (CURRENT.isBound() && !CURRENT.get().equals(shop)) {
            throw new TenantViolation("the work of one shop must not turn into another's");
        }
        return ScopedValue.where(CURRENT, shop);
    }
}
