package io.xiaoer.compensation.task;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.Resource;
import io.xiaoer.compensation.audit.Audit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Shows tasks: newest first, `before` pages back.
@RestController
@RequestMapping("/api/v1/compensations")
class TaskController {
    private static final int MOST = 200;

    private final Tasks tasks;
    private final Audit audit;

    TaskController(Tasks tasks, Audit audit) {
        this.tasks = tasks;
        this.audit = audit;
    }

    @GetMapping
    Answer<List<Resource<TaskView>>> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String topic,
            @RequestParam(name = "shop_id", required = false) @Nullable String shopId,
            @RequestParam(required = false) @Nullable String since,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(defaultValue = "50") int limit) {
        if (limit < 1 || limit > MOST) {
            throw ProblemException.invalid("limit", "must lie between 1 and " + MOST);
        }
        var filter = new TaskQuery(status, topic, shopId, since, q).filter(List.of(), before, limit);
        var page = tasks.list(Reader.of(caller), filter);
        var answer = Answer.of(page.stream().map(TaskView::of).toList());
        return page.size() < limit
                ? answer
                : answer.meta("next_before", page.getLast().id());
    }

    @GetMapping("/{id:[0-9]{1,19}}")
    Answer<Resource<TaskView>> show(Caller caller, @PathVariable String id) {
        return tasks.find(Reader.of(caller), id)
                .map(task -> Answer.of(TaskView.of(task, tasks.failuresOf(id), audit.of(id))))
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such task"));
    }
}
