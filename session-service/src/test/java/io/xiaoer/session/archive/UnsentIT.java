package io.xiaoer.session.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.event.EventWriter;
import io.xiaoer.common.event.MessageStored;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.log.Append;
import io.xiaoer.common.log.AppendOutcome;
import io.xiaoer.common.log.ConversationLog;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.message.Sender;
import io.xiaoer.common.outbox.Outbox;
import io.xiaoer.common.outbox.OutboxRelay;
import io.xiaoer.common.testing.RealServers;
import io.xiaoer.session.SessionServiceTest;
import io.xiaoer.session.conversation.Shopper;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// What Kafka did not take in time waits in the outbox, and is acknowledged.
@SessionServiceTest
class UnsentIT {

    @LocalServerPort
    private int port;

    @Autowired
    private ConversationLog log;

    @Autowired
    private Outbox outbox;

    @Autowired
    private OutboxRelay relay;

    @Autowired
    private EventWriter events;

    @BeforeEach
    void nothingIsSent() {
        relay.stop();
    }

    @AfterEach
    void sendAgain() {
        relay.start();
    }

    @Test
    void aMessageThatWaitsInTheOutboxSurvivesAnEmptiedRedis() {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();
        var said = Append.said(
                shopper.key(),
                new Sender(Role.USER, shopper.id(), null),
                "c1",
                sid,
                new Content.Text("while Kafka was away"),
                true);
        var stored = (AppendOutcome.Stored) log.append(said);
        outbox.add(events.record(
                Topic.CS_MESSAGE, shopper.key().tag(), stored.message().id(), MessageStored.of(shopper.key(), stored)));

        RealServers.flushRedis();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(shopper.ids(sid, ""))
                        .containsExactly(stored.message().id()));
    }

    /// It was put aside after a refill that missed it, and was not acknowledged.
    @Test
    void whatWasSaidAgainBeforeTheOutboxHadItIsOneMessage() {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();
        var said = Append.said(
                shopper.key(), new Sender(Role.USER, shopper.id(), null), "c1", sid, new Content.Text("hello"), true);
        var lost = (AppendOutcome.Stored) log.append(said);
        RealServers.flushRedis();
        String again = await().atMost(Duration.ofSeconds(30))
                .until(() -> shopper.say(sid, "c1", "hello"), reply -> reply.status() == 202)
                .json("data", "id")
                .asString();
        outbox.add(events.record(
                Topic.CS_MESSAGE, shopper.key().tag(), lost.message().id(), MessageStored.of(shopper.key(), lost)));

        RealServers.flushRedis();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(shopper.ids(sid, "")).containsExactly(again));
        assertThat(again).isNotEqualTo(lost.message().id());
    }
}
