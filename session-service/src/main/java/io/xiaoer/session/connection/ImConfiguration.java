package io.xiaoer.session.connection;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.HashedWheelTimer;
import io.xiaoer.common.access.TokenVerifier;
import io.xiaoer.session.archive.Warmth;
import io.xiaoer.session.conversation.MessageRoad;
import io.xiaoer.session.conversation.SessionDirectory;
import io.xiaoer.session.delivery.AnswerTimers;
import io.xiaoer.session.delivery.NodeDelivery;
import io.xiaoer.session.delivery.NodeSubscription;
import io.xiaoer.session.presence.Presence;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;

/// Wires the WebSocket of this node.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConnectionSettings.class)
class ImConfiguration {

    private static final int WHEEL_TICK_MS = 20;
    private static final int WHEEL_SIZE = 512;
    private static final int MOST_TIMEOUTS = 200_000;

    @Bean(destroyMethod = "stop")
    HashedWheelTimer imWheel() {
        return new HashedWheelTimer(
                Thread.ofPlatform().daemon().name("im-wheel").factory(),
                WHEEL_TICK_MS,
                TimeUnit.MILLISECONDS,
                WHEEL_SIZE,
                false,
                MOST_TIMEOUTS);
    }

    @Bean
    AnswerTimers answerTimers(
            Presence presence,
            NodeDelivery delivery,
            @Qualifier("applicationTaskExecutor") AsyncTaskExecutor executor,
            HashedWheelTimer imWheel,
            ConnectionSettings settings) {
        var timers = new AnswerTimers(presence, executor, imWheel, settings.typingAfter(), settings.thinkingAfter());
        delivery.observe(timers);
        return timers;
    }

    @Bean
    ConnectionMeters connectionMeters(MeterRegistry registry) {
        return new ConnectionMeters(registry);
    }

    @Bean
    Connections connections(ConnectionSettings settings, ConnectionMeters meters, Clock clock) {
        return new Connections(settings, meters, clock);
    }

    @Bean
    Welcome welcome(
            NodeDelivery delivery,
            Warmth warmth,
            ConnectionSettings settings,
            HashedWheelTimer imWheel,
            @Qualifier("applicationTaskExecutor") AsyncTaskExecutor executor) {
        return new Welcome(delivery, warmth, settings, imWheel, executor);
    }

    @Bean
    FrameHandler frameHandler(
            MessageRoad road,
            SessionDirectory sessions,
            NodeDelivery delivery,
            Presence presence,
            AnswerTimers timers,
            TokenVerifier tokens,
            ShopRules shops,
            Connections connections,
            ConnectionMeters meters,
            Clock clock) {
        return new FrameHandler(road, sessions, delivery, presence, timers, tokens, shops, connections, meters, clock);
    }

    @Bean
    ImServices imServices(
            Welcome welcome,
            FrameHandler frames,
            Connections connections,
            ConnectionSettings settings,
            ConnectionMeters meters,
            @Qualifier("applicationTaskExecutor") AsyncTaskExecutor executor,
            Clock clock) {
        return new ImServices(welcome, frames, connections, settings, meters, executor, clock);
    }

    @Bean
    ImLifecycle imLifecycle(Connections connections, NodeSubscription subscription, ConnectionSettings settings) {
        return new ImLifecycle(connections, subscription, settings);
    }
}
