package io.xiaoer.session.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.common.redis.WaitingQuestion;
import io.xiaoer.session.SessionServiceTest;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.core.StringRedisTemplate;

/// Questions that nobody answers.
@SessionServiceTest
class OverdueQuestionsIT {

    @LocalServerPort
    private int port;

    @Autowired
    private OverdueQuestions overdue;

    @Autowired
    private StringRedisTemplate redis;

    @Test
    void aQuestionThatWaitsTooLongGetsOneHonestNotice() {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();
        String question = shopper.say(sid, "anybody?");
        var member = new WaitingQuestion(shopper.key(), sid, question).member();
        String queue = RedisKeys.queue(shopper.key().shop());
        var asked = Clock.systemUTC().instant().minus(OverdueQuestions.PATIENCE.plus(Duration.ofSeconds(5)));

        for (int i = 0; i < 2; i++) {
            redis.opsForZSet().add(queue, member, asked.toEpochMilli());
            // The service's own sweep may be under way, beside which there is no other.
            await().untilAsserted(() -> {
                overdue.sweep();
                assertThat(redis.opsForZSet().size(queue)).isZero();
            });
        }

        var log = shopper.read(sid, "").json("data");
        assertThat(log.size()).isEqualTo(2);
        assertThat(log.get(1).at("/attributes/reply_to").asString()).isEqualTo(question);
        assertThat(log.get(1).at("/attributes/content/code").asString()).isEqualTo("overdue");
    }

    @Test
    void aFreshQuestionIsLeftAlone() {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();
        shopper.say(sid, "anybody?");

        overdue.sweep();

        assertThat(shopper.ids(sid, "")).hasSize(1);
    }
}
