package io.xiaoer.bot.faq;

import io.xiaoer.bot.decide.Listener;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Reply;
import io.xiaoer.common.id.ShopId;
import jakarta.annotation.PreDestroy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// How often each entry has answered. Counted in memory and added to the rows every few seconds, one transaction a
/// shop, so that an answer costs no statement; what a process has counted since is lost with it.
@Component
final class FaqHits implements Listener {

    /// The most entries that are counted between two writings; hits of more are not counted.
    private static final int MOST = 10_000;

    private static final Logger LOGGER = LoggerFactory.getLogger(FaqHits.class);

    private final FaqStore store;
    private final ConcurrentMap<Entry, Long> counted = new ConcurrentHashMap<>();

    FaqHits(FaqStore store) {
        this.store = store;
    }

    private record Entry(ShopId shop, String id) {}

    @Override
    public void answered(Question question, Reply reply) {
        String entry = switch (reply.source()) {
            case FAQ -> reply.origin();
            case ORDER -> reply.cited().isEmpty() ? null : reply.cited().getFirst();
            case DIALOG, MODEL, HANDOFF, COURTESY, NONE -> null;
        };
        if (entry != null) {
            add(new Entry(question.shop(), entry), 1);
        }
    }

    @Override
    public void handedOff(Question question, String reason) {
        // Whatever the FAQ said, it was not this.
    }

    private void add(Entry entry, long hits) {
        if (counted.size() < MOST || counted.containsKey(entry)) {
            counted.merge(entry, hits, Long::sum);
        }
    }

    @PreDestroy
    @Scheduled(fixedDelayString = "${xiaoer.bot.faq-hits:PT10S}")
    void write() {
        var byShop = new HashMap<ShopId, Map<String, Long>>();
        for (Entry entry : counted.keySet()) {
            Long hits = counted.remove(entry);
            if (hits != null) {
                byShop.computeIfAbsent(entry.shop(), shop -> new HashMap<>()).put(entry.id(), hits);
            }
        }
        byShop.forEach(this::write);
    }

    private void write(ShopId shop, Map<String, Long> hits) {
        try {
            store.addHits(shop, hits);
        } catch (DataAccessException | TransactionException e) {
            hits.forEach((id, more) -> add(new Entry(shop, id), more));
            LOGGER.atDebug().addKeyValue("shop_id", shop).setCause(e).log("Hits of the FAQ are written later");
        }
    }
}
