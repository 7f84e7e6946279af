package io.xiaoer.ordersync.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.event.SharedOutAnew;
import io.xiaoer.common.testing.RealServers;
import io.xiaoer.ordersync.OrderService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

/// An instance that comes back takes its own places in the group, instead of waiting until it counts as dead.
@OrderService
class ConsumersAreStaticMembersIT {
    @Value("${xiaoer.node}")
    private String node;

    @Autowired
    private KafkaListenerEndpointRegistry listeners;

    @Test
    void theGroupKnowsTheInstanceByItsName() {
        assertThat(listeners.isRunning()).isTrue();
        // Kafka does not know a group that nobody has joined yet.
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> {
            assertThat(members("order-sync-service")).contains(node + "-commands-0", node + "-commands-1");
        });
    }

    @Test
    void whatWasMadeWhileTheInstanceWasAwayIsAskedForByEachOfItsConsumers() {
        assertThat(listeners.getListenerContainers())
                .isNotEmpty()
                .allSatisfy(container -> assertThat(
                                container.getContainerProperties().getConsumerRebalanceListener())
                        .as(container.getListenerId())
                        .isInstanceOf(SharedOutAnew.class));
    }

    private static List<String> members(String group) throws Exception {
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", RealServers.kafkaBootstrap()))) {
            var described = admin.describeConsumerGroups(List.of(group)).all().get(20, TimeUnit.SECONDS);
            return Objects.requireNonNull(described.get(group)).members().stream()
                    .flatMap(member -> member.groupInstanceId().stream())
                    .toList();
        }
    }
}
