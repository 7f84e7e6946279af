package io.xiaoer.session.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.HashedWheelTimer;
import io.xiaoer.common.log.LogLimits;
import io.xiaoer.session.archive.History;
import io.xiaoer.session.conversation.MessageRoad;
import io.xiaoer.session.presence.Presence;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/// Wires presence and delivery of this node.
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {

    /// Each tick wakes a thread, and nothing on the wheel is due to the moment.
    private static final int WHEEL_TICK_MS = 50;
    private static final int WHEEL_SIZE = 512;
    private static final int MOST_TIMEOUTS = 200_000;

    @Bean(destroyMethod = "stop")
    HashedWheelTimer sessionWheel() {
        return new HashedWheelTimer(
                Thread.ofPlatform().daemon().name("session-wheel").factory(),
                WHEEL_TICK_MS,
                TimeUnit.MILLISECONDS,
                WHEEL_SIZE,
                false,
                MOST_TIMEOUTS);
    }

    @Bean
    AnswerTimers answerTimers(
            NodeDelivery delivery,
            Presence presence,
            @Qualifier("applicationTaskExecutor") AsyncTaskExecutor executor,
            HashedWheelTimer sessionWheel,
            @Value("${xiaoer.answer.typing-after:300ms}") Duration typingAfter,
            @Value("${xiaoer.answer.thinking-after:3s}") Duration thinkingAfter) {
        return new AnswerTimers(delivery, presence, executor, sessionWheel, typingAfter, thinkingAfter);
    }

    @Bean
    @Primary
    MessageRoad timedMessageRoad(@Qualifier("heedingRoad") MessageRoad road, AnswerTimers timers) {
        return new TimedMessageRoad(road, timers);
    }

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
