package io.xiaoer.bot.generate;

import io.xiaoer.bot.decide.AnswerSource;
import io.xiaoer.bot.decide.Stage;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts a model at its stage.
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(Generator.class)
class GenerationStage {

    @Bean
    AnswerSource generation(Generator generator) {
        return AnswerSource.at(Stage.GENERATION, generator::write);
    }
}
