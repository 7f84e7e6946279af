package io.xiaoer.bot.faq;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.words.Language;
import io.xiaoer.common.access.Caller;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.LargestBody;
import io.xiaoer.common.rest.Resource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The FAQ of the caller's shop: list, show, put, delete, search.
@RestController
@RequestMapping("/api/v1/faqs")
class FaqController {

    static final int DEFAULT_LIMIT = 50;
    static final int MAX_LIMIT = 200;
    private static final int CANDIDATES = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final FaqStore store;
    private final FaqCopies copies;
    private final FaqDesk desk;
    private final FaqSearch search;
    private final Clock clock;

    FaqController(FaqStore store, FaqCopies copies, FaqDesk desk, FaqSearch search, Clock clock) {
        this.store = store;
        this.copies = copies;
        this.desk = desk;
        this.search = search;
        this.clock = clock;
    }

    @GetMapping
    Answer<List<Resource<FaqResource.Attributes>>> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String limit) {
        int count = limit(limit);
        ShopId shop = caller.requireShop();
        long before = before(cursor);
        var entries = FaqDesk.reached(() -> store.list(shop, before, count + 1));
        var page = entries.stream().limit(count).map(FaqResource::of).toList();
        var answer = Answer.of(page);
        return entries.size() > count
                ? answer.meta(
                        "next_cursor",
                        Long.toString(entries.get(count - 1).entry().seq()))
                : answer;
    }

    @GetMapping("/{id}")
    Answer<Resource<FaqResource.Attributes>> show(Caller caller, @PathVariable String id) {
        ShopId shop = caller.requireShop();
        KeptFaq kept = FaqDesk.<@Nullable KeptFaq>reached(() -> store.get(shop, id));
        if (kept == null) {
            throw FaqDesk.notFound();
        }
        return Answer.of(FaqResource.of(kept));
    }

    @PutMapping("/{id}")
    @LargestBody(FaqResource.LARGEST)
    ResponseEntity<Answer<Resource<FaqResource.Attributes>>> put(
            Caller caller, @PathVariable String id, @RequestBody FaqResource.Body body) {
        ShopId shop = caller.requireShop();
        return desk.put(
                shop, FaqDesk.draft(id, body.question(), body.similar(), body.answer(), body.locale(), body.enabled()));
    }

    @GetMapping("/{id}/versions")
    Answer<List<Resource<FaqResource.Version>>> versions(
            Caller caller, @PathVariable String id, @RequestParam(required = false) @Nullable String limit) {
        int count = limit(limit);
        ShopId shop = caller.requireShop();
        var versions = FaqDesk.reached(() -> store.versions(shop, id));
        if (versions.isEmpty()) {
            throw FaqDesk.notFound();
        }
        return Answer.of(versions.stream().limit(count).map(FaqResource::of).toList());
    }

    @PostMapping("/{id}/versions/{version}/restore")
    ResponseEntity<Answer<Resource<FaqResource.Attributes>>> restore(
            Caller caller, @PathVariable String id, @PathVariable String version) {
        ShopId shop = caller.requireShop();
        int number = number(version);
        var put = FaqDesk.<FaqStore.@Nullable Put>reached(() -> store.restore(shop, id, number));
        if (put == null) {
            throw new ProblemException(ProblemCode.NOT_FOUND, "there is no such version of the FAQ entry");
        }
        return desk.answer(shop, put);
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> delete(Caller caller, @PathVariable String id) {
        ShopId shop = caller.requireShop();
        if (!FaqDesk.reached(() -> store.delete(shop, id))) {
            throw FaqDesk.notFound();
        }
        copies.refresh(shop);
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/search")
    Answer<List<Resource<FaqResource.Candidate>>> search(
            Caller caller, @RequestBody Map<String, @Nullable Object> body) {
        if (!(body.get("text") instanceof String text) || text.isBlank()) {
            throw ProblemException.invalid("text", "must not be empty");
        }
        if (text.codePointCount(0, text.length()) > FaqDraft.MAX_QUESTION) {
            throw ProblemException.invalid("text", "must have at most " + FaqDraft.MAX_QUESTION + " characters");
        }
        ShopId shop = caller.requireShop();
        var copy = FaqDesk.reached(() -> copies.of(shop));
        var found =
                search.find(shop, copy, text, Language.of(text, Language.ZH), CANDIDATES, Deadline.in(PATIENCE, clock));
        var decision = FaqDecision.of(found);
        return Answer.of(found.candidates().stream().map(FaqResource::of).toList())
                .meta("decision", name(decision))
                .meta("confidence", decision.confidence())
                .meta("learning", search.isLearning(shop, copy));
    }

    private static String name(FaqDecision decision) {
        return switch (decision) {
            case FaqDecision.Answer _ -> "answer";
            case FaqDecision.Choose _ -> "choose";
            case FaqDecision.Clarify _ -> "clarify";
            case FaqDecision.HandOff _ -> "handoff";
        };
    }

    private static int limit(@Nullable String limit) {
        try {
            int count = limit == null ? DEFAULT_LIMIT : Integer.parseInt(limit);
            if (count >= 1 && count <= MAX_LIMIT) {
                return count;
            }
        } catch (NumberFormatException e) {
            // Refused below, like a number out of range.
        }
        throw ProblemException.invalid("limit", "must be a number from 1 to " + MAX_LIMIT);
    }

    private static long before(@Nullable String cursor) {
        if (cursor == null) {
            return Long.MAX_VALUE;
        }
        if (!SnowflakeIds.isId(cursor)) {
            throw ProblemException.invalid("cursor", "must be a next_cursor of an earlier answer");
        }
        return Long.parseLong(cursor);
    }

    private static int number(String version) {
        try {
            int number = Integer.parseInt(version);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below, like a number out of range.
        }
        throw ProblemException.invalid("version", "must be a positive number");
    }
}
