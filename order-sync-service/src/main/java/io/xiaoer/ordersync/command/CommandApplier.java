package io.xiaoer.ordersync.command;

import com.alibaba.fastjson2.JSON;
import io.xiaoer.common.event.CommerceCommand;
import io.xiaoer.common.event.CommerceEvent;
import io.xiaoer.common.event.Unprocessable;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.json.PlainJson;
import io.xiaoer.common.message.Content;
import io.xiaoer.ordersync.command.CommandResult.Told;
import io.xiaoer.ordersync.order.ErasedShoppers;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/// Carries a command from one status to the next: effect, status and event in one transaction, under the row's lock.
///
/// A record that comes again for a command that has ended changes nothing. If it came as a replay, or to be discarded,
/// the outcome is told once more with the same event id, so that the task which sent it learns of it; the shopper is
/// told once.
@Component
public class CommandApplier {
    private static final Logger LOGGER = LoggerFactory.getLogger(CommandApplier.class);
    private static final String CONTENT = "content";

    private final CommandMapper commands;
    private final Map<String, CommandHandler> handlers;
    private final OutcomeEvents outcomes;
    private final CommandMeters meters;
    private final ErasedShoppers erased;
    private final SnowflakeIds ids;
    private final Clock clock;

    CommandApplier(
            CommandMapper commands,
            List<CommandHandler> handlers,
            OutcomeEvents outcomes,
            CommandMeters meters,
            ErasedShoppers erased,
            SnowflakeIds ids,
            Clock clock) {
        this.commands = commands;
        this.handlers = handlers.stream().collect(Collectors.toMap(CommandHandler::kind, Function.identity()));
        this.outcomes = outcomes;
        this.meters = meters;
        this.erased = erased;
        this.ids = ids;
        this.clock = clock;
        this.handlers.keySet().forEach(meters::expect);
    }

    /// Applies the command unless it has ended already.
    ///
    /// @param task the compensation task that sent the record again, if one did
    /// @throws Unprocessable if it cannot be processed; nothing is changed then
    @Transactional(isolation = Isolation.READ_COMMITTED)
    public void apply(CommerceCommand order, @Nullable String task) {
        var command = locked(order);
        if (command.status().isFinal()) {
            tellAgain(command, task);
            return;
        }
        var handler = handlers.get(order.kind());
        if (handler == null || !command.kind().equals(order.kind())) {
            throw new Unprocessable("unknown_kind", "there is no such command as this record asks for");
        }
        switch (handler.apply(Asked.of(order))) {
            case CommandResult.Applied applied -> finish(command, CommandStatus.APPLIED, null, applied.told(), task);
            case CommandResult.Refused refused ->
                finish(command, CommandStatus.FAILED, refused.reason(), refused.told(), task);
        }
    }

    /// Ends the command as failed unless it has ended already.
    ///
    /// @param task the compensation task that was discarded
    @Transactional(isolation = Isolation.READ_COMMITTED)
    public void discard(CommerceCommand order, String task) {
        var command = locked(order);
        if (command.status().isFinal()) {
            tellAgain(command, task);
            return;
        }
        finish(command, CommandStatus.FAILED, "discarded", given(command.userId()), task);
    }

    /// Marks the command as waiting in compensation, before its record goes there.
    @Transactional(isolation = Isolation.READ_COMMITTED)
    public void compensate(CommerceCommand order, String reason) {
        var command = commands.lock(new ShopId(order.shopId()), order.id());
        if (command != null && command.status().mayBecome(CommandStatus.COMPENSATING)) {
            change(command, CommandStatus.COMPENSATING, reason, null);
        }
    }

    private static @Nullable Told given(@Nullable String user) {
        return user == null
                ? null
                : new Told(user, new Content.Notice("command_failed", "操作未能完成 / The operation could not be completed"));
    }

    private Command locked(CommerceCommand order) {
        var command = commands.lock(new ShopId(order.shopId()), order.id());
        if (command == null) {
            throw new Unprocessable("unknown_command", "there is no row for this command");
        }
        return command;
    }

    private void finish(
            Command command,
            CommandStatus status,
            @Nullable String reason,
            @Nullable Told outcome,
            @Nullable String task) {
        var told = outcome != null && UserKey.isUserId(outcome.userId()) ? outcome : null; // else nobody hears of it
        var event = new CommerceEvent(
                ids.next(),
                command.shopId().value(),
                "command." + status.code(),
                told == null ? command.userId() : told.userId(),
                command.id(),
                clock.instant(),
                body(command, status, reason, told));
        change(command, status, reason, JSON.toJSONString(untold(event)));
        forgetWordsOfErased(command);
        outcomes.tell(event, task);
    }

    /// An erasure that is not seen here yet waits for the command and forgets its words itself.
    private void forgetWordsOfErased(Command command) {
        var user = commands.whoseWords(command.shopId(), command.id());
        if (user != null && erased.since(command.shopId(), user, command.createdAt())) {
            commands.forgetWordsOf(command.shopId(), command.id());
        }
    }

    /// What is kept of the outcome: without what the shopper was told, which may be personal and is not told twice.
    private static CommerceEvent untold(CommerceEvent event) {
        var body = new LinkedHashMap<>(event.body());
        body.remove(CONTENT);
        return new CommerceEvent(
                event.id(), event.shopId(), event.type(), event.userId(), event.commandId(), event.at(), body);
    }

    private void change(Command command, CommandStatus status, @Nullable String reason, @Nullable String outcome) {
        if (!command.status().mayBecome(status)) {
            throw new IllegalStateException("a command that is " + command.status() + " cannot become " + status);
        }
        commands.change(command.shopId(), command.id(), command.status(), status, reason, outcome, clock.instant());
        meters.changed(command.kind(), status);
        LOGGER.atInfo()
                .addKeyValue("shop_id", command.shopId().value())
                .addKeyValue("command", command.id())
                .addKeyValue("kind", command.kind())
                .addKeyValue("status", status.code())
                .addKeyValue("reason", reason)
                .log("A command changed its status");
    }

    private void tellAgain(Command command, @Nullable String task) {
        if (task != null && command.outcome() != null) {
            outcomes.tell(Objects.requireNonNull(PlainJson.record(command.outcome(), CommerceEvent.class)), task);
        }
    }

    private static Map<String, Object> body(
            Command command, CommandStatus status, @Nullable String reason, @Nullable Told told) {
        var body = new LinkedHashMap<String, Object>();
        body.put("kind", command.kind());
        body.put("status", status.code());
        if (reason != null) {
            body.put("reason", reason);
        }
        if (told != null) {
            body.put(CONTENT, told.content().toMap());
        }
        return body;
    }
}
