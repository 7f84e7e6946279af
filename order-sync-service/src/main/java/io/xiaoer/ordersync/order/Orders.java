package io.xiaoer.ordersync.order;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.TypeReference;
import io.xiaoer.common.crypto.FieldCipher;
import io.xiaoer.common.crypto.FieldHash;
import io.xiaoer.common.crypto.KeysUnavailable;
import io.xiaoer.common.event.Unprocessable;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.tenant.Tenant;
import io.xiaoer.ordersync.cache.CardChanges;
import io.xiaoer.ordersync.order.OrderMapper.Version;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// The orders of shops, in MariaDB.
///
/// `orders` has the order and its receiver, encrypted, the price that a command set, and whether receiver and status
/// are a command's; `order_item` what was bought. Both lead their keys with the shop. Rows stay; when a
/// shopper's data is erased their receivers go, and so do those that were told too long ago. Receivers
/// are read by who shows them alone, and masked: all else needs no key.
@Component
public class Orders {

    private static final Logger LOGGER = LoggerFactory.getLogger(Orders.class);
    private static final TypeReference<LinkedHashMap<String, String>> OPTIONS = new TypeReference<>() {};

    private final OrderMapper mapper;
    private final FieldCipher cipher;
    private final FieldHash hash;
    private final CardChanges cardChanges;

    Orders(OrderMapper mapper, FieldCipher cipher, FieldHash hash, CardChanges cardChanges) {
        this.mapper = mapper;
        this.cipher = cipher;
        this.hash = hash;
        this.cardChanges = cardChanges;
    }

    /// Whether the order is there; if so, nobody else changes it or its parts until the transaction ends. Who locks it
    /// is taken to change it: what is kept of its shopper's cards is forgotten.
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean lock(ShopId shop, String id) {
        var locked = Tenant.call(shop, () -> mapper.lock(shop, id));
        if (locked == null) {
            return false;
        }
        cardChanges.of(shop, locked.userId());
        return true;
    }

    /// The order as it stands now; nobody else changes it or its parts until the transaction ends.
    ///
    /// @throws Unprocessable if there is none: a command waits for it in compensation
    @Transactional(propagation = Propagation.MANDATORY)
    public Order locked(ShopId shop, String id) {
        if (!lock(shop, id)) {
            throw new Unprocessable("unknown_order", "there is no such order");
        }
        return find(shop, id, row -> null).orElseThrow();
    }

    /// What the merchant told as the total of an order that is there, whatever a command made of it.
    @Transactional(propagation = Propagation.MANDATORY)
    public long toldTotal(ShopId shop, String id) {
        return Tenant.call(shop, () -> mapper.toldTotal(shop, id));
    }

    /// Sets another total, in the order's own currency, which holds until a newer version is put. The caller holds the
    /// lock of the order.
    @Transactional(propagation = Propagation.MANDATORY)
    public void setPrice(ShopId shop, String id, Money price) {
        Tenant.run(shop, () -> mapper.setPrice(shop, id, price.amountMinor()));
    }

    /// Sets who receives an order; what is absent stays. Holds until a newer version is put. The caller holds the lock
    /// of the order.
    @Transactional(propagation = Propagation.MANDATORY)
    public void setReceiver(ShopId shop, String id, Receiver receiver) {
        Tenant.run(shop, () -> mapper.setReceiver(shop, id, SealedReceiver.seal(shop, id, receiver, cipher, hash)));
    }

    /// Closes an order, until a newer version is put. The caller holds the lock of the order.
    @Transactional(propagation = Propagation.MANDATORY)
    public void close(ShopId shop, String id) {
        Tenant.run(shop, () -> mapper.setStatus(shop, id, OrderStatus.CLOSED));
    }

    /// The ids of all orders of a shopper.
    @Transactional(readOnly = true)
    public List<String> idsOf(ShopId shop, String user) {
        return Tenant.call(shop, () -> mapper.idsOf(shop, user));
    }

    /// Forgets to whom the orders of an erased shopper went.
    @Transactional
    public void forgetReceivers(ShopId shop, String user) {
        cardChanges.of(shop, user);
        Tenant.run(shop, () -> mapper.forgetReceivers(shop, user));
    }

