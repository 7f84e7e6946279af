package io.xiaoer.bot.faq;

import io.xiaoer.common.id.ShopId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// The copies of all shops' FAQs in this process. Once a second the revisions in the database are compared with those
/// of the copies, and what changed is read again; while the database is away the copies stay as they are.
@Component
public final class FaqCopies {

    /// The most shops whose FAQ is kept here; of others every question reads the database.
    static final int MAX_SHOPS = 5000;

    private static final int SMALL = 500;
    private static final Logger LOGGER = LoggerFactory.getLogger(FaqCopies.class);

    private final FaqStore store;
    private final ApplicationEventPublisher events;
    private final Map<ShopId, FaqCopy> copies = new ConcurrentHashMap<>();
    private volatile State state = State.NEW;

    FaqCopies(FaqStore store, ApplicationEventPublisher events) {
        this.store = store;
        this.events = events;
    }

    /// The FAQ of a shop, not older than the last comparison that succeeded.
    ///
    /// @throws Unavailable if there is no copy and the database does not answer
    public FaqCopy of(ShopId shop) {
        FaqCopy copy = copies.get(shop);
        if (copy != null) {
            return copy;
        }
        return switch (state) {
            case FOLLOWING -> copies.size() < MAX_SHOPS ? FaqCopy.EMPTY : read(shop);
            case AWAY -> throw new Unavailable(null);
            case NEW -> read(shop);
        };
    }

    /// The copy that is in memory, null if there is none; does not wait.
    @Nullable
    FaqCopy known(ShopId shop) {
        return copies.get(shop);
    }

    /// Reads a shop's FAQ again at once, after a change that was made here. A large one is left to the
    /// next comparison, so that many changes in a row do not each read all of it. No shop waits for
    /// another's: of several who read one at a time, what is newest stays.
    void refresh(ShopId shop) {
        FaqCopy copy = copies.get(shop);
        if (copy != null && copy.size() > SMALL) {
            return;
        }
        try {
            read(shop);
        } catch (Unavailable e) {
            LOGGER.atInfo().addKeyValue("shop_id", shop).log("A changed FAQ is read a little later");
        }
    }

    @Scheduled(fixedDelayString = "${xiaoer.bot.faq-refresh:PT1S}")
    void follow() {
        try {
            for (var revision : store.revisions(MAX_SHOPS)) {
                var shop = new ShopId(revision.shopId());
                FaqCopy copy = copies.get(shop);
                if (copy == null || copy.revision() != revision.revision()) {
                    read(shop);
                }
            }
            enter(State.FOLLOWING, null);
        } catch (DataAccessException | TransactionException | Unavailable e) {
            enter(State.AWAY, e);
        }
    }

    private FaqCopy read(ShopId shop) {
        try {
            var copy = store.copy(shop);
            if (copies.size() < MAX_SHOPS || copies.containsKey(shop)) {
                copies.merge(shop, copy, (old, read) -> read.revision() < old.revision() ? old : read);
                events.publishEvent(new FaqChanged(shop));
            }
            return copy;
        } catch (DataAccessException | TransactionException e) {
            throw new Unavailable(e);
        }
    }

    private void enter(State next, @Nullable Exception cause) {
        if (next == State.AWAY && state != State.AWAY) {
            LOGGER.atWarn()
                    .addKeyValue("waits_for", "mariadb")
                    .addKeyValue("cause", String.valueOf(cause))
                    .log("The FAQ is served from memory until the database answers");
        } else if (next == State.FOLLOWING && state != State.FOLLOWING) {
            LOGGER.atInfo().addKeyValue("shops", copies.size()).log("The FAQ follows the database");
        }
        state = next;
    }

    private enum State {
        NEW,
        FOLLOWING,
        AWAY
    }

    /// There is no copy of a shop's FAQ and none can be read.
    public static final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unavailable(@Nullable Throwable cause) {
            super("the FAQ cannot be read", cause);
        }
    }
}
