package io.xiaoer.bot.faq;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.bot.RunningBot;
import io.xiaoer.common.id.ShopId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// A shop whose FAQ takes long to be read keeps no other from its change.
class ShopsDoNotWaitForEachOtherIT extends RunningBot {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    private FaqStore store;

    @Test
    void aChangeIsSeenWhileTheFaqOfAnotherShopIsStillRead() throws Exception {
        var slow = shop();
        var quick = shop();
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var copies = new FaqCopies(store, event -> {
            if (event.equals(new FaqChanged(slow))) {
                begun.countDown();
                awaited(end);
            }
        });
        var reading = Thread.ofVirtual().start(copies::follow);
        begun.await();

        store.put(quick, List.of(FaqDraft.of("new", "what is new", List.of(), "this", "en")));
        try {
            assertThat(CompletableFuture.runAsync(() -> copies.refresh(quick))).succeedsWithin(PATIENCE);
            assertThat(copies.of(quick).size()).isEqualTo(2);
        } finally {
            end.countDown();
            reading.join();
        }
    }

    private ShopId shop() throws InvalidFaq {
        var shop = new ShopId("s" + UUID.randomUUID().toString().substring(0, 8));
        store.put(shop, List.of(FaqDraft.of("old", "what is old", List.of(), "that", "en")));
        return shop;
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
