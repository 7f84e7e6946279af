package io.xiaoer.session.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.session.SessionServiceTest;
import io.xiaoer.session.TestShops;
import io.xiaoer.session.delivery.NodeDelivery;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

/// Three thousand calls that wait at once in one instance. Their clients do what clients do: whose time has passed
/// without a word asks again, and so does who is told that the suite cannot for the moment; so a slow machine has as
/// many waiting in the end.
@SessionServiceTest
class ManyLongPollsIT {

    private static final int SHOPPERS = 60;
    private static final int EACH = 50;
    private static final int ALL = SHOPPERS * EACH;
    private static final int TOLD = 10;
    private static final Duration WAIT = Duration.ofSeconds(25);
    private static final Duration QUIET = Duration.ofSeconds(4);
    private static final int MOST_TRIES = 10;
    private static final int MOST_THREADS = 200;
    private static final int MOST_MEMORY_EACH = 160 * 1024;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @LocalServerPort
    private int port;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private NodeDelivery delivery;

    @Autowired
    private StringRedisTemplate redis;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    private volatile boolean over;

    @AfterEach
    void hangUp() {
        over = true;
        http.shutdownNow();
        http.close();
    }

    @Test
    void threeThousandWaitWithoutThreadsAndWithoutRedisAndEachHearsWhatIsItsOwn() {
        String base = "http://localhost:" + port;
        String shop = TestShops.create(base);
        var shoppers = IntStream.range(0, SHOPPERS)
                .mapToObj(each -> new Waiting(Shopper.in(base, shop)))
                .toList();
        long memory = memory();
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();

        for (var shopper : shoppers) {
            shopper.begin();
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> following(shopper) == EACH || shopper.hasEnded());
        }
        await().atMost(PATIENCE)
                .until(() -> waiting() >= ALL || shoppers.stream().anyMatch(Waiting::hasEnded));
        assertThat(shoppers).noneMatch(Waiting::hasEnded);

        assertThat(ManagementFactory.getThreadMXBean().getThreadCount() - threads)
                .as("platform threads, those of the clients included")
                .isLessThan(MOST_THREADS);
        assertThat((memory() - memory) / ALL)
                .as("bytes for each call, the client's half included")
                .isLessThan(MOST_MEMORY_EACH);
        answersOthers(Shopper.in(base, shop));
        var loud = new ArrayList<>(shoppers);
        await().atMost(PATIENCE).until(() -> {
            loud.removeIf(this::waitsUnasked);
            return loud.isEmpty();
        });

        var told = shoppers.subList(0, TOLD);
        told.forEach(shopper -> shopper.allHear(shopper.who.say(shopper.sid, "wake up")));
        over = true;
        shoppers.subList(TOLD, SHOPPERS).forEach(Waiting::allHearNothing);
        await().atMost(PATIENCE).until(() -> waiting() == 0);
    }

    /// Whether all calls of a shopper wait, and Redis was not asked for anything of that shopper's for a while.
    private boolean waitsUnasked(Waiting shopper) {
        return following(shopper) == EACH
                && idle(RedisKeys.online(shopper.who.key())).compareTo(QUIET) >= 0
                && idle(RedisKeys.session(shopper.who.key())).compareTo(QUIET) >= 0;
    }

    private Duration idle(String key) {
        var idle = redis.execute((RedisCallback<Duration>)
                connection -> connection.keyCommands().idletime(key.getBytes(StandardCharsets.UTF_8)));
        return idle == null ? Duration.ZERO : idle;
    }

    private int following(Waiting shopper) {
        return delivery.following(shopper.who.key());
    }

    private static void answersOthers(Shopper other) {
        String sid = other.session();
        String said = other.say(sid, "is there room for me?");
        assertThat(other.ids(sid, "?last_message_id=0")).contains(said);
    }

    private double waiting() {
        return meters.get("xiaoer.calls.waiting").gauge().value();
    }

    private static long memory() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /// A shopper and their waiting calls.
    private final class Waiting {

        private static final String NOTHING = "\"data\":[]";

        private final Shopper who;
        private final String sid;
        private final HttpRequest request;
        private final List<CompletableFuture<String>> calls = new ArrayList<>();

        Waiting(Shopper who) {
            this.who = who;
            this.sid = who.session();
            this.request = HttpRequest.newBuilder(URI.create(who.base() + "/api/v1/bot/sessions/" + sid
                            + "/messages?last_message_id=0&wait=" + WAIT.toSeconds()))
                    .header("Authorization", "Bearer " + who.token())
                    .build();
        }

        void begin() {
            for (int i = 0; i < EACH; i++) {
                var call = new CompletableFuture<String>();
                calls.add(call);
                ask(call, MOST_TRIES);
            }
        }

        private void ask(CompletableFuture<String> call, int tries) {
            long begun = System.nanoTime();
            http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).whenComplete((answer, failure) -> {
                var waited = Duration.ofNanos(System.nanoTime() - begun);
                if (failure != null) {
                    call.completeExceptionally(failure);
                } else if (answer.statusCode() == 503 && tries > 1) {
                    ask(call, tries - 1);
                } else if (answer.statusCode() != 200) {
                    call.completeExceptionally(new AssertionError(answer.statusCode() + " " + answer.body()));
                } else if (answer.body().contains(NOTHING) && waited.compareTo(WAIT.minusSeconds(1)) < 0) {
                    call.completeExceptionally(new AssertionError("woken for nothing after " + waited));
                } else if (answer.body().contains(NOTHING) && !over) {
                    ask(call, tries);
                } else {
                    call.complete(answer.body());
                }
            });
        }

        boolean hasEnded() {
            return calls.stream().anyMatch(CompletableFuture::isDone);
        }

        void allHear(String messageId) {
            assertThat(calls)
                    .allSatisfy(call -> assertThat(answer(call))
                            .contains("\"id\":\"" + messageId + '"')
                            .doesNotContain(NOTHING));
        }

        void allHearNothing() {
            assertThat(calls).allSatisfy(call -> assertThat(answer(call)).contains(NOTHING));
        }

        private String answer(CompletableFuture<String> call) {
            return call.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        }

        @Override
        public String toString() {
            return calls.stream().filter(CompletableFuture::isDone).toList().toString();
        }
    }
}
