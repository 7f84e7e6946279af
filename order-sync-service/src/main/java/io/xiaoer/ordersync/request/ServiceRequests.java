package io.xiaoer.ordersync.request;

import io.xiaoer.common.crypto.FieldCipher;
import io.xiaoer.common.crypto.KeysUnavailable;
import io.xiaoer.common.event.CommerceEvent;
import io.xiaoer.common.event.EventWriter;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.outbox.Outbox;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.tenant.Tenant;
import io.xiaoer.ordersync.order.Order;
import io.xiaoer.ordersync.order.OrderStatus;
import io.xiaoer.ordersync.policy.ServicePolicies;
import io.xiaoer.ordersync.shipment.Shipments;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/// What shoppers asked of shops, in MariaDB, table `service_request`, keyed by shop and id. Rows stay, as the orders
/// that they are about; what was written into them is encrypted, and goes when the shopper is erased.
@Component
public class ServiceRequests {
    private static final int MOST_LOOKED_AT = 20;

    private final RequestMapper mapper;
    private final FieldCipher cipher;
    private final Shipments shipments;
    private final ServicePolicies policies;
    private final Outbox outbox;
    private final EventWriter events;
    private final SnowflakeIds ids;
    private final Clock clock;

    ServiceRequests(
            RequestMapper mapper,
            FieldCipher cipher,
            Shipments shipments,
            ServicePolicies policies,
            Outbox outbox,
            EventWriter events,
            SnowflakeIds ids,
            Clock clock) {
        this.mapper = mapper;
        this.cipher = cipher;
        this.shipments = shipments;
        this.policies = policies;
        this.outbox = outbox;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /// The rule that such a request would break now, if one.
    public Optional<RequestRule> judge(ShopId shop, Order order, RequestKind kind) {
        if (order.status() == OrderStatus.CLOSED) {
            return Optional.of(RequestRule.ORDER_CLOSED);
        }
        if (order.status() == OrderStatus.CREATED) {
            return Optional.of(RequestRule.NOT_PAID);
        }
        return refusedByState(shop, order, kind).or(() -> refusedByEarlier(shop, order, kind));
    }

    private Optional<RequestRule> refusedByState(ShopId shop, Order order, RequestKind kind) {
        return switch (kind) {
            case URGE -> when(shipments.haveBegun(shop, order), RequestRule.ALREADY_SHIPPED);
            case INVOICE -> Optional.empty();
            case PRICE_PROTECTION -> when(isTooLate(shop, order), RequestRule.PERIOD_OVER);
        };
    }

    private static Optional<RequestRule> when(boolean broken, RequestRule rule) {
        return broken ? Optional.of(rule) : Optional.empty();
    }

    private boolean isTooLate(ShopId shop, Order order) {
        var period = Duration.ofDays(policies.of(shop).priceProtectionDays());
        return order.placedAt().plus(period).isBefore(clock.instant());
    }

    /// An order is hurried as often as it takes, one request at a time; all else is done once.
    private Optional<RequestRule> refusedByEarlier(ShopId shop, Order order, RequestKind kind) {
        var earlier = Tenant.call(shop, () -> mapper.of(shop, order.id(), kind, MOST_LOOKED_AT));
        if (earlier.stream().anyMatch(each -> each.status() == RequestStatus.OPEN)) {
            return Optional.of(RequestRule.ALREADY_OPEN);
        }
        return when(
                kind != RequestKind.URGE && earlier.stream().anyMatch(each -> each.status() == RequestStatus.DONE),
                RequestRule.ALREADY_DONE);
    }

    void begin(ShopId shop, String id, RequestKind kind, Order order, Words words, Instant now) {
        var request = new ServiceRequest(
                shop,
                id,
                kind,
                RequestStatus.OPEN,
                order.id(),
                order.userId(),
                SealedWords.seal(shop, id, words, cipher),
                null,
                now,
                now);
        Tenant.run(shop, () -> mapper.insert(request));
    }

    /// What was written into a request.
    ///
    /// @throws ProblemException `unavailable` while there are no keys
    Words wordsOf(ServiceRequest request) {
        try {
            return SealedWords.open(request, cipher);
        } catch (KeysUnavailable away) {
            throw new ProblemException(
                    ProblemCode.UNAVAILABLE, "The keys of personal data are not available at the moment", away);
        }
    }

    Optional<ServiceRequest> find(ShopId shop, String id) {
        return SnowflakeIds.isId(id)
                ? Tenant.call(shop, () -> Optional.ofNullable(mapper.find(shop, id)))
                : Optional.empty();
    }

    List<ServiceRequest> list(ShopId shop, RequestStatus status, long before, int limit) {
        return Tenant.call(shop, () -> mapper.list(shop, status, before, limit));
    }

    /// Ends a request and has its shopper told, in one commit. Ended before in the same way, nothing more happens.
    ///
    /// @throws ProblemException `not_found`, or `conflict` if it ended in another way
    @Transactional(isolation = Isolation.READ_COMMITTED)
    public void end(ShopId shop, String id, boolean done, String answer) {
        var to = done ? RequestStatus.DONE : RequestStatus.REFUSED;
        var request = find(shop, id)
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such request"));
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (Tenant.call(shop, () -> mapper.end(shop, id, to, answer, now))) {
            tell(request, to, answer);
            return;
        }
        var ended = find(shop, id).orElseThrow();
        if (ended.status() != to || !answer.equals(Objects.requireNonNullElse(ended.answer(), ""))) {
            throw new ProblemException(ProblemCode.CONFLICT, "The request has ended already");
        }
    }

    /// Forgets what an erased shopper wrote, and what they were answered.
    @Transactional
    public void forget(ShopId shop, String user) {
        Tenant.run(shop, () -> mapper.forget(shop, user));
    }

    private void tell(ServiceRequest request, RequestStatus to, String answer) {
        boolean done = to == RequestStatus.DONE;
        var text = request.kind().told(request.orderId(), done ? "已处理" : "未通过", done ? "done" : "refused")
                + (answer.isEmpty() ? "" : "\n" + answer);
        var content = new Content.Notice("service_request_" + to.code(), text);
        var id = ids.next();
        outbox.add(events.record(
                Topic.COMMERCE_EVENT,
                request.id(),
                id,
                new CommerceEvent(
                        id,
                        request.shopId().value(),
                        "service_request.ended",
                        request.userId(),
                        null,
                        clock.instant(),
                        Map.of("status", to.code(), "content", content.toMap()))));
    }
}
