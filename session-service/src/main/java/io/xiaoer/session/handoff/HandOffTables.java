package io.xiaoer.session.handoff;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.tenant.Tenant;
import io.xiaoer.session.conversation.Owner;
import io.xiaoer.session.conversation.SessionRow;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The sessions that wait and that are held, as MariaDB has them; each shop's within its own work. Every method
/// throws a `DataAccessException` if MariaDB does not answer.
@Component
class HandOffTables {

    /// The most sessions of one agent that are looked at.
    static final int MOST_HELD = 500;

    private final HandOffMapper mapper;

    HandOffTables(HandOffMapper mapper) {
        this.mapper = mapper;
    }

    /// A place in the queue.
    record Place(long rank, long id) {
        static final Place START = new Place(Long.MIN_VALUE, 0);

        static Place of(SessionRow row) {
            return new Place(row.queueRank() == null ? 0 : row.queueRank(), row.id());
        }
    }

    List<SessionRow> waiting(ShopId shop, Place after, int limit) {
        return Tenant.call(shop, () -> mapper.waiting(shop, after.rank(), after.id(), limit));
    }

    int ahead(SessionRow row) {
        var place = Place.of(row);
        return Tenant.call(row.shop(), () -> mapper.countAhead(row.shop(), place.rank(), place.id()));
    }

    int countWaiting(ShopId shop) {
        return Tenant.call(shop, () -> mapper.countWaiting(shop));
    }

    List<SessionRow> heldBy(UserKey agent) {
        return Tenant.call(agent.shop(), () -> mapper.heldBy(agent.shop(), agent.id(), MOST_HELD));
    }

    /// How many sessions each agent holds; who holds none is not in it.
    Map<String, Integer> loads(ShopId shop) {
        return Tenant.call(shop, () -> mapper.loads(shop)).stream()
                .collect(Collectors.toMap(HandOffMapper.Load::holder, HandOffMapper.Load::sessions));
    }

    /// Who has held a session since then.
    Set<String> holdersSince(SessionRow row, long since) {
        return Set.copyOf(Tenant.call(row.shop(), () -> mapper.holdersSince(row.shop(), row.id(), since)));
    }

    List<Long> handlingTimes(ShopId shop, int limit) {
        return Tenant.call(shop, () -> mapper.handlingTimes(shop, limit));
    }

    /// The sessions of an owner in all shops, by shop and id, after one of them.
    List<SessionRow> owned(Owner owner, @Nullable SessionRow after, int limit) {
        return after == null
                ? mapper.owned(owner, "", 0, limit)
                : mapper.owned(owner, after.shopId(), after.id(), limit);
    }

    /// The shops in which anybody waits.
    List<ShopId> shopsWithQueue() {
        return mapper.shopsWithQueue().stream().map(ShopId::new).toList();
    }

    int forget(long before, int limit) {
        return mapper.forget(before, limit);
    }
}
