package io.xiaoer.bot.generate;

import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.bot.dialog.function.Functions;
import io.xiaoer.bot.understand.Understanding;
import io.xiaoer.bot.words.WordFilter;
import io.xiaoer.common.log.LogLimits;
import io.xiaoer.common.log.PassingFrames;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.StringRedisTemplate;

/// The model, where one is configured.
@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("!'${xiaoer.bot.generation.url:}'.isBlank()")
class GenerationConfiguration {

    private static final int SOURCES = 5;

    /// Less than this is about something else.
    private static final double CLOSE = 0.35;

    @Bean
    ChatClient chatClient(GenerationSettings settings, Clock clock) {
        return new ChatClient(settings, clock);
    }

    @Bean
    Generator modelGenerator(
            GenerationSettings settings,
            ChatClient client,
            ObjectProvider<Understanding> understanding,
            Functions functions,
            StringRedisTemplate redis,
            WordFilter words,
            MeterRegistry registry,
            Clock clock) {
        return new ModelGenerator(
                settings,
                client,
                grounds(understanding.getIfAvailable()),
                new CatalogueFunctions(functions),
                new TokenBudget(redis, settings.tokensPerDay(), clock),
                new RedisPreviews(new PassingFrames(redis, LogLimits.CONTRACT)),
                words,
                new GenerationMeters(registry),
                clock);
    }

    private static Grounds grounds(@Nullable Understanding understanding) {
        return (question, deadline) -> understanding == null
                ? List.of()
                : understanding.of(question.shop(), question.text(), question.language(), deadline).entries().stream()
                        .filter(candidate -> candidate.score() >= CLOSE)
                        .limit(SOURCES)
                        .toList();
    }
}
