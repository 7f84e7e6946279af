package io.xiaoer.compensation;

import io.xiaoer.common.crypto.EncodedKeyset;
import io.xiaoer.common.testing.OthersTopics;
import io.xiaoer.common.testing.ServerKind;
import io.xiaoer.common.testing.WithIssuers;
import io.xiaoer.common.testing.WithServers;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.test.context.SpringBootTest;

/// Runs the whole service on a free port, over real servers, with short waits.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@WithServers(
        value = {ServerKind.KAFKA, ServerKind.MARIADB},
        schema = "xiaoer_compensation")
@WithIssuers
@ExtendWith({CompensationService.Topics.class, CompensationService.Keys.class})
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "xiaoer.compensation.retry.first=1h",
            "xiaoer.compensation.retry.longest=2h",
            "xiaoer.compensation.retry.settle=2s",
            "xiaoer.compensation.retry.every=200ms",
            "xiaoer.webhook.allowed-networks=127.0.0.0/8,::1/128",
            "xiaoer.webhook.first=200ms",
            "xiaoer.webhook.queue=500",
            "xiaoer.webhook.poll=100ms"
        })
public @interface CompensationService {

    /// Makes the topics that the service reads, none of which is its own.
    final class Topics implements BeforeAllCallback {
        @Override
        public void beforeAll(ExtensionContext context) throws Exception {
            OthersTopics.make("session-service");
            OthersTopics.make("order-sync-service");
        }
    }

    /// Makes the key of encrypted fields, once for a JVM.
    final class Keys implements BeforeAllCallback {
        private static final String KEYSET = EncodedKeyset.generate();

        @Override
        public void beforeAll(ExtensionContext context) {
            System.setProperty("FIELD_KEYSET", KEYSET);
        }
    }
}
