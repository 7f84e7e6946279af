package io.xiaoer.bot.intake;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.redis.RedisKeys;
import io.xiaoer.common.redis.WaitingQuestion;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.stereotype.Component;

/// Takes questions that have their outcome out of `cs:queue:<shop>`, those of a tenth of a second at once. Nobody waits
/// for it, and what is missed (Redis is away, the service is killed, more than [#MOST] at once) is dropped there by its
/// age.
@Component
final class WaitingQuestions {

    private static final Logger LOGGER = LoggerFactory.getLogger(WaitingQuestions.class);
    private static final int MOST = 10_000;
    private static final Duration TOGETHER = Duration.ofMillis(100);

    private final StringRedisTemplate redis;
    private final TaskScheduler scheduler;
    private final BlockingQueue<WaitingQuestion> done = new ArrayBlockingQueue<>(MOST);
    private final AtomicBoolean isDue = new AtomicBoolean();

    WaitingQuestions(StringRedisTemplate redis, TaskScheduler scheduler) {
        this.redis = redis;
        this.scheduler = scheduler;
    }

    /// The question has its outcome.
    void done(Asked asked) {
        var isTaken = done.offer(new WaitingQuestion(asked.user(), asked.sessionId(), asked.id()));
        if (isTaken && isDue.compareAndSet(false, true)) {
            try {
                scheduler.schedule(this::takeOut, scheduler.getClock().instant().plus(TOGETHER));
            } catch (TaskRejectedException stopping) {
                takeOut();
            }
        }
    }

    @PreDestroy
    void takeOut() {
        isDue.set(false);
        List<WaitingQuestion> questions = new ArrayList<>();
        done.drainTo(questions);
        questions.stream()
                .collect(Collectors.groupingBy(question -> question.user().shop()))
                .forEach(this::takeOut);
    }

    private void takeOut(ShopId shop, List<WaitingQuestion> questions) {
        try {
            redis.opsForZSet()
                    .remove(
                            RedisKeys.queue(shop),
                            questions.stream().map(WaitingQuestion::member).toArray());
        } catch (DataAccessException e) {
            LOGGER.atDebug()
                    .addKeyValue("reason", e.getClass().getSimpleName())
                    .addKeyValue("questions", questions.size())
                    .log("Questions stay in the queue of waiting ones");
        }
    }
}
