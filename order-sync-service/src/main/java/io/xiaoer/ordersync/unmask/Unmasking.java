package io.xiaoer.ordersync.unmask;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.request.RequestIds;
import io.xiaoer.common.tenant.Tenant;
import io.xiaoer.ordersync.command.BoundedSweep;
import io.xiaoer.ordersync.command.CommandWords;
import io.xiaoer.ordersync.command.Words;
import io.xiaoer.ordersync.order.Orders;
import io.xiaoer.ordersync.order.Receiver;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/// Shows receivers, and what was written into commands, in clear, and says later to whom, in table `unmask`.
///
/// A row is written in the transaction that reads: what cannot be noted is not shown, and a caller whose answer is lost
/// is noted all the same. Rows are never changed, but for the reason, which goes when the shopper is erased; they go
/// [UnmaskSettings#kept] after the reading. An actor's readings are counted in the table itself, so that the limit
/// holds over all instances; calls at the same moment may exceed it by as many as are under way.
@Component
public class Unmasking {

    private static final Logger LOGGER = LoggerFactory.getLogger(Unmasking.class);
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final int LONGEST_NAME = 255;

    private final Orders orders;
    private final CommandWords words;
    private final UnmaskMapper entries;
    private final UnmaskSettings settings;
    private final UnmaskMeters meters;
    private final TransactionTemplate transaction;
    private final SnowflakeIds ids;
    private final Clock clock;

    Unmasking(
            Orders orders,
            CommandWords words,
            UnmaskMapper entries,
            UnmaskSettings settings,
            UnmaskMeters meters,
            TransactionTemplate transaction,
            SnowflakeIds ids,
            Clock clock) {
        this.orders = orders;
        this.words = words;
        this.entries = entries;
        this.settings = settings;
        this.meters = meters;
        this.transaction = transaction;
        this.ids = ids;
        this.clock = clock;
    }

    /// What was shown, and the row that says so.
    record Shown(String entry, Set<UnmaskedField> fields, Receiver receiver) {

        Shown {
            fields = Set.copyOf(fields);
            receiver = new Receiver(
                    fields.contains(UnmaskedField.NAME) ? receiver.name() : null,
                    fields.contains(UnmaskedField.PHONE) ? receiver.phone() : null,
                    fields.contains(UnmaskedField.ADDRESS) ? receiver.address() : null);
        }
    }

    /// @throws ProblemException 404 if the shop has no such order, 429 if the caller has read too often, 503 while
    ///     there are no keys
    Shown show(Caller caller, String order, UnmaskWish wish) {
        var shop = caller.requireShop();
        var shown = Objects.requireNonNull(
                transaction.execute(status -> Tenant.call(shop, () -> noted(caller, shop, order, wish))));
        meters.answered(!shown.fields().isEmpty());
        LOGGER.atInfo()
                .addKeyValue("shop_id", shop.value())
                .addKeyValue("actor", cut(caller.subject()))
                .addKeyValue("order_id", order)
                .addKeyValue("unmask", shown.entry())
                .log("A receiver was read in clear");
        return shown;
    }

    /// What was written into a command, and the row that says that it was shown.
    record ShownWords(String entry, Words words) {}

    /// @throws ProblemException 404 if the shop has no such command about an order, else as [#show]
    ShownWords showWords(Caller caller, String command, Why why) {
        var shop = caller.requireShop();
        var shown = Objects.requireNonNull(
                transaction.execute(status -> Tenant.call(shop, () -> notedWords(caller, shop, command, why))));
        meters.answered(!shown.words().equals(Words.NONE));
        LOGGER.atInfo()
                .addKeyValue("shop_id", shop.value())
                .addKeyValue("actor", cut(caller.subject()))
                .addKeyValue("command", command)
                .addKeyValue("unmask", shown.entry())
                .log("The words of a command were read in clear");
        return shown;
    }

    private ShownWords notedWords(Caller caller, ShopId shop, String command, Why why) {
        admit(shop, cut(caller.subject()));
        var written = words.find(shop, command)
                .orElseThrow(
                        () -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such command about an order"));
        var fields = new ArrayList<String>();
        if (written.words().reason() != null) {
            fields.add("reason");
        }
        if (written.words().note() != null) {
            fields.add("note");
        }
        return new ShownWords(note(caller, shop, written.order(), command, fields, why), written.words());
    }

    private Shown noted(Caller caller, ShopId shop, String order, UnmaskWish wish) {
        admit(shop, cut(caller.subject()));
        var receiver = orders.receiverInClear(shop, order)
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such order"));
        var fields = wish.of(receiver);
        var names = fields.stream().map(UnmaskedField::label).toList();
        return new Shown(note(caller, shop, order, null, names, wish.why()), fields, receiver);
    }

    /// Writes who read what and why; gives the id of the row.
    private String note(
            Caller caller, ShopId shop, String order, @Nullable String command, List<String> fields, Why why) {
        var entry = new UnmaskEntry(
                shop,
                ids.next(),
                order,
                command,
                cut(caller.subject()),
                caller.clientId() == null ? null : cut(caller.clientId()),
                why.onBehalfOf(),
                String.join(",", fields),
                why.reason(),
                Objects.requireNonNullElse(RequestIds.current(), ""),
                clock.instant());
        entries.insert(entry);
        return entry.id();
    }

    List<UnmaskEntry> list(ShopId shop, @Nullable String order, long before, int limit) {
        return Tenant.call(shop, () -> entries.list(shop, order, before, limit));
    }

    /// Forgets why an erased shopper's orders were read; that they were stays.
    @Transactional
    public void forgetReasons(ShopId shop, String user) {
        Tenant.run(shop, () -> entries.forgetReasons(shop, user));
    }

    @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT2M")
    void sweep() {
        var before = clock.instant().minus(settings.kept());
        BoundedSweep.of("unmask", limit -> entries.forget(before, limit));
    }

    private void admit(ShopId shop, String actor) {
        var now = clock.instant();
        var since = now.minus(WINDOW);
        if (entries.count(shop, actor, since) < settings.perHour()) {
            return;
        }
        meters.limited();
        var first = Objects.requireNonNullElse(entries.first(shop, actor, since), now);
        long seconds = Math.max(1, Duration.between(now, first.plus(WINDOW)).toSeconds() + 1);
        throw new ProblemException(ProblemCode.RATE_LIMITED, "Too much was read in clear within an hour")
                .header("Retry-After", Long.toString(seconds))
                .header("RateLimit-Policy", "\"unmask\";q=" + settings.perHour() + ";w=" + WINDOW.toSeconds())
                .header("RateLimit", "\"unmask\";r=0;t=" + seconds);
    }

    private static String cut(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }
}
