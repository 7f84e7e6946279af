package io.xiaoer.bot.faq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.bot.RunningBot;
import io.xiaoer.common.id.ShopId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// An entry that cannot be read stands in the way of no other, in its own shop or another.
class AnUnreadableEntryIT extends RunningBot {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String random = UUID.randomUUID().toString().substring(0, 8);
    private final ShopId broken = new ShopId("a-" + random);
    private final ShopId behind = new ShopId("z-" + random);

    @Autowired
    private FaqStore store;

    @Autowired
    private FaqCopies copies;

    @Autowired
    private JdbcClient database;

    @Autowired
    private MeterRegistry meters;

    @AfterEach
    void mend() {
        store.delete(broken, "spoilt");
    }

    @Test
    void itIsLeftOutAndToldOfOnce() throws Exception {
        put(broken, "first", "one");
        put(broken, "spoilt", "two");
        put(broken, "last", "three");
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> copies.of(broken).size() == 3);
        double before = unreadable();

        database.sql("UPDATE faq SET variants = '[\"open' WHERE shop_id = ? AND id = 'spoilt'")
                .params(broken.value())
                .update();
        put(broken, "later", "four");
        put(behind, "found", "five");

        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> copies.of(behind).entry("found") != null);
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> copies.of(broken).entry("later") != null);
        assertThat(copies.of(broken).entry("spoilt")).isNull();
        assertThat(copies.of(broken).size()).isEqualTo(3);
        put(broken, "latest", "six");
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> copies.of(broken).entry("latest") != null);
        assertThat(unreadable() - before).isEqualTo(1);
    }

    @Test
    void aPageIsFullWithoutIt() throws Exception {
        put(broken, "first", "one");
        put(broken, "spoilt", "two");
        put(broken, "last", "three");
        database.sql("UPDATE faq SET variants = 'null, 7' WHERE shop_id = ? AND id = 'spoilt'")
                .params(broken.value())
                .update();

        assertThat(store.list(broken, Long.MAX_VALUE, 2))
                .extracting(kept -> kept.entry().id())
                .containsExactly("last", "first");
        assertThat(store.get(broken, "spoilt")).isNull();
        put(broken, "spoilt", "two again");
        assertThat(store.get(broken, "spoilt")).isNotNull();
    }

    private void put(ShopId shop, String id, String question) throws InvalidFaq {
        store.put(shop, List.of(FaqDraft.of(id, question, List.of(), "answer", "en")));
    }

    private double unreadable() {
        return meters.get("xiaoer.bot.faq.unreadable").counter().count();
    }
}