    /// Forgets to whom orders of all shops went whose receiver was told last before this moment, of so many at most.
    ///
    /// @return of how many
    @Transactional(isolation = Isolation.READ_COMMITTED)
    public int forgetReceiversToldBefore(Instant before, int limit) {
        return mapper.forgetReceiversToldBefore(before, limit);
    }

    /// Puts a version of an order, unless a newer one stands. Locks the order until the transaction ends.
    @Transactional(propagation = Propagation.MANDATORY)
    public Change put(ShopId shop, Order order) {
        return putAll(shop, List.of(order)).getFirst();
    }

    /// Puts versions of several orders as if one after the other; says what became of each.
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Change> putAll(ShopId shop, List<Order> told) {
        return Tenant.call(
                shop,
                () -> Bulk.runs(told, Order::id).stream()
                        .flatMap(run -> putRun(shop, run).stream())
                        .toList());
    }

    private List<Change> putRun(ShopId shop, List<Order> told) {
        var stored = new HashMap<String, Version>();
        var ids = told.stream().map(Order::id).toList();
        Bulk.each(ids, some -> mapper.lockAll(shop, some).forEach(row -> stored.put(row.id(), row)));
        var changes = told.stream()
                .map(order -> Change.of(updatedAt(stored.get(order.id())), order.updatedAt()))
                .toList();
        Change.applied(told, changes).forEach(order -> changed(shop, order, stored.get(order.id())));
        Bulk.each(rows(shop, told, changes, Change.CREATED), mapper::insertAll);
        rows(shop, told, changes, Change.REPLACED).forEach(mapper::update);
        Bulk.each(
                Change.only(told, changes, Change.REPLACED).stream()
                        .map(Order::id)
                        .toList(),
                replaced -> mapper.deleteItems(shop, replaced));
        Bulk.each(
                Change.applied(told, changes).stream()
                        .flatMap(order -> items(shop, order).stream())
                        .toList(),
                mapper::insertItems);
        return changes;
    }

    private static @Nullable Instant updatedAt(@Nullable Version stored) {
        return stored == null ? null : stored.updatedAt();
    }

    /// An order may pass from one shopper to another.
    private void changed(ShopId shop, Order told, @Nullable Version stored) {
        cardChanges.of(shop, told.userId());
        if (stored != null) {
            cardChanges.of(shop, stored.userId());
        }
    }

    private List<OrderRow> rows(ShopId shop, List<Order> told, List<Change> changes, Change wanted) {
        return Change.only(told, changes, wanted).stream()
                .map(order -> row(shop, order))
                .toList();
    }

    /// The order without its receiver.
    @Transactional(readOnly = true)
    public Optional<Order> find(ShopId shop, String id) {
        return find(shop, id, row -> null);
    }

    /// The order with its receiver masked; without it while there are no keys.
    @Transactional(readOnly = true)
    public Optional<Order> findMasked(ShopId shop, String id) {
        return find(shop, id, this::maskedIfKnown);
    }

    /// The order with its receiver masked.
    ///
    /// @throws ProblemException `unavailable` while there are no keys
    @Transactional(readOnly = true)
    public Optional<Order> findWithReceiver(ShopId shop, String id) {
        return find(shop, id, this::masked);
    }

