package io.xiaoer.session.conversation;

import io.xiaoer.common.event.DeadLetters;
import io.xiaoer.common.event.EventWriter;
import io.xiaoer.common.event.QuietProducerListener;
import io.xiaoer.common.id.NodeLeaseConfiguration;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.log.ConversationLog;
import io.xiaoer.common.log.LogLimits;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.redis.RedisConfiguration;
import io.xiaoer.common.tenant.TenantConfiguration;
import io.xiaoer.common.tenant.TenantTables;
import io.xiaoer.session.shop.ShopDirectory;
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
@Import({NodeLeaseConfiguration.class, RedisConfiguration.class, TenantConfiguration.class})
class ConversationConfiguration {

    @Bean
    ConversationLog conversationLog(StringRedisTemplate redis, SnowflakeIds ids, Clock clock, ShopDirectory shops) {
        return new ConversationLog(redis, ids, clock, LogLimits.CONTRACT, shop -> messages(shops, shop));
    }

    /// How many messages a shopper of this shop may send within the window.
    private static int messages(ShopDirectory shops, ShopId shop) {
        try {
            return shops.find(shop)
                    .map(settings -> settings.limits().userMessagesPerMinute())
                    .orElse(LogLimits.CONTRACT.messages());
        } catch (ProblemException unknownNow) {
            return LogLimits.CONTRACT.messages();
        }
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
        return TenantTables.of("session", "session_rating", "session_change", "session_draft");
    }
}
