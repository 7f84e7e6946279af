package io.xiaoer.ordersync.command;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Creates the topics of this service as soon as Kafka is there, which may be long after the start.
@Component
class TopicCreation {
    private static final Logger LOGGER = LoggerFactory.getLogger(TopicCreation.class);

    private final KafkaAdmin admin;
    private volatile boolean done;

    TopicCreation(KafkaAdmin admin) {
        this.admin = admin;
    }

    @Scheduled(fixedDelayString = "PT5S")
    void create() {
        if (!done) {
            done = admin.initialize();
            if (!done) {
                LOGGER.atInfo().log("Waiting for Kafka to create the topics of commands");
            }
        }
    }
}
