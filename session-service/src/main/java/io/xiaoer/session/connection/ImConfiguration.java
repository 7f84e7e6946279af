package io.xiaoer.session.connection;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.HashedWheelTimer;
import io.xiaoer.common.access.TokenVerifier;
import io.xiaoer.session.archive.Warmth;
import io.xiaoer.session.conversation.MessageRoad;
import io.xiaoer.session.conversation.SessionDirectory;
import io.xiaoer.session.delivery.NodeDelivery;
import io.xiaoer.session.delivery.NodeSubscription;
import io.xiaoer.session.handoff.AgentPresence;
import io.xiaoer.session.handoff.HeldSessions;
import io.xiaoer.session.presence.Presence;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;

/// Wires the WebSocket of this node.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConnectionSettings.class)
class ImConfiguration {

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
            HashedWheelTimer sessionWheel,
            @Qualifier("applicationTaskExecutor") AsyncTaskExecutor executor,
            AgentDesks desks) {
        return new Welcome(delivery, warmth, settings, sessionWheel, executor, desks);
    }

    @Bean
    AgentDesks agentDesks(
            NodeDelivery delivery,
            Warmth warmth,
            HeldSessions held,
            AgentPresence presence,
            @Qualifier("applicationTaskExecutor") AsyncTaskExecutor executor,
            Clock clock) {
        return new AgentDesks(delivery, warmth, held, presence, executor, clock);
    }

    @Bean
    FrameHandler frameHandler(
            MessageRoad road,
            SessionDirectory sessions,
            NodeDelivery delivery,
            Presence presence,
            TokenVerifier tokens,
            ShopRules shops,
            Connections connections,
            AgentDesks desks,
            HeldSessions held,
            ConnectionMeters meters,
            Clock clock) {
        var agents = new AgentFrames(held, presence);
        return new FrameHandler(
                road, sessions, delivery, presence, tokens, shops, connections, agents, desks, meters, clock);
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
