package io.xiaoer.bot.generate;

import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.dialog.engine.Judge;
import io.xiaoer.bot.dialog.function.Functions;
import io.xiaoer.bot.understand.Understanding;
import io.xiaoer.bot.words.WordFilter;
import io.xiaoer.common.circuit.Circuits;
import io.xiaoer.common.log.ConversationLog;
import io.xiaoer.common.log.LogLimits;
import io.xiaoer.common.log.PassingFrames;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;

/// The model, where one is configured.
@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("!'${xiaoer.bot.generation.url:}'.isBlank()")
class GenerationConfiguration {

    private static final Logger LOGGER = LoggerFactory.getLogger(GenerationConfiguration.class);
    private static final int SOURCES = 5;

    /// Less than this is about something else.
    private static final double CLOSE = 0.35;

    @Bean
    ChatClient chatClient(GenerationSettings settings, Clock clock) {
        return new ChatClient(settings, clock);
    }

    @Bean
    GenerationMeters generationMeters(MeterRegistry registry) {
        return new GenerationMeters(registry);
    }

    @Bean
    Payment payment(StringRedisTemplate redis, GenerationSettings settings, GenerationMeters meters, Clock clock) {
        return new Payment(new TokenBudget(redis, settings.tokensPerDay(), clock), meters);
    }

    @Bean
    @ConditionalOnProperty("xiaoer.bot.generation.chooses")
    Judge modelJudge(
            GenerationSettings settings,
            ChatClient client,
            Payment payment,
            GenerationMeters meters,
            Circuits circuits) {
        return new ModelJudge(settings, client, payment, meters, circuits);
    }

    @Bean
    Generator modelGenerator(
            GenerationSettings settings,
            ChatClient client,
            ObjectProvider<Understanding> understanding,
            Functions functions,
            Payment payment,
            StringRedisTemplate redis,
            ConversationLog log,
            WordFilter words,
            GenerationMeters meters,
            Clock clock) {
        return new ModelGenerator(
                settings,
                client,
                grounds(understanding.getIfAvailable()),
                new CatalogueFunctions(functions),
                payment,
                new RedisPreviews(new PassingFrames(redis, LogLimits.CONTRACT)),
                question -> isOvertaken(log, question),
                words,
                meters,
                clock);
    }

    private static boolean isOvertaken(ConversationLog log, Question question) {
        try {
            return log.standing(question.user(), question.sessionId(), question.id(), question.number())
                    == ConversationLog.Standing.OVERTAKEN;
        } catch (DataAccessException e) {
            LOGGER.atDebug().addKeyValue("message_id", question.id()).log("Redis does not tell whose a session is");
            return false;
        }
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
