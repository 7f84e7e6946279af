package io.xiaoer.ordersync.order;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.tenant.Tenant;
import java.time.Instant;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// Who was erased and when, in MariaDB, table `erased_shopper`. Marks are kept as long as anything may be asked again
/// that was asked before them.
///
/// An erasure marks first and then changes the shopper's orders, in one transaction; who is about to store something of
/// a shopper holds the lock of the order first and then asks here. So either the mark is seen, or the erasure waits for
/// what was stored and takes it away.
@Component
public class ErasedShoppers {
    private final ErasedMapper mapper;

    ErasedShoppers(ErasedMapper mapper) {
        this.mapper = mapper;
    }

    /// The caller goes on in the same transaction.
    @Transactional(propagation = Propagation.MANDATORY)
    public void mark(UserKey user, Instant at) {
        Tenant.run(user.shop(), () -> mapper.mark(user.shop(), digest(user.shop(), user.id()), at));
    }

    /// Whether the shopper was erased after what was asked at this moment. Nobody can be called what is
    /// no user id, which orders of earlier times may have, so nobody of that name was. The caller holds
    /// the lock of their order, in a transaction that reads what others committed.
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean since(ShopId shop, String user, Instant at) {
        if (!UserKey.isUserId(user)) {
            return false;
        }
        var who = digest(shop, user);
        return Tenant.call(shop, () -> mapper.since(shop, who, at)) > 0;
    }

    private static String digest(ShopId shop, String user) {
        return new UserKey(shop, UserKey.Kind.USER, UserKey.compared(user)).digest();
    }

    /// @return how many marks went
    public int forget(Instant before, int limit) {
        return mapper.forget(before, limit);
    }
}
