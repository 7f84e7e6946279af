package io.xiaoer.ordersync.unmask;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.Resource;
import io.xiaoer.ordersync.command.Words;
import io.xiaoer.ordersync.order.Receiver;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Where receivers, and what was written into commands, are read in clear, and where a shop sees by whom they were.
@RestController
class UnmaskController {

    private static final int MOST = 200;

    private final Unmasking unmasking;

    UnmaskController(Unmasking unmasking) {
        this.unmasking = unmasking;
    }

    /// The attributes of a reading in answers.
    record UnmaskView(
            String orderId,
            @Nullable String commandId,
            String actor,
            @Nullable String clientId,
            @Nullable String onBehalfOf,
            List<String> fields,
            String reason,
            String requestId,
            Instant doneAt) {

        static Resource<UnmaskView> of(UnmaskEntry entry) {
            return new Resource<>(
                    entry.id(),
                    "unmask",
                    new UnmaskView(
                            entry.orderId(),
                            entry.commandId(),
                            entry.actor(),
                            entry.clientId(),
                            entry.onBehalfOf(),
                            Stream.of(entry.fields().split(",", -1))
                                    .filter(field -> !field.isEmpty())
                                    .toList(),
                            entry.reason(),
                            entry.requestId(),
                            entry.doneAt()));
        }
    }

    @PostMapping("/api/v1/orders/{id}/unmask")
    ResponseEntity<Answer<Resource<Receiver>>> show(
            Caller caller, @PathVariable String id, @RequestBody UnmaskWish wish) {
        var order = UserKey.compared(id);
        var shown = unmasking.show(caller, order, wish.checked());
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(Answer.of(new Resource<>(order, "receiver", shown.receiver()))
                        .meta("unmask_id", shown.entry()));
    }

    @PostMapping("/api/v1/commands/{id}/unmask")
    ResponseEntity<Answer<Resource<Words>>> showWords(Caller caller, @PathVariable String id, @RequestBody Why why) {
        var shown = unmasking.showWords(caller, id, why.checked());
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(Answer.of(new Resource<>(id, "command_words", shown.words()))
                        .meta("unmask_id", shown.entry()));
    }

    @GetMapping("/api/v1/unmasks")
    Answer<List<Resource<UnmaskView>>> list(
            Caller caller,
            @RequestParam(name = "order_id", required = false) @Nullable String order,
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(defaultValue = "50") int limit) {
        if (limit < 1 || limit > MOST) {
            throw ProblemException.invalid("limit", "must lie between 1 and " + MOST);
        }
        if (before != null && !SnowflakeIds.isId(before)) {
            throw ProblemException.invalid("before", "must be the id of a reading");
        }
        var page = unmasking.list(
                caller.requireShop(), order, before == null ? Long.MAX_VALUE : Long.parseLong(before), limit);
        var answer = Answer.of(page.stream().map(UnmaskView::of).toList());
        return page.size() < limit
                ? answer
                : answer.meta("next_before", page.getLast().id());
    }
}