    /// The receiver as it was told, with no field if there is none; empty if there is no such order. Whoever asks
    /// says in the same transaction who is shown it.
    ///
    /// @throws ProblemException `unavailable` while there are no keys
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Receiver> receiverInClear(ShopId shop, String id) {
        var row = Tenant.call(shop, () -> mapper.find(shop, id));
        if (row == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Objects.requireNonNullElse(SealedReceiver.open(row, cipher), Receiver.NOBODY));
        } catch (KeysUnavailable away) {
            throw unavailable(away);
        }
    }

    private Optional<Order> find(ShopId shop, String id, ReceiverOf receiver) {
        return Tenant.call(shop, () -> {
            var row = mapper.find(shop, id);
            return row == null
                    ? Optional.empty()
                    : Optional.of(read(shop, List.of(row), receiver).getFirst());
        });
    }

    /// The orders asked for, newest first, without their receivers.
    @Transactional(readOnly = true)
    public List<Order> list(ShopId shop, OrderQuery query) {
        return list(shop, query, row -> null);
    }

    /// The orders asked for, newest first, with their receivers masked; without them while there are no keys.
    @Transactional(readOnly = true)
    public List<Order> listMasked(ShopId shop, OrderQuery query) {
        return list(shop, query, this::maskedIfKnown);
    }

    private List<Order> list(ShopId shop, OrderQuery query, ReceiverOf receiver) {
        var phoneHash = SealedReceiver.hash(shop, query.phone(), hash);
        var previous = SealedReceiver.previousHash(shop, query.phone(), hash);
        return Tenant.call(shop, () -> read(shop, mapper.list(shop, query, phoneHash, previous), receiver));
    }

    /// What is shown of the receiver of a row.
    private interface ReceiverOf {
        @Nullable
        Receiver of(OrderRow row);
    }

    private @Nullable Receiver masked(OrderRow row) {
        try {
            return opened(row);
        } catch (KeysUnavailable away) {
            throw unavailable(away);
        }
    }

    private @Nullable Receiver maskedIfKnown(OrderRow row) {
        try {
            return opened(row);
        } catch (KeysUnavailable away) {
            LOGGER.atDebug().addKeyValue("order_id", row.id()).log("A receiver is left out: there are no keys");
            return null;
        }
    }

    private @Nullable Receiver opened(OrderRow row) {
        var receiver = SealedReceiver.open(row, cipher);
        return receiver == null ? null : receiver.masked();
    }

    private static ProblemException unavailable(KeysUnavailable away) {
        return new ProblemException(
                ProblemCode.UNAVAILABLE, "The keys of personal data are not available at the moment", away);
    }

    private List<Order> read(ShopId shop, List<OrderRow> rows, ReceiverOf receiver) {
        if (rows.isEmpty()) {
            return List.of();
        }
        var items = mapper.items(shop, rows.stream().map(OrderRow::id).toList()).stream()
                .collect(Collectors.groupingBy(ItemRow::orderId));
        return rows.stream()
                .map(row -> order(row, items.getOrDefault(row.id(), List.of()), receiver.of(row)))
                .toList();
    }

    private static Order order(OrderRow row, List<ItemRow> items, @Nullable Receiver receiver) {
        return new Order(
                row.id(),
                row.userId(),
                row.status(),
                row.placedAt(),
                row.updatedAt(),
                new Money(row.totalMinor(), row.currency()),
                items.stream().map(Orders::item).toList(),
                receiver,
                row.platformStatus());
    }

    private SealedReceiver sealed(ShopId shop, Order order) {
        try {
            return SealedReceiver.seal(shop, order.id(), order.receiver(), cipher, hash);
        } catch (KeysUnavailable away) {
            throw unavailable(away);
        }
    }

    private OrderRow row(ShopId shop, Order order) {
        var receiver = sealed(shop, order);
        return new OrderRow(
                shop,
                order.id(),
                order.userId(),
                order.status(),
                order.placedAt(),
                order.updatedAt(),
                order.total().amountMinor(),
                order.total().currency(),
                receiver.name(),
                receiver.phone(),
                receiver.address(),
                receiver.phoneHash(),
                order.platformStatus());
    }

    private static List<ItemRow> items(ShopId shop, Order order) {
        return IntStream.range(0, order.items().size())
                .mapToObj(position ->
                        row(shop, order.id(), position, order.items().get(position)))
                .toList();
    }

    private static ItemRow row(ShopId shop, String order, int position, Item item) {
        return new ItemRow(
                shop,
                order,
                position,
                item.sku(),
                item.title(),
                JSON.toJSONString(item.options()),
                item.quantity(),
                item.unitPrice().amountMinor(),
                item.unitPrice().currency());
    }

    private static Item item(ItemRow row) {
        var options = JSON.parseObject(row.options(), OPTIONS);
        return new Item(row.sku(), row.title(), options, row.quantity(), new Money(row.unitMinor(), row.currency()));
    }
}
