package io.xiaoer.common.masking;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.CoreConstants;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.pattern.DynamicConverter;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/// Puts the masking converters into whatever plain patterns Spring Boot has just set up. Found through
/// `spring.factories`, so that no service can forget it.
public final class MaskedPatterns implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    private static final Map<String, Supplier<DynamicConverter<?>>> CONVERTERS = Map.of(
            "m", MaskedMessageConverter::new,
            "msg", MaskedMessageConverter::new,
            "message", MaskedMessageConverter::new,
            "wEx", MaskedThrowableConverter::new,
            "wex", MaskedThrowableConverter::new);

    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER + 1;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            mask(context);
        }
    }

    static void mask(LoggerContext context) {
        var rules = new HashMap<Object, Object>();
        if (context.getObject(CoreConstants.PATTERN_RULE_REGISTRY_FOR_SUPPLIERS) instanceof Map<?, ?> known) {
            rules.putAll(known);
        }
        rules.putAll(CONVERTERS);
        context.putObject(CoreConstants.PATTERN_RULE_REGISTRY_FOR_SUPPLIERS, rules);
        context.getLoggerList().forEach(MaskedPatterns::compileAgain);
    }

    private static void compileAgain(Logger logger) {
        for (var appenders = logger.iteratorForAppenders(); appenders.hasNext(); ) {
            if (appenders.next() instanceof OutputStreamAppender<ILoggingEvent> appender
                    && appender.getEncoder() instanceof PatternLayoutEncoder encoder) {
                encoder.stop();
                encoder.start();
            }
        }
    }
}
