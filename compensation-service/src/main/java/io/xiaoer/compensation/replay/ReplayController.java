package io.xiaoer.compensation.replay;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.LargestBody;
import io.xiaoer.common.rest.Resource;
import io.xiaoer.compensation.task.PayloadMask;
import io.xiaoer.compensation.task.Reader;
import io.xiaoer.compensation.task.Subject;
import io.xiaoer.compensation.task.Task;
import io.xiaoer.compensation.task.TaskStatus;
import io.xiaoer.compensation.task.TaskView;
import io.xiaoer.compensation.task.Tasks;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Where people act on one task.
@RestController
@RequestMapping("/api/v1/compensations/{id:[0-9]{1,19}}")
class ReplayController {
    /// Room for the largest record that can be sent, indented as people edit it.
    static final String LARGEST = "4MB";

    private static final int MAX_REASON = 500;

    private final Tasks tasks;
    private final Replay replay;

    ReplayController(Tasks tasks, Replay replay) {
        this.tasks = tasks;
        this.replay = replay;
    }

    /// The body of a replay, which may be absent.
    ///
    /// @param payload sent instead of the original from now on
    /// @param dryRun true to be told what would be sent
    record ReplayRequest(
            @Nullable Map<String, Object> payload, @Nullable Boolean dryRun) {
        boolean isDry() {
            return Boolean.TRUE.equals(dryRun);
        }
    }

    /// The body of a discard.
    record DiscardRequest(String reason) {}

    /// What a dry run would send.
    record Preview(
            String status,
            String topic,
            @Nullable String key,
            @Nullable Object payload) {}

    @PostMapping("/replay")
    @LargestBody(LARGEST)
    ResponseEntity<? extends Answer<?>> replay(
            Caller caller, @PathVariable String id, @RequestBody(required = false) @Nullable ReplayRequest body) {
        var task = found(caller, id);
        var request = body == null ? new ReplayRequest(null, null) : body;
        var edited = edited(task, request);
        if (request.isDry()) {
            return ResponseEntity.ok(preview(task, edited).meta("dry_run", true));
        }
        return ResponseEntity.accepted().body(done(replay.replay(task, caller.subject(), edited)));
    }

    @PostMapping("/discard")
    Answer<Resource<TaskView>> discard(Caller caller, @PathVariable String id, @RequestBody DiscardRequest request) {
        var task = found(caller, id);
        var reason = request.reason().strip();
        if (reason.isEmpty() || reason.length() > MAX_REASON) {
            throw ProblemException.invalid("reason", "must have 1 to " + MAX_REASON + " characters");
        }
        return done(replay.discard(task, caller.subject(), reason));
    }

    private Task found(Caller caller, String id) {
        return tasks.find(Reader.of(caller), id).orElseThrow(ReplayController::unknown);
    }

    private static byte @Nullable [] edited(Task task, ReplayRequest request) {
        var payload = request.payload();
        if (payload == null || payload.isEmpty()) {
            return null;
        }
        var edited = PayloadMask.restored(payload, task.editedPayload(), task.payload());
        if (!isOwn(task, Subject.of(edited)) || !isOwn(task, asRead(task, edited))) {
            throw ProblemException.invalid("payload", "must stay the shop's own");
        }
        return edited;
    }

    private static boolean isOwn(Task task, Subject subject) {
        return Objects.equals(subject.shopId(), task.shopId());
    }

    private static Subject asRead(Task task, byte[] edited) {
        try {
            return Subject.asRead(task.topic(), edited);
        } catch (EventJson.Unreadable unreadable) {
            throw ProblemException.invalid(
                    "payload", "must be a record that can be read from its topic, and is " + unreadable.getMessage());
        }
    }

    private static Answer<Resource<Preview>> preview(Task task, byte @Nullable [] edited) {
        if (!task.status().mayBecome(TaskStatus.REPLAYED)) {
            throw finished(task);
        }
        var payload = edited == null ? task.toSend() : edited;
        return Answer.of(new Resource<>(
                task.id(),
                "compensation",
                new Preview(task.status().code(), task.topic(), task.recordKey(), PayloadMask.shown(payload))));
    }

    private static Answer<Resource<TaskView>> done(Optional<Replay.Done> deed) {
        var done = deed.orElseThrow(ReplayController::unknown);
        if (!done.won()) {
            throw done.task().status().isFinished() ? finished(done.task()) : overtaken(done.task());
        }
        return Answer.of(TaskView.of(done.task()));
    }

    private static ProblemException unknown() {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no such task");
    }

    private static ProblemException overtaken(Task task) {
        return new ProblemException(
                ProblemCode.CONFLICT,
                "Somebody else acted on the task at the same time: it is "
                        + task.status().code());
    }

    private static ProblemException finished(Task task) {
        return new ProblemException(
                ProblemCode.CONFLICT, "The task is " + task.status().code() + "; nothing more is to be done");
    }
}
