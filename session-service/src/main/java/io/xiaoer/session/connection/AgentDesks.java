package io.xiaoer.session.connection;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.session.archive.Warmth;
import io.xiaoer.session.conversation.SessionRow;
import io.xiaoer.session.delivery.NodeDelivery;
import io.xiaoer.session.handoff.AgentPresence;
import io.xiaoer.session.handoff.HeldSessions;
import io.xiaoer.session.handoff.StateFrame;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// The connections of agents to this node, and which sessions each follows: those that the agent holds. A change of
/// owner is pushed to every node; what a lost push left is mended by a look at the rows, at the beginning and with
/// each sign of life.
final class AgentDesks implements NodeDelivery.OwnershipListener {

    private static final Logger LOGGER = LoggerFactory.getLogger(AgentDesks.class);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(15);

    private final ConcurrentMap<ShopId, Set<AgentDesk>> byShop = new ConcurrentHashMap<>();
    private final NodeDelivery delivery;
    private final Warmth warmth;
    private final HeldSessions held;
    private final AgentPresence presence;
    private final Executor executor;
    private final Clock clock;

    AgentDesks(
            NodeDelivery delivery,
            Warmth warmth,
            HeldSessions held,
            AgentPresence presence,
            Executor executor,
            Clock clock) {
        this.delivery = delivery;
        this.warmth = warmth;
        this.held = held;
        this.presence = presence;
        this.executor = executor;
        this.clock = clock;
        delivery.observe(this);
    }

    /// An agent's connection begins: changes are heard of from here on, then the rows are looked at.
    void enter(Connection connection) {
        var desk = new AgentDesk(connection, delivery, warmth);
        byShop.compute(desk.agent().shop(), (shop, desks) -> {
            // Within: the last one who leaves takes the set away, and a desk that is added to it then hears of nothing.
            Set<AgentDesk> all = desks == null ? ConcurrentHashMap.newKeySet() : desks;
            all.add(desk);
            return all;
        });
        connection.sitAt(desk);
        look(desk);
    }

    /// The agent gave a sign of life.
    void refresh(Connection connection) {
        var desk = connection.desk();
        if (desk != null && desk.claimLook(clock.millis(), BETWEEN_LOOKS)) {
            executor.execute(() -> look(desk));
        }
    }

    /// The connection has ended.
    void leave(Connection connection) {
        var desk = connection.desk();
        if (desk == null) {
            return;
        }
        var agent = desk.agent();
        byShop.computeIfPresent(agent.shop(), (shop, desks) -> {
            desks.remove(desk);
            return desks.isEmpty() ? null : desks;
        });
        desk.leave();
        executor.execute(() -> {
            if (of(agent.shop()).stream().noneMatch(other -> other.agent().equals(agent))) {
                quietly(() -> presence.left(agent));
            }
        });
    }

    @Override
    public void changed(ShopId shop, String sid, long number, UserKey user, String holder, String after, String frame) {
        for (AgentDesk desk : of(shop)) {
            executor.execute(() -> {
                if (desk.agent().id().equals(holder)) {
                    desk.hold(sid, user, number, after);
                } else {
                    desk.drop(sid, number);
                }
                desk.connection().passing(frame);
            });
        }
    }

    private Set<AgentDesk> of(ShopId shop) {
        return byShop.getOrDefault(shop, Set.of());
    }

    private void look(AgentDesk desk) {
        quietly(() -> {
            var party = desk.connection().party();
            presence.here(party.user(), party.sender().name());
            desk.refresh();
            compare(desk);
        });
    }

    private void compare(AgentDesk desk) {
        Map<String, SessionRow> rows =
                held.of(desk.agent()).stream().collect(Collectors.toMap(SessionRow::sid, Function.identity()));
        rows.forEach((sid, row) -> {
            if (desk.hold(sid, row.user(), row.number(), "")) {
                desk.connection().passing(StateFrame.of(row));
            }
        });
        for (String sid : desk.followed()) {
            if (!rows.containsKey(sid)) {
                held.find(desk.agent().shop(), sid)
                        .filter(row -> !row.isHeldBy(desk.agent()) && desk.drop(sid, row.number()))
                        .ifPresent(row -> desk.connection().passing(StateFrame.of(row)));
            }
        }
    }

    private static void quietly(Runnable step) {
        try {
            step.run();
        } catch (DataAccessException e) {
            LOGGER.atDebug().addKeyValue("reason", e.getClass().getSimpleName()).log("An agent is looked after later");
        }
    }
}
