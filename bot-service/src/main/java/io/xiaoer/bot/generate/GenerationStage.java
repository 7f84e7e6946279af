package io.xiaoer.bot.generate;

import io.xiaoer.bot.decide.AnswerSource;
import io.xiaoer.bot.decide.Stage;
import io.xiaoer.bot.decide.Verdict;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts a model at its stage, with a patience of its own; without one the stage passes.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GenerationSettings.class)
class GenerationStage {

    /// So much longer than the generator's own deadline, that its verdict is heard.
    private static final Duration MARGIN = Duration.ofSeconds(1);

    @Bean
    AnswerSource generation(ObjectProvider<Generator> generators, Writings writings, GenerationSettings settings) {
        var generator = generators.getIfAvailable();
        return generator == null
                ? AnswerSource.at(Stage.GENERATION, (question, deadline) -> Verdict.PASSED)
                : AnswerSource.patient(
                        Stage.GENERATION,
                        settings.whole().plus(MARGIN),
                        (question, deadline) -> writings.write(question, () -> generator.write(question, deadline)));
    }
}
