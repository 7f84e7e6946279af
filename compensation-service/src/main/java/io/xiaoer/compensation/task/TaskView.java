package io.xiaoer.compensation.task;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.TypeReference;
import io.xiaoer.common.event.HeaderText;
import io.xiaoer.common.rest.Resource;
import io.xiaoer.compensation.audit.AuditEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The attributes of a task in answers; those after `created_at`, `updated_at` and `shop_id` only where one is shown.
///
/// @param payload masked, as a tree
/// @param failures newest first
/// @param history what was done to the task, newest first
public record TaskView(
        String status,
        String topic,
        String subject,
        String reason,
        int attempts,
        @Nullable Instant nextAt,
        Instant createdAt,
        Instant updatedAt,
        @Nullable String shopId,
        @Nullable String key,
        @Nullable Object payload,
        @Nullable Object editedPayload,
        @Nullable Map<String, String> headers,
        @Nullable ExceptionView exception,
        @Nullable List<FailureView> failures,
        @Nullable List<AuditEntry> history) {
    private static final String TYPE = "compensation";
    private static final TypeReference<TreeMap<String, String>> HEADERS = new TypeReference<>() {};

    /// What went wrong the last time.
    public record ExceptionView(String type, String message) {}

    /// One time that it went wrong.
    public record FailureView(
            String topic, int partition, long offset, String reason, String exception, Instant failedAt) {}

    /// A task in a list, or after a deed.
    public static Resource<TaskView> of(Task task) {
        return view(task, null, null, null);
    }

    /// A task with everything.
    static Resource<TaskView> of(Task task, List<Failure> failures, List<AuditEntry> history) {
        var exception = failures.isEmpty()
                ? null
                : new ExceptionView(
                        failures.getFirst().exception(),
                        PayloadMask.shown(failures.getFirst().message()));
        var shown = failures.stream()
                .map(each -> new FailureView(
                        each.topic(),
                        each.partitionNo(),
                        each.recordOffset(),
                        each.reason(),
                        each.exception(),
                        each.failedAt()))
                .toList();
        return view(task, exception, shown, history);
    }

    private static Resource<TaskView> view(
            Task task,
            @Nullable ExceptionView exception,
            @Nullable List<FailureView> failures,
            @Nullable List<AuditEntry> history) {
        boolean whole = failures != null;
        return new Resource<>(
                task.id(),
                TYPE,
                new TaskView(
                        task.status().code(),
                        task.topic(),
                        task.subject(),
                        task.reason(),
                        task.attempts(),
                        task.nextAt(),
                        task.createdAt(),
                        task.updatedAt(),
                        task.shopId(),
                        whole ? task.recordKey() : null,
                        whole ? PayloadMask.shown(task.payload()) : null,
                        whole ? PayloadMask.shown(task.editedPayload()) : null,
                        whole ? headers(task) : null,
                        exception,
                        failures,
                        history));
    }

    private static Map<String, String> headers(Task task) {
        var headers = JSON.parseObject(task.headers(), HEADERS);
        headers.replaceAll(
                (name, value) -> name.startsWith("ce_") ? value : PayloadMask.shown(HeaderText.shown(value)));
        return headers;
    }
}
