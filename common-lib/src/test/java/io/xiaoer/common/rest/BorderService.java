package io.xiaoer.common.rest;

import io.xiaoer.common.access.AccessConfiguration;
import io.xiaoer.common.access.AccessRules;
import io.xiaoer.common.access.Caller;
import io.xiaoer.common.crypto.KeysUnavailable;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemConfiguration;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.request.RequestConfiguration;
import io.xiaoer.common.request.RequestIds;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.ibatis.exceptions.PersistenceException;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.mybatis.spring.MyBatisSystemException;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// A service as small as can be.
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(
        excludeName = {
            "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
            "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration"
        })
@Import({
    RestConfiguration.class,
    ProblemConfiguration.class,
    RequestConfiguration.class,
    AccessConfiguration.class,
    BorderService.Things.class
})
class BorderService {

    @Bean
    AccessRules rules() {
        return AccessRules.builder()
                .open(HttpMethod.POST, "/open")
                .allow("/api/**", "merchant")
                .build();
    }

    enum Kind {
        IN_STOCK,
        SOLD_OUT
    }

    @NullMarked
    record Part(String name, int count) {
        Part {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("name must not be empty");
            }
        }
    }

    @NullMarked
    record Thing(
            String sku,
            int quantity,
            @Nullable Kind kind,
            @Nullable Instant placedAt,
            @Nullable OffsetDateTime due,
            @Nullable Boolean loud,
            List<String> tags,
            List<Part> parts,
            @Nullable String note) {}

    @RestController
    @RequestMapping
    static class Things {

        @RequestMapping(
                path = "/api/things",
                method = {RequestMethod.POST, RequestMethod.PUT})
        Answer<Resource<Thing>> put(@RequestBody Thing thing) {
            var kind = Objects.requireNonNullElse(thing.kind(), Kind.IN_STOCK);
            return Answer.of(new Resource<>(
                    "1",
                    "thing",
                    new Thing(
                            thing.sku(),
                            thing.quantity(),
                            kind,
                            thing.placedAt(),
                            thing.due(),
                            thing.loud(),
                            thing.tags(),
                            thing.parts(),
                            null)));
        }

        @GetMapping("/api/things/later")
        CompletableFuture<Answer<String>> later() {
            return CompletableFuture.supplyAsync(() -> Answer.of("late"));
        }

        @GetMapping("/api/things/slow")
        org.springframework.web.context.request.async.DeferredResult<String> slow() {
            return new org.springframework.web.context.request.async.DeferredResult<>(50L);
        }

        @GetMapping("/api/things/fail")
        String fail(@RequestParam String how) {
            if (how.equals("conflict")) {
                throw new ProblemException(ProblemCode.CONFLICT, "Taken already").header("Retry-After", "3");
            }
            switch (how) {
                case "mybatis" ->
                    throw new MyBatisSystemException(
                            new PersistenceException(new CannotGetJdbcConnectionException("db at 10.0.0.1")));
                case "transaction" -> throw new CannotCreateTransactionException("db at 10.0.0.1");
                case "redis" -> throw new QueryTimeoutException("redis at 10.0.0.1");
                case "keys" -> throw new KeysUnavailable("the key service at 10.0.0.1 is sealed", null);
                default -> throw new IllegalStateException("surprise");
            }
        }

        @GetMapping("/api/things/number/{number}")
        int number(@PathVariable int number) {
            return number;
        }

        @GetMapping("/api/things/by/{id}")
        Answer<String> by(@PathVariable String id) {
            return Answer.of(id);
        }

        @GetMapping("/api/things/key")
        String key(@RequestHeader("Idempotency-Key") String key) {
            return key;
        }

        @GetMapping("/api/things/whoami")
        Answer<Map<String, Object>> whoami(Caller caller) {
            return Answer.of(Map.of(
                    "shop", caller.requireShop().value(), "request", Objects.requireNonNull(RequestIds.current())));
        }

        @PostMapping("/open")
        Answer<String> open() {
            return Answer.of("open");
        }
    }
}
