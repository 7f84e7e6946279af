package io.xiaoer.compensation.webhook.delivery;

import com.alibaba.fastjson2.JSON;
import io.xiaoer.common.access.Caller;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.Resource;
import io.xiaoer.compensation.webhook.Webhook;
import io.xiaoer.compensation.webhook.WebhookEvent;
import io.xiaoer.compensation.webhook.Webhooks;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The log of an endpoint's deliveries: newest first, `before` pages back.
@RestController
@RequestMapping("/api/v1/webhooks/{id:[0-9]{1,19}}")
class DeliveryController {
    private static final int MOST = 200;
    private static final int MOST_TESTS = 10;
    private static final String TEST_LANE = "test";
    private static final String ONE = "/deliveries/{did:[0-9]{1,19}}";

    private final Webhooks webhooks;
    private final Redelivery log;
    private final DeliveryQueue queue;
    private final SnowflakeIds ids;
    private final Clock clock;

    DeliveryController(Webhooks webhooks, Redelivery log, DeliveryQueue queue, SnowflakeIds ids, Clock clock) {
        this.webhooks = webhooks;
        this.log = log;
        this.queue = queue;
        this.ids = ids;
        this.clock = clock;
    }

    /// Which deliveries to send again.
    ///
    /// @param until now, if it is absent
    /// @param status one or several, separated by commas; those that were not delivered if it is absent
    /// @param limit at most this many
    record RangeRequest(
            Instant since,
            @Nullable Instant until,
            @Nullable String status,
            @Nullable Integer limit) {}

    /// What was done.
    ///
    /// @param matched how many deliveries fitted, at most the limit
    /// @param redelivered how many are sent again
    /// @param more whether further ones may fit
    record Report(int matched, int redelivered, boolean more) {}

    @GetMapping("/deliveries")
    Answer<List<Resource<DeliveryView>>> list(
            Caller caller,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(defaultValue = "50") int limit) {
        var shop = caller.requireShop();
        webhooks.require(shop, id);
        if (before != null && !SnowflakeIds.isId(before)) {
            throw ProblemException.invalid("before", "must be the id of a delivery");
        }
        var page = log.list(
                shop,
                id,
                status == null ? null : status(status),
                before == null ? Long.MAX_VALUE : Long.parseLong(before),
                checked(limit));
        var answer = Answer.of(page.stream().map(DeliveryView::of).toList());
        return page.size() < limit
                ? answer
                : answer.meta("next_before", page.getLast().id());
    }

    @GetMapping(ONE)
    Answer<Resource<DeliveryView>> show(Caller caller, @PathVariable String id, @PathVariable String did) {
        return Answer.of(DeliveryView.whole(found(caller.requireShop(), id, did)));
    }

    @PostMapping(ONE + "/redeliver")
    ResponseEntity<Answer<Resource<DeliveryView>>> redeliver(
            Caller caller, @PathVariable String id, @PathVariable String did) {
        var shop = caller.requireShop();
        var delivery = found(shop, id, did);
        if (delivery.payload() == null) {
            throw new ProblemException(ProblemCode.GONE, "The shopper whom it told of was erased");
        }
        if (!log.again(shop, did, caller.subject())) {
            throw disabled();
        }
        return ResponseEntity.accepted().body(Answer.of(DeliveryView.of(found(shop, id, did))));
    }

    @PostMapping("/redeliver")
    ResponseEntity<Answer<Resource<Report>>> redeliverRange(
            Caller caller, @PathVariable String id, @RequestBody RangeRequest request) {
        var shop = caller.requireShop();
        enabled(shop, id);
        var since = request.since();
        var until = request.until() == null ? clock.instant() : request.until();
        if (!since.isBefore(until)) {
            throw ProblemException.invalid("until", "must be later than since");
        }
        int limit = checked(Objects.requireNonNullElse(request.limit(), MOST));
        var fitting = log.ofTime(shop, id, since, until, statuses(request.status()), limit);
        int again = 0;
        for (var delivery : fitting) {
            again += log.again(shop, delivery, caller.subject()) ? 1 : 0;
        }
        var report = new Report(fitting.size(), again, fitting.size() == limit);
        return ResponseEntity.accepted().body(Answer.of(new Resource<>(ids.next(), "redelivery_report", report)));
    }

    @PostMapping("/test")
    ResponseEntity<Answer<Resource<DeliveryView>>> test(Caller caller, @PathVariable String id) {
        var shop = caller.requireShop();
        enabled(shop, id);
        if (log.waiting(shop, id, TEST_LANE, MOST_TESTS) >= MOST_TESTS) {
            throw new ProblemException(ProblemCode.RATE_LIMITED, "Earlier tests of this webhook still wait")
                    .header("Retry-After", "10");
        }
        var now = clock.instant();
        var event = "evt_" + ids.next();
        queue.add(List.of(new NewDelivery(
                shop, id, WebhookEvent.WEBHOOK_TEST, event, TEST_LANE, null, now, testBody(shop, id, now))));
        var made = log.list(shop, id, null, Long.MAX_VALUE, MOST).stream()
                .filter(delivery -> delivery.eventId().equals(event))
                .findFirst()
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such webhook"));
        return ResponseEntity.accepted().body(Answer.of(DeliveryView.of(made)));
    }

    private static byte[] testBody(ShopId shop, String webhook, Instant now) {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", WebhookEvent.WEBHOOK_TEST.code());
        body.put("timestamp", now.toString());
        body.put("shop_id", shop.value());
        body.put("data", Map.of("id", webhook, "type", "webhook", "attributes", Map.of()));
        return JSON.toJSONBytes(body);
    }

    private Delivery found(ShopId shop, String webhook, String id) {
        webhooks.require(shop, webhook);
        return log.find(shop, webhook, id)
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such delivery"));
    }

    private Webhook enabled(ShopId shop, String id) {
        var webhook = webhooks.require(shop, id);
        if (!webhook.isEnabled()) {
            throw disabled();
        }
        return webhook;
    }

    private static ProblemException disabled() {
        return new ProblemException(ProblemCode.CONFLICT, "The webhook is disabled; enable it first");
    }

    private static int checked(int limit) {
        if (limit < 1 || limit > MOST) {
            throw ProblemException.invalid("limit", "must lie between 1 and " + MOST);
        }
        return limit;
    }

    private static List<DeliveryStatus> statuses(@Nullable String names) {
        if (names == null) {
            return List.of(DeliveryStatus.EXHAUSTED, DeliveryStatus.DISCARDED);
        }
        return List.of(names.split(",", -1)).stream()
                .map(name -> status(name.strip()))
                .toList();
    }

    private static DeliveryStatus status(String name) {
        return DeliveryStatus.of(name)
                .orElseThrow(
                        () -> ProblemException.invalid("status", "must be pending, delivered, exhausted or discarded"));
    }
}
