package io.xiaoer.bot.handoff;

import io.xiaoer.common.words.ShopWords;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What people talk about is what the categories of sensitive words say.
@Configuration(proxyBeanMethods = false)
class HandOffConfiguration {

    @Bean
    SensitiveMatters sensitiveMatters(ShopWords words) {
        return words::handsOff;
    }
}
