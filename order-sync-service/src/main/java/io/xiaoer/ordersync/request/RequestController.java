package io.xiaoer.ordersync.request;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.Resource;
import io.xiaoer.ordersync.order.Rules;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Where a merchant sees what shoppers ask, and says how it ended.
@RestController
@RequestMapping("/api/v1/service-requests")
class RequestController {
    private static final int MOST = 200;
    private static final int LONGEST_ANSWER = 512;

    private final ServiceRequests requests;

    RequestController(ServiceRequests requests) {
        this.requests = requests;
    }

    /// The attributes of a request in answers.
    record RequestView(
            RequestKind kind,
            RequestStatus status,
            String orderId,
            String userId,
            @Nullable String title,
            @Nullable String taxNo,
            @Nullable String note,
            @Nullable String answer,
            Instant createdAt,
            Instant updatedAt) {
        static Resource<RequestView> of(ServiceRequest request, Words words) {
            return new Resource<>(
                    request.id(),
                    "service_request",
                    new RequestView(
                            request.kind(),
                            request.status(),
                            request.orderId(),
                            request.userId(),
                            words.title(),
                            words.taxNo(),
                            words.note(),
                            request.answer(),
                            request.createdAt(),
                            request.updatedAt()));
        }
    }

    /// How a request ended.
    ///
    /// @param answer what the shopper is told besides
    record Ending(End status, @Nullable String answer) {
        /// What a merchant makes of it.
        enum End {
            DONE,
            REFUSED
        }
    }

    @GetMapping
    Answer<List<Resource<RequestView>>> list(
            Caller caller,
            @RequestParam(defaultValue = "open") String status,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String before) {
        var shop = caller.requireShop();
        Rules.valid(() -> Rules.range("limit", limit, 1, MOST));
        var found = requests.list(shop, status(status), older(before), limit + 1);
        var answer = Answer.of(found.stream().limit(limit).map(this::view).toList());
        return found.size() > limit
                ? answer.meta("next_before", found.get(limit - 1).id())
                : answer;
    }

    @GetMapping("/{id}")
    Answer<Resource<RequestView>> show(Caller caller, @PathVariable String id) {
        return requests.find(caller.requireShop(), id)
                .map(this::view)
                .map(Answer::of)
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such request"));
    }

    @PutMapping("/{id}")
    Answer<Resource<RequestView>> end(Caller caller, @PathVariable String id, @RequestBody Ending ending) {
        var answer = ending.answer() == null ? "" : ending.answer();
        Rules.valid(() -> Rules.optional("answer", answer, LONGEST_ANSWER));
        requests.end(caller.requireShop(), id, ending.status() == Ending.End.DONE, answer);
        return show(caller, id);
    }

    private Resource<RequestView> view(ServiceRequest request) {
        return RequestView.of(request, requests.wordsOf(request));
    }

    private static RequestStatus status(String code) {
        return Arrays.stream(RequestStatus.values())
                .filter(each -> each.code().equals(code))
                .findFirst()
                .orElseThrow(() -> ProblemException.invalid("status", "must be one of open, done, refused"));
    }

    private static long older(@Nullable String before) {
        if (before == null) {
            return Long.MAX_VALUE;
        }
        if (!SnowflakeIds.isId(before)) {
            throw ProblemException.invalid("before", "must be an id");
        }
        return Long.parseLong(before);
    }
}
