package io.xiaoer.bot.intake;

import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.common.redis.WaitingQuestion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.stereotype.Component;

/// Takes questions that have their outcome out of `cs:queue:<shop>`, without waiting for Redis. What is missed is
/// dropped there by its age.
@Component
final class WaitingQuestions {

    private static final Logger LOGGER = LoggerFactory.getLogger(WaitingQuestions.class);

    private final ReactiveStringRedisTemplate redis;

    WaitingQuestions(ReactiveStringRedisTemplate redis) {
        this.redis = redis;
    }

    /// The question has its outcome.
    void done(Asked asked) {
        var member = new WaitingQuestion(asked.user(), asked.sessionId(), asked.id()).member();
        redis.opsForZSet()
                .remove(RedisKeys.queue(asked.user().shop()), member)
                .subscribe(
                        removed -> {},
                        e -> LOGGER.atDebug().setCause(e).log("A question stays in the queue of waiting ones"));
    }
}
