package io.xiaoer.bot.script;

import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.SessionChanged;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.event.Unprocessable;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// Says what came of what was said: a shopper who went on to a person was not helped; one who rated the
/// session was with four stars or five; of whom nothing was heard for [#QUIET] was. Whatever comes first
/// counts.
@Component
class SessionOutcomes {

    /// How long it is waited for a sign that somebody was not helped.
    static final Duration QUIET = Duration.ofMinutes(30);

    private static final int SATISFIED = 4;
    private static final int STEP = 500;
    private static final int MOST_STEPS = 100;
    private static final Logger LOGGER = LoggerFactory.getLogger(SessionOutcomes.class);

    private final ScriptStore store;

    SessionOutcomes(ScriptStore store) {
        this.store = store;
    }

    @KafkaListener(
            id = "script-outcomes",
            idIsGroup = false,
            groupId = "bot-service.scripts",
            topics = Topic.Names.CS_SESSION,
            containerFactory = ScriptConfiguration.CONTAINERS,
            properties = "group.instance.id=${xiaoer.node}-scripts")
    void take(ConsumerRecord<String, byte[]> message) {
        var change = EventJson.decode(message.value(), SessionChanged.class);
        switch (change.what()) {
            case "handed_off" -> settle(change, false);
            case "rated" -> {
                if (change.rating() != null) {
                    settle(change, change.rating().score() >= SATISFIED);
                }
            }
            default -> {
                // Says nothing about what was said.
            }
        }
    }

    private void settle(SessionChanged change, boolean solved) {
        store.settle(shop(change), session(change), solved);
    }

    private static ShopId shop(SessionChanged change) {
        try {
            return UserKey.parse(change.user()).shop();
        } catch (IllegalArgumentException nobody) {
            throw new Unprocessable("invalid_event", "the change names no shopper", nobody);
        }
    }

    private static long session(SessionChanged change) {
        if (!SnowflakeIds.isId(change.sessionId())) {
            throw new Unprocessable("invalid_event", "the change names no session");
        }
        return Long.parseLong(change.sessionId());
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
    void settleQuiet() {
        try {
            for (int i = 0; i < MOST_STEPS; i++) {
                var open = store.open(QUIET, STEP);
                open.stream()
                        .collect(Collectors.groupingBy(trial -> new ShopId(trial.shopId())))
                        .forEach((shop, trials) -> store.settleAll(shop, List.copyOf(trials), true));
                if (open.size() < STEP) {
                    return;
                }
            }
        } catch (DataAccessException | TransactionException e) {
            LOGGER.atDebug().setCause(e).log("What was said is settled later");
        }
    }

    @Scheduled(initialDelayString = "PT10M", fixedDelayString = "PT1H")
    void deleteOld() {
        try {
            for (int i = 0; i < MOST_STEPS && store.deleteOld(STEP); i++) {
                LOGGER.atDebug().log("More trials are old");
            }
        } catch (DataAccessException e) {
            LOGGER.atDebug().setCause(e).log("Old trials go later");
        }
    }
}
