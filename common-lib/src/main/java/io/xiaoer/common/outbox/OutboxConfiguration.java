package io.xiaoer.common.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Wires [Outbox] and its relay over the service's data source and Kafka; a service imports it and has the tables of
/// `db/template/outbox.sql` in a migration of its own.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OutboxSettings.class)
public class OutboxConfiguration {
    @Bean
    OutboxRelay outboxRelay(
            JdbcClient jdbc,
            KafkaProperties kafka,
            OutboxSettings settings,
            MeterRegistry meters,
            @Value("${XIAOER_NODE:${spring.application.name:service}}") String node) {
        return new OutboxRelay(
                new OutboxTable(jdbc),
                new Lease(jdbc, "relay"),
                new KafkaRecordSender(kafka.buildProducerProperties(), settings),
                settings,
                node + "/" + UUID.randomUUID(),
                new OutboxMeters(meters));
    }

    @Bean
    Outbox outbox(JdbcClient jdbc, OutboxRelay relay) {
        return new Outbox(new OutboxTable(jdbc), relay::wake);
    }
}
