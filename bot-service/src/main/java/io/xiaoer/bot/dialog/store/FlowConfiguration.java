package io.xiaoer.bot.dialog.store;

import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.bot.decide.AnswerSource;
import io.xiaoer.bot.decide.Voice;
import io.xiaoer.bot.dialog.DialogSource;
import io.xiaoer.bot.dialog.engine.Around;
import io.xiaoer.bot.dialog.engine.BotSenses;
import io.xiaoer.bot.dialog.engine.DialogMeters;
import io.xiaoer.bot.dialog.engine.Dialogs;
import io.xiaoer.bot.dialog.engine.Engine;
import io.xiaoer.bot.dialog.engine.Hearing;
import io.xiaoer.bot.dialog.engine.Judge;
import io.xiaoer.bot.dialog.engine.OrderAnswers;
import io.xiaoer.bot.dialog.engine.Payloads;
import io.xiaoer.bot.dialog.engine.RedisWriteGate;
import io.xiaoer.bot.dialog.engine.Senses;
import io.xiaoer.bot.dialog.engine.Silences;
import io.xiaoer.bot.dialog.engine.WordsHeard;
import io.xiaoer.bot.dialog.function.Functions;
import io.xiaoer.bot.understand.Understanding;
import io.xiaoer.bot.words.WordFilter;
import io.xiaoer.bot.words.Wording;
import io.xiaoer.common.log.ConversationLog;
import io.xiaoer.common.tenant.TenantTables;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.StringRedisTemplate;

/// The dialogs of this application, and the tables of this package, each row a shop's.
@Configuration(proxyBeanMethods = false)
class FlowConfiguration {

    @Bean
    TenantTables flowTables() {
        return TenantTables.of("dialog_flow", "dialog_flow_head", "dialog_flow_revision");
    }

    @Bean
    Hearing hearing() {
        return new WordsHeard();
    }

    @Bean
    Senses senses(
            ObjectProvider<AnswerSource> sources,
            ObjectProvider<Understanding> understanding,
            FlowCopies copies,
            ObjectProvider<OrderAnswers> orders) {
        return new BotSenses(
                () -> sources.orderedStream().toList(),
                understanding::getIfAvailable,
                (shop, plain) -> copies.of(shop).startedBy(plain),
                orders::getIfAvailable);
    }

    @Bean
    Payloads dialogPayloads(@Value("${xiaoer.service-secret}") String secret) {
        return new Payloads(secret);
    }

    @Bean
    Engine dialogEngine(
            StringRedisTemplate redis,
            ConversationLog log,
            Functions functions,
            FlowCopies copies,
            Senses senses,
            Hearing hearing,
            ObjectProvider<Judge> judges,
            Payloads payloads,
            Wording wording,
            Clock clock) {
        return new Engine(new Around(
                copies,
                functions,
                senses,
                hearing,
                judges.getIfAvailable(() -> Judge.NOBODY),
                new RedisWriteGate(redis, log, clock),
                payloads,
                wording,
                clock));
    }

    @Bean
    Silences silences(
            StringRedisTemplate redis,
            ReactiveStringRedisTemplate async,
            ConversationLog log,
            Engine engine,
            Voice voice,
            WordFilter words,
            MeterRegistry registry,
            Clock clock) {
        return new Silences(redis, async, log, engine, voice, words, registry, clock);
    }

    @Bean
    DialogSource dialogs(
            StringRedisTemplate redis, Engine engine, FlowCopies copies, Wording wording, MeterRegistry registry) {
        return new Dialogs(
                redis,
                engine,
                copies,
                wording,
                new DialogMeters(registry, flow -> copies.builtIn().get(flow) != null));
    }
}
