package io.xiaoer.session.conversation;

import io.xiaoer.common.event.DeadLetters;
import io.xiaoer.common.event.EventWriter;
import io.xiaoer.common.event.QuietProducerListener;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.log.ConversationLog;
import io.xiaoer.common.log.LogLimits;
import io.xiaoer.common.tenant.TenantConfiguration;
import io.xiaoer.common.tenant.TenantTables;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.kafka.support.ProducerListener;

/// Wires what conversations stand on: ids, the log, events and dead letters.
@Configuration(proxyBeanMethods = false)
@Import(TenantConfiguration.class)
class ConversationConfiguration {

    @Bean
    SnowflakeIds ids(@Value("${xiaoer.node-id}") String nodeId, Clock clock) {
        int node = nodeId.isBlank() ? new SecureRandom().nextInt(SnowflakeIds.NODES) : Integer.parseInt(nodeId);
        return new SnowflakeIds(node, clock);
    }

    @Bean
    ConversationLog conversationLog(StringRedisTemplate redis, SnowflakeIds ids, Clock clock) {
        return new ConversationLog(redis, ids, clock, LogLimits.CONTRACT);
    }

    @Bean
    EventWriter eventWriter(@Value("${spring.application.name}") String source, Clock clock) {
        return new EventWriter(source, clock);
    }

    @Bean
    DeadLetters deadLetters(KafkaProperties kafka) {
        return new DeadLetters(kafka.buildProducerProperties());
    }

    @Bean
    ProducerListener<Object, Object> producerListener() {
        return new QuietProducerListener<>();
    }

    @Bean
    TenantTables sessionTables() {
        return TenantTables.of("session", "session_rating", "session_change");
    }
}
