package io.xiaoer.ordersync;

import io.xiaoer.common.crypto.EncodedKeyset;
import io.xiaoer.common.testing.OthersTopics;
import io.xiaoer.common.testing.ServerKind;
import io.xiaoer.common.testing.WithIssuers;
import io.xiaoer.common.testing.WithServers;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.test.context.SpringBootTest;

/// Runs the whole service on a free port, over real servers, with keys made for this run, and with a deadline
/// for sources, a patience with Redis and a life of what it keeps that a busy machine bears too.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@WithServers(
        value = {ServerKind.REDIS, ServerKind.KAFKA, ServerKind.MARIADB},
        schema = "xiaoer_ordersync")
@WithIssuers
@ExtendWith({OrderService.Topics.class, OrderService.Keys.class})
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "xiaoer.card.deadline=3s",
            "spring.data.redis.timeout=1s",
            "xiaoer.card.cache.ttl=5m",
            "xiaoer.card.cache.patience=1s"
        })
public @interface OrderService {

    /// Makes the topics that the service reads and that are not its own.
    final class Topics implements BeforeAllCallback {
        @Override
        public void beforeAll(ExtensionContext context) throws Exception {
            OthersTopics.make("session-service");
        }
    }

    /// Makes the keys of encrypted fields, once for a JVM.
    final class Keys implements BeforeAllCallback {
        private static final String KEYSET = EncodedKeyset.generate();
        private static final String HASH_KEY = hashKey();

        @Override
        public void beforeAll(ExtensionContext context) {
            System.setProperty("FIELD_KEYSET", KEYSET);
            System.setProperty("FIELD_HASH_KEY", HASH_KEY);
        }

        private static String hashKey() {
            var bytes = new byte[32];
            new SecureRandom().nextBytes(bytes);
            return Base64.getEncoder().encodeToString(bytes);
        }
    }
}
