package io.xiaoer.session.shop;

import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.common.words.ShopWords;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What follows the settings of shops.
@Configuration(proxyBeanMethods = false)
class ShopConfiguration {

    @Bean
    ShopWords shopWords(MeterRegistry registry) {
        return new ShopWords(registry);
    }
}
