package io.xiaoer.bot.dialog.store;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.bot.dialog.engine.FlowBook;
import io.xiaoer.bot.dialog.flow.Flow;
import io.xiaoer.bot.dialog.flow.FlowLoader;
import io.xiaoer.bot.dialog.function.Functions;
import io.xiaoer.bot.dialog.yaml.InvalidFile;
import io.xiaoer.bot.understand.FlowExamples;
import io.xiaoer.bot.words.Language;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.UserKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// The copies of all shops' flows in this process. Once a second the revisions in the database are compared with those
/// of the copies, and what changed is read again; while the database is away the copies stay as they are, and shops
/// without one have what is built in.
@Component
final class FlowCopies implements FlowBook, FlowExamples, SmartInitializingSingleton {

    /// The most shops with flows of their own.
    static final int MAX_SHOPS = 5000;

    private static final Logger LOGGER = LoggerFactory.getLogger(FlowCopies.class);

    private final FlowStore store;
    private final Functions functions;
    private final Map<ShopId, ShopFlows> copies = new ConcurrentHashMap<>();
    private final ReentrantLock refreshing = new ReentrantLock();
    private volatile @Nullable Ground ground;
    private volatile boolean away;
    private volatile Map<String, Long> unread = Map.of();

    FlowCopies(FlowStore store, Functions functions, MeterRegistry registry) {
        this.store = store;
        this.functions = functions;
        Gauge.builder("xiaoer.bot.dialog.unread", () -> unread.size())
                .description("Shops whose dialogs cannot be read")
                .register(registry);
    }

    /// What stands once the application does.
    private record Ground(FlowLoader loader, BuiltInFlows builtIn, ShopFlows none) {}

    @Override
    public void afterSingletonsInstantiated() {
        ground();
    }

    private Ground ground() {
        var known = ground;
        if (known == null) {
            var loader = new FlowLoader(functions.catalogue());
            var builtIn = BuiltInFlows.load(loader);
            known = new Ground(loader, builtIn, new ShopFlows(0, builtIn, Map.of(), Map.of()));
            ground = known;
        }
        return known;
    }

    /// What loads flows.
    FlowLoader loader() {
        return ground().loader();
    }

    /// The flows that every shop has.
    BuiltInFlows builtIn() {
        return ground().builtIn();
    }

    /// The flows of a shop, not older than the last comparison that succeeded.
    ShopFlows of(ShopId shop) {
        var copy = copies.get(shop);
        return copy == null ? ground().none() : copy;
    }

    @Override
    public @Nullable Flow current(UserKey user, String name) {
        return of(user.shop()).current(user, name);
    }

    @Override
    public @Nullable Flow version(ShopId shop, String name, int version) {
        return of(shop).version(name, version);
    }

    @Override
    public long revision(ShopId shop) {
        return of(shop).revision();
    }

    @Override
    public Map<String, List<String>> of(ShopId shop, Language language) {
        return of(shop).examples(language);
    }

    /// Reads a shop's flows again at once, after a change that was made here.
    void refresh(ShopId shop) {
        refreshing.lock();
        try {
            read(shop);
        } catch (DataAccessException | TransactionException e) {
            LOGGER.atInfo().addKeyValue("shop_id", shop).log("A changed dialog is read a little later");
        } finally {
            refreshing.unlock();
        }
    }

    /// Reads a shop's flows again if the database has other ones: what is put or chosen is looked at beside all that
    /// any instance has stored. Without the database nothing is, nor can anything be put.
    void catchUp(ShopId shop) {
        try {
            if (store.revision(shop) != of(shop).revision()) {
                refresh(shop);
            }
        } catch (DataAccessException | TransactionException e) {
            LOGGER.atDebug().addKeyValue("shop_id", shop).setCause(e).log("Dialogs are looked at as they were");
        }
    }

    @Scheduled(fixedDelayString = "${xiaoer.bot.flow-refresh:PT1S}")
    void follow() {
        refreshing.lock();
        try {
            var left = new HashMap<String, Long>();
            for (var revision : store.revisions(MAX_SHOPS)) {
                if (!isFollowed(revision)) {
                    left.put(revision.shopId(), revision.revision());
                }
            }
            unread = Map.copyOf(left);
            if (away) {
                LOGGER.atInfo().log("The dialogs follow the database");
            }
            away = false;
        } catch (DataAccessException | TransactionException e) {
            if (!away) {
                LOGGER.atWarn()
                        .addKeyValue("waits_for", "mariadb")
                        .addKeyValue("cause", String.valueOf(e))
                        .log("The dialogs are served from memory until the database answers");
            }
            away = true;
        } finally {
            refreshing.unlock();
        }
    }

    /// Reads a shop's flows if they have changed. Whatever is wrong with them costs no other shop anything; it is told
    /// of once for each revision, and tried again.
    private boolean isFollowed(FlowMapper.Revision revision) {
        try {
            var shop = new ShopId(revision.shopId());
            if (of(shop).revision() != revision.revision()) {
                read(shop);
            }
            return true;
        } catch (DataAccessException | TransactionException e) {
            throw e;
        } catch (RuntimeException e) {
            if (!Objects.equals(unread.get(revision.shopId()), revision.revision())) {
                LOGGER.atError()
                        .addKeyValue("shop_id", revision.shopId())
                        .addKeyValue("revision", revision.revision())
                        .setCause(e)
                        .log("The dialogs of a shop cannot be read and stay as they were");
            }
            return false;
        }
    }

    private void read(ShopId shop) {
        var snapshot = store.snapshot(shop);
        var heads = new HashMap<String, FlowHead>();
        snapshot.heads().forEach(head -> heads.put(head.name(), head));
        var versions = new HashMap<String, Map<Integer, Flow>>();
        for (FlowRow row : snapshot.rows()) {
            try {
                versions.computeIfAbsent(row.name(), name -> new HashMap<>())
                        .put(row.version(), loader().load(row.name() + ".yml", row.body()));
            } catch (InvalidFile e) {
                LOGGER.atWarn()
                        .addKeyValue("shop_id", shop)
                        .addKeyValue("flow", row.name())
                        .addKeyValue("version", row.version())
                        .addKeyValue("faults", e.faults().size())
                        .log("A version of a dialog does not load any more and is left out");
            }
        }
        var read = new ShopFlows(snapshot.revision(), builtIn(), heads, versions);
        copies.merge(shop, read, (old, now) -> now.revision() < old.revision() ? old : now);
    }
}
