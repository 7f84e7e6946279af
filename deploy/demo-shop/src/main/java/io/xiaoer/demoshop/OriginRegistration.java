package io.xiaoer.demoshop;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.stereotype.Component;

/// Tells the suite, once at start, that pages of this address may open a chat. The suite may be still starting.
@Component
class OriginRegistration {

    private static final Logger LOGGER = LoggerFactory.getLogger(OriginRegistration.class);

    private final XiaoerClient xiaoer;

    OriginRegistration(XiaoerClient xiaoer) {
        this.xiaoer = xiaoer;
    }

    @EventListener(ApplicationReadyEvent.class)
    void register() {
        Thread.ofVirtual().name("origin-registration").start(() -> {
            var policy = RetryPolicy.builder()
                    .maxRetries(300)
                    .delay(Duration.ofSeconds(1))
                    .build();
            try {
                boolean added = new RetryTemplate(policy).execute(xiaoer::registerOrigin);
                LOGGER.atInfo().addKeyValue("added", added).log("the shop knows the origin of this page");
            } catch (RetryException e) {
                LOGGER.atError().log("the origin of this page could not be registered; browsers will be refused");
            }
        });
    }
}
