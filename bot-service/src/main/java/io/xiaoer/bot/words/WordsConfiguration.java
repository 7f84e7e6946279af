package io.xiaoer.bot.words;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The filter that stands while no lists do: it lets everything pass.
@Configuration(proxyBeanMethods = false)
class WordsConfiguration {

    @Bean
    @ConditionalOnMissingBean
    WordFilter wordFilter() {
        return (shop, text) -> text;
    }
}
