package io.xiaoer.gateway.access;

import io.xiaoer.common.access.TokenVerifier;
import io.xiaoer.common.event.ShopSettingsFeed;
import io.xiaoer.gateway.limit.AddressLimit;
import io.xiaoer.gateway.limit.RedisDoor;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Wires the decisions about who may come in.
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    @Bean
    Origins origins() {
        return new Origins();
    }

    @Bean
    ShopSettingsFeed shopSettings(@Value("${xiaoer.kafka-bootstrap}") String bootstrap, Origins origins) {
        return new ShopSettingsFeed(Map.of("bootstrap.servers", bootstrap), origins::put);
    }

    @Bean
    OriginRule originRule(Origins origins, ShopSettingsFeed settings) {
        return new OriginRule(origins, settings::caughtUp);
    }

    @Bean
    AdmissionFilter admissionFilter(
            ApplicationContext context, TokenVerifier verifier, RedisDoor redis, AddressLimit limit, OriginRule rule) {
        return new AdmissionFilter(context, new Identities(verifier, redis), limit, rule);
    }

    @Bean
    TokenFilter tokenFilter() {
        return new TokenFilter();
    }
}
