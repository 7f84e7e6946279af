package io.xiaoer.compensation.webhook;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.IdempotencyKey;
import io.xiaoer.common.rest.Resource;
import io.xiaoer.compensation.webhook.address.Addresses;
import io.xiaoer.compensation.webhook.address.NotReachable;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Where a shop's backend says where it wants to be told.
@RestController
@RequestMapping("/api/v1/webhooks")
class WebhookController {
    private static final int MOST = 200;
    private static final String ONE = "/{id:[0-9]{1,19}}";

    private final Webhooks webhooks;
    private final Addresses addresses;

    WebhookController(Webhooks webhooks, Addresses addresses) {
        this.webhooks = webhooks;
        this.addresses = addresses;
    }

    /// What a merchant asks for.
    record WebhookRequest(String url, List<String> events) {}

    @PostMapping
    ResponseEntity<Answer<Resource<WebhookView>>> create(
            Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String header,
            @RequestBody WebhookRequest request) {
        var shop = caller.requireShop();
        var key = header == null ? null : IdempotencyKey.parse(header);
        var events = events(request.events());
        checkUrl(request.url());
        var made = webhooks.create(shop, caller.subject(), request.url(), events, key);
        return ResponseEntity.created(
                        URI.create("/api/v1/webhooks/" + made.webhook().id()))
                .header("Cache-Control", "no-store")
                .body(Answer.of(WebhookView.of(made)));
    }

    @GetMapping
    Answer<List<Resource<WebhookView>>> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(defaultValue = "50") int limit) {
        if (limit < 1 || limit > MOST) {
            throw ProblemException.invalid("limit", "must lie between 1 and " + MOST);
        }
        if (before != null && !SnowflakeIds.isId(before)) {
            throw ProblemException.invalid("before", "must be the id of a webhook");
        }
        var page = webhooks.list(caller.requireShop(), before == null ? Long.MAX_VALUE : Long.parseLong(before), limit);
        var answer = Answer.of(page.stream().map(WebhookView::of).toList());
        return page.size() < limit
                ? answer
                : answer.meta("next_before", page.getLast().id());
    }

    @GetMapping(ONE)
    Answer<Resource<WebhookView>> show(Caller caller, @PathVariable String id) {
        return Answer.of(WebhookView.of(webhooks.require(caller.requireShop(), id)));
    }

    @DeleteMapping(ONE)
    ResponseEntity<Void> delete(Caller caller, @PathVariable String id) {
        var shop = caller.requireShop();
        webhooks.require(shop, id);
        webhooks.delete(shop, id, caller.subject());
        return ResponseEntity.noContent().build();
    }

    @PostMapping(ONE + "/rotate")
    ResponseEntity<Answer<Resource<WebhookView>>> rotate(Caller caller, @PathVariable String id) {
        var made = webhooks.rotate(caller.requireShop(), id, caller.subject());
        return ResponseEntity.ok().header("Cache-Control", "no-store").body(Answer.of(WebhookView.of(made)));
    }

    @PostMapping(ONE + "/enable")
    Answer<Resource<WebhookView>> enable(Caller caller, @PathVariable String id) {
        var shop = caller.requireShop();
        webhooks.require(shop, id);
        webhooks.enable(shop, id, caller.subject());
        return Answer.of(WebhookView.of(webhooks.require(shop, id)));
    }

    private static Set<WebhookEvent> events(List<String> codes) {
        if (codes.isEmpty()) {
            throw ProblemException.invalid("events", "must name at least one event");
        }
        var events = EnumSet.noneOf(WebhookEvent.class);
        for (int at = 0; at < codes.size(); at++) {
            int place = at;
            events.add(WebhookEvent.subscribable(codes.get(at))
                    .orElseThrow(() -> ProblemException.invalid("events[" + place + "]", "is no event of webhooks")));
        }
        return events;
    }

    private void checkUrl(String url) {
        try {
            addresses.check(url);
        } catch (NotReachable refused) {
            if (refused.isPassing()) {
                throw new ProblemException(ProblemCode.UNAVAILABLE, "The url's host cannot be looked up now", refused);
            }
            throw ProblemException.invalid("url", refused.rule());
        }
    }
}
