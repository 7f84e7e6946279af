package io.xiaoer.compensation.webhook.delivery;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.tenant.Tenant;
import io.xiaoer.compensation.replay.LocalWork;
import io.xiaoer.compensation.task.Task;
import io.xiaoer.compensation.webhook.Webhook;
import io.xiaoer.compensation.webhook.Webhooks;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Begins deliveries again, for their tasks and for the log. In the caller's transaction.
@Component
class ReplayedDeliveries implements LocalWork {
    private static final String GIVEN_UP = "given_up";

    private final DeliveryMapper mapper;
    private final Webhooks webhooks;
    private final Clock clock;

    ReplayedDeliveries(DeliveryMapper mapper, Webhooks webhooks, Clock clock) {
        this.mapper = mapper;
        this.webhooks = webhooks;
        this.clock = clock;
    }

    @Override
    public String topic() {
        return ExhaustedTasks.TOPIC;
    }

    @Override
    public boolean again(Task task, byte[] payload) {
        return again(shop(task), task.subject(), payload);
    }

    /// @param payload what to send from now on, null to send what is there
    /// @return false if its endpoint is told nothing, or its shopper was erased
    boolean again(ShopId shop, String id, byte @Nullable [] payload) {
        return Tenant.call(shop, () -> {
            var before = mapper.lock(shop, id);
            if (before == null || before.payload() == null || !isTold(shop, before.webhookId())) {
                return false;
            }
            var now = clock.instant();
            mapper.change(shop, before.status(), before.again(payload == null ? before.payload() : payload, now));
            mapper.wakeLane(shop, before.webhookId(), before.lane(), now);
            return true;
        });
    }

    private boolean isTold(ShopId shop, String webhook) {
        return webhooks.find(shop, webhook).filter(Webhook::isEnabled).isPresent();
    }

    @Override
    public void givenUp(Task task) {
        var shop = shop(task);
        Tenant.run(shop, () -> {
            var before = mapper.lock(shop, task.subject());
            if (before != null
                    && before.status() != DeliveryStatus.DELIVERED
                    && before.status() != DeliveryStatus.DISCARDED) {
                mapper.change(shop, before.status(), before.discarded(GIVEN_UP, clock.instant()));
            }
        });
    }

    private static ShopId shop(Task task) {
        return new ShopId(Objects.requireNonNull(task.shopId(), "a delivery is a shop's"));
    }
}
