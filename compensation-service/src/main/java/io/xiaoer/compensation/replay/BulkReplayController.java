package io.xiaoer.compensation.replay;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.Resource;
import io.xiaoer.compensation.task.Reader;
import io.xiaoer.compensation.task.TaskQuery;
import io.xiaoer.compensation.task.TaskStatus;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Where people replay all tasks that fit a filter.
@RestController
class BulkReplayController {
    private static final List<TaskStatus> OPEN = List.of(TaskStatus.WAITING, TaskStatus.EXHAUSTED);

    private final BulkReplay bulk;
    private final SnowflakeIds ids;

    BulkReplayController(BulkReplay bulk, SnowflakeIds ids) {
        this.bulk = bulk;
        this.ids = ids;
    }

    /// The filter; a status that is absent means waiting and exhausted.
    record BulkRequest(
            @Nullable String status,
            @Nullable String topic,
            @Nullable String shopId,
            @Nullable String since,
            @Nullable String q,
            @Nullable Integer limit,
            @Nullable Boolean dryRun) {}

    @PostMapping("/api/v1/compensations/replay")
    Answer<Resource<BulkReplay.Report>> replay(Caller caller, @RequestBody BulkRequest request) {
        int limit = Objects.requireNonNullElse(request.limit(), BulkReplay.MOST);
        if (limit < 1 || limit > BulkReplay.MOST) {
            throw ProblemException.invalid("limit", "must lie between 1 and " + BulkReplay.MOST);
        }
        var filter = new TaskQuery(request.status(), request.topic(), request.shopId(), request.since(), request.q())
                .filter(OPEN, null, limit);
        var report = bulk.run(Reader.of(caller), caller.subject(), filter, Boolean.TRUE.equals(request.dryRun()));
        return Answer.of(new Resource<>(ids.next(), "replay_report", report));
    }
}
