package io.xiaoer.bot;

import io.xiaoer.common.access.TestIssuers;
import io.xiaoer.common.event.TopicPlan;
import io.xiaoer.common.testing.RealServers;
import io.xiaoer.common.testing.ServerKind;
import io.xiaoer.common.testing.WithServers;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// The whole service over real Redis, Kafka and MariaDB, one context for all classes that extend this one.
@WithServers(
        value = {ServerKind.REDIS, ServerKind.KAFKA, ServerKind.MARIADB},
        schema = "xiaoer_bot")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
public abstract class RunningBot {

    protected static final TestIssuers ISSUERS = new TestIssuers();
    protected static final Neighbours NEIGHBOURS = new Neighbours(ISSUERS);

    @LocalServerPort
    protected int port;

    @Autowired
    protected org.springframework.core.env.Environment environment;

    @DynamicPropertySource
    static void surroundings(DynamicPropertyRegistry registry) throws Exception {
        createTopics();
        registry.add("ISSUER_URI", ISSUERS::issuer);
        registry.add("SUITE_JWKS_URI", ISSUERS::suiteKeysUri);
        registry.add("SESSION_URI", NEIGHBOURS::address);
        registry.add("ORDER_SYNC_URI", NEIGHBOURS::address);
        registry.add("SERVICE_SECRET", () -> Neighbours.SECRET);
        registry.add("MANAGEMENT_PORT", () -> "0");
    }

    private static void createTopics() throws Exception {
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", RealServers.kafkaBootstrap()))) {
            Set<String> known = admin.listTopics().names().get();
            var missing = TopicPlan.topicsOf("session-service", (short) 1).stream()
                    .filter(topic -> !known.contains(topic.name()))
                    .collect(Collectors.toList());
            admin.createTopics(missing).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("no topics for the tests", e.getCause());
        }
    }
}
