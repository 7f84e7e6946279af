package io.xiaoer.bot.understand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alibaba.fastjson2.JSON;
import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.bot.RunningBot;
import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.faq.FaqCandidate;
import io.xiaoer.bot.words.Language;
import io.xiaoer.common.id.ShopId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// Shops are learnt while the service runs, from its start to its stop and from the next start on.
class ShopMindsIT extends RunningBot {

    private static final Duration SOON = Duration.ofSeconds(120);

    @Autowired
    private ShopMinds minds;

    @Autowired
    private Understanding understanding;

    @Autowired
    private MeterRegistry meters;

    private final ShopId shop = new ShopId("s" + UUID.randomUUID().toString().substring(0, 8));

    @Test
    void whatIsStoppedAndStartedAgainUnderstands() throws Exception {
        put("hours", "门店几点开门");
        await().atMost(SOON).until(() -> found("请问门店是几点开门的呢").contains("hours"));

        minds.stop();
        try {
            assertThat(minds.isRunning()).isFalse();
            assertThat(meters.get("xiaoer.bot.understand.ready").gauge().value())
                    .isZero();
            assertThat(found("请问门店是几点开门的呢")).isEmpty();
            assertThat(found("门店几点开门")).containsExactly("hours");
        } finally {
            minds.start();
        }

        await().atMost(SOON).until(() -> found("请问门店是几点开门的呢").contains("hours"));
        assertThat(meters.get("xiaoer.bot.understand.ready").gauge().value()).isEqualTo(1);
    }

    @Test
    void aVectorIsRememberedOnceItWasComputedAndNotBefore() {
        var text = "门店 " + UUID.randomUUID();

        assertThat(minds.remembered(text, Language.ZH)).isNull();
        var computed = minds.of(text, Language.ZH);

        assertThat(computed).isNotNull();
        assertThat(minds.remembered(text, Language.ZH)).isEqualTo(computed);
    }

    @Test
    void aQuestionThatManyAskAtOnceIsComputedOnce() throws Exception {
        put("hours", "门店几点开门");
        await().atMost(SOON).until(() -> found("请问门店是几点开门的呢").contains("hours"));
        await().atMost(SOON)
                .until(() -> meters.get("xiaoer.bot.understand.learning")
                                        .timer()
                                        .count()
                                > 0
                        && meters.get("xiaoer.bot.understand.waiting").gauge().value() == 0);
        var timer = meters.get("xiaoer.bot.understand.embedding").timer();
        long before = timer.count();
        var text = "门店 " + UUID.randomUUID();
        Callable<Meaning> asking = () -> understanding.of(shop, text, Language.ZH, soon());
        try (var threads = Executors.newFixedThreadPool(8)) {
            var calls = new ArrayList<Callable<Meaning>>();
            for (int i = 0; i < 40; i++) {
                calls.add(asking);
            }
            for (var each : threads.invokeAll(calls)) {
                each.get();
            }
        }
        assertThat(timer.count() - before).isPositive().isLessThan(20);
        assertThat(meters.get("xiaoer.bot.understand.texts").gauge().value()).isPositive();
    }

    private List<String> found(String text) {
        return understanding.of(shop, text, Language.ZH, soon()).entries().stream()
                .map(FaqCandidate::entry)
                .map(entry -> entry.id())
                .toList();
    }

    private static Deadline soon() {
        return Deadline.in(SOON, Clock.systemUTC());
    }

    private void put(String id, String question) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/faqs/" + id))
                .header("Authorization", "Bearer " + ISSUERS.merchant(shop.value()))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(JSON.toJSONString(Map.of("question", question, "answer", "so"))))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var put = http.send(request, BodyHandlers.ofString());
            assertThat(put.statusCode()).as(put.body()).isEqualTo(201);
        }
    }
}
