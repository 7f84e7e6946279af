package io.xiaoer.session.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.log.AppendOutcome;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/// Agents, and the bot, who want the same session at one time: one has it, and all agree on who.
class AgentsInARaceIT extends ShopWithAgents {

    @Autowired
    private Holdings holdings;

    @Test
    void ofManyWhoAcceptAtOneTimeOneGetsIt() throws Exception {
        var agents = Stream.generate(this::agent).limit(12).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 5; round++) {
                String sid = waits(shopper());
                var statuses = threads
                        .invokeAll(agents.stream()
                                .<Callable<Integer>>map(
                                        agent -> () -> agent.does("accept", sid).status())
                                .toList())
                        .stream()
                        .map(Future::resultNow)
                        .toList();

                assertThat(statuses).containsOnly(200, 409).containsOnlyOnce(200);
            }
        }
    }

    @Test
    void whatChangedHandsSinceItWasReadIsNotClosedByWhoHeldIt() throws Exception {
        String sid = waits(shopper());
        Agent lin = agent();
        Agent bob = agent();
        lin.accepts(sid);
        var read = store.find(lin.key().shop(), sid).orElseThrow();
        presence.here(bob.key(), "Bob");
        assertThat(lin.transfer(sid, bob.id()).status()).isEqualTo(200);

        assertThat(holdings.close(read, lin.key())).isInstanceOf(Holdings.Outcome.NotYours.class);
        assertThat(holdings.release(read, lin.key())).isInstanceOf(Holdings.Outcome.NotYours.class);

        assertThat(bob.held()).containsExactly(sid);
    }

    @Test
    void ofTwoCallsAtOneTimeBothAreToldThatItIsDone() throws Exception {
        String sid = waits(shopper());
        Agent lin = agent();
        lin.accepts(sid);
        var read = store.find(lin.key().shop(), sid).orElseThrow();
        assertThat(lin.does("release", sid).status()).isEqualTo(200);

        assertThat(holdings.release(read, lin.key())).isInstanceOf(Holdings.Outcome.Done.class);
    }

    @Test
    void whatWasGivenAwayIsNotGivenToAnotherAsWell() {
        String sid = waits(shopper());
        Agent lin = agent();
        Agent bob = agent();
        Agent eve = agent();
        lin.accepts(sid);
        presence.here(bob.key(), "Bob");
        presence.here(eve.key(), "Eve");
        assertThat(lin.transfer(sid, bob.id()).status()).isEqualTo(200);

        assertThat(lin.transfer(sid, eve.id()).status()).isEqualTo(403);
        assertThat(lin.transfer(sid, bob.id()).status()).isEqualTo(200);

        assertThat(bob.held()).containsExactly(sid);
        bob.does("close", sid);
        assertThat(lin.does("close", sid).json("code").asString()).isEqualTo("closed");
    }

    /// The bot answers while a person takes over, in every order: before, after, and at one time.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void onceAPersonHoldsASessionTheBotDoesNotSpeakInIt(long seed) throws Exception {
        var random = new Random(seed);
        var shopper = shopper();
        String sid = shopper.session();
        var questions = new ArrayList<String>();
        for (int i = 0; i < 6; i++) {
            questions.add(shopper.say(sid, "question " + i));
        }
        Agent agent = agent();
        int before = (int) (seed % 3) * 2;
        for (String question : questions.subList(0, before)) {
            assertThat(reply(shopper, sid, question, 1)).isInstanceOf(AppendOutcome.Stored.class);
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long head = random.nextLong(8_000_000);
            var taken = threads.submit(() -> {
                asks(shopper, sid);
                return agent.accepts(sid);
            });
            LockSupport.parkNanos(head);
            for (String question : questions.subList(before, 6 - (int) (seed % 2))) {
                threads.submit(() -> reply(shopper, sid, question, 1));
                LockSupport.parkNanos(random.nextLong(6_000_000));
            }
            assertThat(taken.get()).isEqualTo(3);
        }
        for (String question : questions) {
            reply(shopper, sid, question, 1);
        }

        var told = told(shopper, sid);
        String joined = told.stream()
                .filter(message ->
                        message.at("/attributes/content/code").asString().equals("agent_joined"))
                .map(message -> message.path("id").asString())
                .findFirst()
                .orElseThrow();
        assertThat(told.stream()
                        .filter(message ->
                                message.at("/attributes/from/role").asString().equals("bot")))
                .as("seed " + seed)
                .allMatch(message -> SnowflakeIds.compare(message.path("id").asString(), joined) < 0);
        for (String question : questions) {
            assertThat(told.stream()
                            .filter(message -> message.at("/attributes/reply_to")
                                    .asString("")
                                    .equals(question)))
                    .as("outcomes of one question, seed " + seed)
                    .hasSize(1);
        }
        long answered = told.stream()
                .filter(message ->
                        message.at("/attributes/from/role").asString().equals("bot"))
                .count();
        assertThat(agent.draftTexts(sid)).as("seed " + seed).hasSize(questions.size() - (int) answered);
    }
}
