package io.xiaoer.bot.words;

import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.common.event.ShopSettingsFeed;
import io.xiaoer.common.words.ShopWords;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The sensitive words of shops, as this instance hears of them.
@Configuration(proxyBeanMethods = false)
class WordsConfiguration {

    @Bean
    ShopWords shopWords(MeterRegistry registry) {
        return new ShopWords(registry);
    }

    @Bean
    ShopSettingsFeed shopSettings(KafkaProperties kafka, ShopWords words) {
        return new ShopSettingsFeed(kafka.buildConsumerProperties(), words::learn);
    }

    @Bean
    WordFilter wordFilter(ShopWords words, OwnWords own) {
        return (shop, text) -> words.mask(shop, text, own::of);
    }
}
