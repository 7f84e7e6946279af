package io.xiaoer.compensation.intake;

import com.alibaba.fastjson2.JSON;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.compensation.audit.Audit;
import io.xiaoer.compensation.audit.Deed;
import io.xiaoer.compensation.erasure.Erasure;
import io.xiaoer.compensation.retry.RetryPlan;
import io.xiaoer.compensation.task.Failure;
import io.xiaoer.compensation.task.Subject;
import io.xiaoer.compensation.task.Task;
import io.xiaoer.compensation.task.TaskChange;
import io.xiaoer.compensation.task.TaskStatus;
import io.xiaoer.compensation.task.Tasks;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/// Turns a dead letter into a task, or into one more failure of the task that it was sent again from.
@Component
class Intake {
    private static final int MAX_REASON = 100;
    private static final int MAX_EXCEPTION = 255;
    private static final int MAX_MESSAGE = 4000;
    private static final int MAX_KEY = 1000;
    private static final int MAX_SUBJECT = 255;

    private final Tasks tasks;
    private final RetryPlan plan;
    private final Audit audit;
    private final Erasure erasure;
    private final SnowflakeIds ids;
    private final Clock clock;

    Intake(Tasks tasks, RetryPlan plan, Audit audit, Erasure erasure, SnowflakeIds ids, Clock clock) {
        this.tasks = tasks;
        this.plan = plan;
        this.audit = audit;
        this.erasure = erasure;
        this.ids = ids;
        this.clock = clock;
    }

    /// Takes a dead letter; one that was taken before changes nothing.
    @Transactional(isolation = Isolation.READ_COMMITTED)
    public void take(DeadLetter letter) {
        var earlier = sentFrom(letter);
        var id = earlier.map(Task::id).orElseGet(ids::next);
        if (!tasks.addFailure(failure(letter, id))) {
            return;
        }
        if (earlier.isPresent()) {
            audit.note(id, Audit.SYSTEM, Deed.FAILED_AGAIN, letter.reason());
            failedAgain(earlier.get(), letter);
        } else {
            audit.note(id, Audit.SYSTEM, Deed.CREATED, letter.reason());
            tasks.add(newTask(id, letter), told(letter));
        }
        erasure.follow(id, letter.key(), letter.written());
        erasure.follow(id, told(letter), letter.written());
    }

    /// The tag of the shopper whom an event of commerce tells something: it stands under the id of a command.
    private static @Nullable String told(DeadLetter letter) {
        return letter.topic().equals(Topic.Names.COMMERCE_EVENT)
                ? Subject.of(letter.value()).userTag()
                : null;
    }

    /// A task whose owner could not be told that it is given up is a person's again, or the work would never end.
    private void failedAgain(Task task, DeadLetter letter) {
        var reason = cut(letter.reason(), MAX_REASON);
        if (task.status() == TaskStatus.DISCARDED && letter.isDiscardThatMayYetBeTold()) {
            tasks.change(task, TaskChange.failed(task, TaskStatus.EXHAUSTED, reason, null));
        } else {
            plan.failedAgain(task, reason);
        }
    }

    private Optional<Task> sentFrom(DeadLetter letter) {
        var task = letter.task();
        return task == null || !SnowflakeIds.isId(task)
                ? Optional.empty()
                : tasks.lock(task).filter(sender -> sender.topic().equals(letter.topic()));
    }

    private Task newTask(String id, DeadLetter letter) {
        var now = clock.instant();
        var subject = Subject.of(letter.value());
        var key = letter.key();
        var about = subject.id() != null ? subject.id() : key == null || key.isEmpty() ? id : key;
        return new Task(
                id,
                subject.shopId(),
                letter.topic(),
                letter.key() == null ? null : cut(letter.key(), MAX_KEY),
                letter.value(),
                null,
                JSON.toJSONString(letter.headers()),
                cut(about, MAX_SUBJECT),
                TaskStatus.WAITING,
                cut(letter.reason(), MAX_REASON),
                1,
                plan.nextTry(letter.topic(), 1, now),
                null,
                now,
                now);
    }

    private Failure failure(DeadLetter letter, String task) {
        return new Failure(
                letter.place().topic(),
                letter.place().partition(),
                letter.place().offset(),
                task,
                cut(letter.reason(), MAX_REASON),
                cut(letter.exception(), MAX_EXCEPTION),
                cut(letter.message(), MAX_MESSAGE),
                clock.instant());
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
