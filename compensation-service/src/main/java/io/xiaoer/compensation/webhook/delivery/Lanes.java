package io.xiaoer.compensation.webhook.delivery;

import io.xiaoer.common.tenant.Tenant;
import io.xiaoer.compensation.replay.Replay;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/// Claims lanes and notes what came of their deliveries. Locks are taken in one order: task, delivery, lane.
@Component
public class Lanes {
    private final DeliveryMapper mapper;
    private final ExhaustedTasks tasks;
    private final Replay replay;

    Lanes(DeliveryMapper mapper, ExhaustedTasks tasks, Replay replay) {
        this.mapper = mapper;
        this.tasks = tasks;
        this.replay = replay;
    }

    public List<Lane> due(Lane.Endpoint endpoint, Instant now, int limit) {
        return Tenant.call(endpoint.shop(), () -> mapper.due(endpoint.shop(), endpoint.webhook(), now, limit)).stream()
                .map(name -> new Lane(endpoint, name))
                .toList();
    }

    /// Takes a lane that is due; false if another was quicker.
    ///
    /// @param until when others may take it
    public boolean claim(Lane lane, String claim, Instant now, Instant until) {
        return Tenant.call(
                lane.shop(),
                () -> mapper.claim(lane.shop(), lane.endpoint().webhook(), lane.name(), claim, now, until));
    }

    /// What is to be sent next.
    public Optional<Delivery> head(Lane lane) {
        return Tenant.call(
                lane.shop(),
                () -> Optional.ofNullable(
                        mapper.head(lane.shop(), lane.endpoint().webhook(), lane.name())));
    }

    /// Gives a claimed lane back; it goes if nothing waits in it.
    @Transactional(isolation = Isolation.READ_COMMITTED)
    public void release(Lane lane, String claim, Instant now) {
        Tenant.run(lane.shop(), () -> settle(lane, claim, now));
    }

    /// Notes what became of a delivery, and gives its lane back. One that was changed meanwhile stays as
    /// it is, and what is to be sent next is due at once: a replay waits for no attempt made before it.
    ///
    /// @return whether it was noted
    @Transactional(isolation = Isolation.READ_COMMITTED)
    public boolean note(Delivery before, Delivery after, String claim, Instant now) {
        if (!before.status().mayBecome(after.status())) {
            throw new IllegalStateException(
                    "a delivery that is " + before.status() + " does not become " + after.status());
        }
        return Tenant.call(before.shop(), () -> {
            boolean noted = isUnchanged(before) && mapper.change(before.shop(), before.status(), withTask(after, now));
            var next = after.nextAt();
            settle(before.inLane(), claim, noted && next != null ? next : now);
            return noted;
        });
    }

    /// Holds the delivery's task and then the delivery; whether nobody gave it up, erased it or sent it
    /// again since it was read. What is sent again while it waits keeps its status, and has a window or a
    /// payload of its own.
    private boolean isUnchanged(Delivery before) {
        if (before.taskId() != null) {
            tasks.hold(before.taskId());
        }
        var current = mapper.lock(before.shop(), before.id());
        return current != null
                && current.status() == before.status()
                && Objects.equals(current.taskId(), before.taskId())
                && current.sinceAt().equals(before.sinceAt())
                && Arrays.equals(current.payload(), before.payload());
    }

    private Delivery withTask(Delivery after, Instant now) {
        var task = after.taskId();
        switch (after.status()) {
            case EXHAUSTED -> {
                return after.ofTask(tasks.exhausted(after, now));
            }
            case DELIVERED -> {
                if (task != null) {
                    replay.ended(task, true, "delivered");
                }
            }
            case DISCARDED -> {
                if (task != null) {
                    tasks.exhausted(after, now); // it was sent again, and there is nobody to take it
                }
            }
            case PENDING -> {}
        }
        return after;
    }

    /// Whoever adds to the lane locks its row too, so what is not seen here finds the row gone and makes another.
    private void settle(Lane lane, String claim, Instant next) {
        var shop = lane.shop();
        var webhook = lane.endpoint().webhook();
        if (!claim.equals(mapper.lockLane(shop, webhook, lane.name()))) {
            return; // the claim ended, and another holds the lane
        }
        if (mapper.waiting(shop, webhook, lane.name(), 1) > 0) {
            mapper.release(shop, webhook, lane.name(), next);
        } else {
            mapper.deleteLane(shop, webhook, lane.name());
        }
    }
}
