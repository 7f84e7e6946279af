package io.xiaoer.common.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The servers that every other integration test stands on can be used, broken and mended.
@WithServers({ServerKind.REDIS, ServerKind.KAFKA, ServerKind.MARIADB})
class RealServersIT {

    @Test
    void aKilledRedisIsEmptyAtTheSameAddressAgain() {
        write("kept", "no");
        RealServers.kill(ServerKind.REDIS);
        RealServers.start(ServerKind.REDIS);
        assertThat(read("kept")).isNull();
    }

    @Test
    void aFlushedRedisIsEmpty() {
        write("kept", "no");
        RealServers.flushRedis();
        assertThat(read("kept")).isNull();
    }

    @Test
    void aKilledKafkaKeepsItsTopics() throws Exception {
        try (var admin = admin()) {
            admin.createTopics(List.of(new NewTopic("kept", 2, (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
        RealServers.kill(ServerKind.KAFKA);
        RealServers.start(ServerKind.KAFKA);
        try (var admin = admin()) {
            assertThat(admin.listTopics().names().get(30, TimeUnit.SECONDS)).contains("kept");
        }
    }

    @Test
    void theDatabaseAnswersAtTheAddressThatServicesRead() {
        assertThat(System.getProperty("DB_URL")).isEqualTo(RealServers.dbUrl("xiaoer_test"));
        RealServers.stop(ServerKind.MARIADB);
        RealServers.start(ServerKind.MARIADB);
    }

    private static Admin admin() {
        return Admin.create(
                Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, RealServers.kafkaBootstrap()));
    }

    private static void write(String key, String value) {
        try (var client = RedisClient.create(RealServers.redisUrl());
                var connection = client.connect()) {
            connection.sync().set(key, value);
        }
    }

    private static @Nullable String read(String key) {
        try (var client = RedisClient.create(RealServers.redisUrl());
                var connection = client.connect()) {
            return connection.sync().get(key);
        }
    }
}
