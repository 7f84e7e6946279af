package io.xiaoer.session.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.common.log.LogLimits;
import io.xiaoer.session.archive.History;
import io.xiaoer.session.presence.Presence;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/// Wires presence and delivery of this node.
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {

    @Bean
    Presence presence(StringRedisTemplate redis, @Value("${xiaoer.node}") String node) {
        return new Presence(redis, LogLimits.CONTRACT, node);
    }

    @Bean
    DeliveryMeters deliveryMeters(MeterRegistry registry) {
        return new DeliveryMeters(registry);
    }

    @Bean
    NodeDelivery nodeDelivery(
            Presence presence,
            History history,
            @Qualifier("applicationTaskExecutor") AsyncTaskExecutor executor,
            DeliveryMeters meters) {
        return new NodeDelivery(presence, history, executor, meters);
    }

    @Bean
    NodeSubscription nodeSubscription(
            LettuceConnectionFactory factory,
            StringRedisTemplate redis,
            NodeDelivery delivery,
            DeliveryMeters meters,
            @Value("${xiaoer.node}") String node) {
        return new NodeSubscription(factory, redis, delivery, meters, node);
    }
}
