package io.xiaoer.ordersync.command;

import com.alibaba.fastjson2.JSON;
import io.xiaoer.common.event.CommerceCommand;
import io.xiaoer.common.event.EventWriter;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.outbox.Outbox;
import io.xiaoer.common.rest.IdempotencyKey;
import io.xiaoer.common.tenant.Tenant;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Takes commands and shows where they stand.
@Service
public class Commands {
    private final Idempotency idempotency;
    private final CommandMapper commands;
    private final CommandWords words;
    private final Outbox outbox;
    private final EventWriter events;
    private final SnowflakeIds ids;
    private final Clock clock;

    Commands(
            Idempotency idempotency,
            CommandMapper commands,
            CommandWords words,
            Outbox outbox,
            EventWriter events,
            SnowflakeIds ids,
            Clock clock) {
        this.idempotency = idempotency;
        this.commands = commands;
        this.words = words;
        this.outbox = outbox;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /// Accepts a command, once per key: its row, the key's answer and its record for Kafka are one commit.
    ///
    /// @param requestedBy the client that asked
    /// @return the command as it was when it was accepted
    public Command accept(ShopId shop, IdempotencyKey key, String requestedBy, NewCommand asked) {
        return Tenant.call(
                shop,
                () -> idempotency.once(shop, key, canonical(shop, asked), Command.class, () -> {
                    var command = store(shop, requestedBy, asked);
                    outbox.add(events.record(
                            Topic.COMMERCE_COMMAND,
                            asked.after() == null ? command.id() : asked.after(),
                            command.id(),
                            new CommerceCommand(
                                    command.id(),
                                    shop.value(),
                                    asked.kind(),
                                    asked.userId(),
                                    asked.allArguments(),
                                    requestedBy,
                                    command.createdAt())));
                    return command;
                }));
    }

    /// The shop's command, if there is one with this id.
    public Optional<Command> find(ShopId shop, String id) {
        if (!SnowflakeIds.isId(id)) {
            return Optional.empty();
        }
        return Tenant.call(shop, () -> Optional.ofNullable(commands.find(shop, id)));
    }

    private Command store(ShopId shop, String requestedBy, NewCommand asked) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var command = new Command(
                shop,
                ids.next(),
                asked.kind(),
                asked.userId(),
                JSON.toJSONString(asked.arguments()),
                requestedBy,
                CommandStatus.ACCEPTED,
                null,
                null,
                now,
                now);
        commands.insert(command, asked.order(), words.seal(shop, command.id(), asked.words()));
        return command;
    }

    private String canonical(ShopId shop, NewCommand asked) {
        var said = asked.words();
        return said == null ? asked.canonical() : asked.canonical() + words.fingerprint(shop, said);
    }
}
