package io.xiaoer.bot;

import io.xiaoer.common.access.AccessConfiguration;
import io.xiaoer.common.access.AccessRules;
import io.xiaoer.common.access.InternalTokens;
import io.xiaoer.common.circuit.CircuitConfiguration;
import io.xiaoer.common.event.DeadLetters;
import io.xiaoer.common.event.EventWriter;
import io.xiaoer.common.event.QuietProducerListener;
import io.xiaoer.common.id.NodeLeaseConfiguration;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.log.ConversationLog;
import io.xiaoer.common.log.LogLimits;
import io.xiaoer.common.problem.ProblemConfiguration;
import io.xiaoer.common.redis.RedisConfiguration;
import io.xiaoer.common.request.RequestConfiguration;
import io.xiaoer.common.rest.RestConfiguration;
import io.xiaoer.common.schema.SchemaConfiguration;
import io.xiaoer.common.tenant.TenantConfiguration;
import io.xiaoer.common.time.TimeConfiguration;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.kafka.support.ProducerListener;
import org.springframework.web.client.RestClient;

/// What bot-service takes from the common library and from its surroundings.
@Configuration(proxyBeanMethods = false)
@Import({
    AccessConfiguration.class,
    CircuitConfiguration.class,
    NodeLeaseConfiguration.class,
    ProblemConfiguration.class,
    RedisConfiguration.class,
    RequestConfiguration.class,
    RestConfiguration.class,
    SchemaConfiguration.class,
    TenantConfiguration.class,
    TimeConfiguration.class
})
class BotConfiguration {

    private static final String NAME = "bot-service";
    private static final Duration CONNECT = Duration.ofMillis(500);
    private static final Duration READ = Duration.ofSeconds(2);

    @Bean
    AccessRules accessRules() {
        return AccessRules.builder()
                .allow("/api/v1/faqs", "merchant")
                .allow("/api/v1/faqs/**", "merchant")
                .allow("/api/v1/faq-suggestions", "merchant")
                .allow("/api/v1/faq-suggestions/**", "merchant")
                .allow("/api/v1/flows", "merchant")
                .allow("/api/v1/flows/**", "merchant")
                .build();
    }

    @Bean
    ConversationLog conversationLog(StringRedisTemplate redis, SnowflakeIds ids, Clock clock) {
        return new ConversationLog(redis, ids, clock, LogLimits.CONTRACT);
    }

    @Bean
    EventWriter eventWriter(Clock clock) {
        return new EventWriter(NAME, clock);
    }

    @Bean(destroyMethod = "close")
    DeadLetters deadLetters(KafkaProperties kafka) {
        return new DeadLetters(kafka.buildProducerProperties());
    }

    /// Spring's own listener would write keys and values into the log.
    @Bean
    ProducerListener<Object, Object> quietProducer() {
        return new QuietProducerListener<>();
    }

    /// For calls to other services by their names.
    @Bean
    @LoadBalanced
    RestClient.Builder servicesByName() {
        var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build();
        var requests = new JdkClientHttpRequestFactory(http);
        requests.setReadTimeout(READ);
        return RestClient.builder().requestFactory(requests);
    }

    @Bean
    InternalTokens internalTokens(
            @LoadBalanced RestClient.Builder services, @Value("${xiaoer.service-secret}") String secret, Clock clock) {
        return new InternalTokens(
                services.clone().baseUrl("http://session-service").build(), NAME, secret, clock);
    }
}
