package io.xiaoer.bot.faq;

import io.xiaoer.bot.words.Language;
import io.xiaoer.common.access.Caller;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.Resource;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
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

    private final FaqStore store;
    private final FaqCopies copies;
    private final FaqSearch search;

    FaqController(FaqStore store, FaqCopies copies, FaqSearch search) {
        this.store = store;
        this.copies = copies;
        this.search = search;
    }

    @GetMapping
    Answer<List<Resource<FaqResource.Attributes>>> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String limit) {
        int count = limit(limit);
        ShopId shop = caller.requireShop();
        long before = before(cursor);
        var entries = reached(() -> store.list(shop, before, count + 1));
        var page = entries.stream().limit(count).map(FaqResource::of).toList();
        var answer = Answer.of(page);
        return entries.size() > count
                ? answer.meta(
                        "next_cursor", Long.toString(entries.get(count - 1).seq()))
                : answer;
    }

    @GetMapping("/{id}")
    Answer<Resource<FaqResource.Attributes>> show(Caller caller, @PathVariable String id) {
        ShopId shop = caller.requireShop();
        FaqEntry entry = FaqController.<@Nullable FaqEntry>reached(() -> store.get(shop, id));
        if (entry == null) {
            throw notFound();
        }
        return Answer.of(FaqResource.of(entry));
    }

    @PutMapping("/{id}")
    ResponseEntity<Answer<Resource<FaqResource.Attributes>>> put(
            Caller caller, @PathVariable String id, @RequestBody FaqResource.Body body) {
        ShopId shop = caller.requireShop();
        var draft = draft(id, body);
        var put = reached(() -> store.put(shop, List.of(draft))).getFirst();
        copies.refresh(shop);
        var answer = Answer.of(FaqResource.of(put.entry()));
        return put.created()
                ? ResponseEntity.created(
                                URI.create("/api/v1/faqs/" + put.entry().id()))
                        .body(answer)
                : ResponseEntity.ok(answer);
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> delete(Caller caller, @PathVariable String id) {
        ShopId shop = caller.requireShop();
        if (!reached(() -> store.delete(shop, id))) {
            throw notFound();
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
        var copy = reached(() -> copies.of(shop));
        var found = search.find(shop, copy, text, Language.of(text, Language.ZH), CANDIDATES);
        var decision = FaqDecision.of(found);
        return Answer.of(found.candidates().stream().map(FaqResource::of).toList())
                .meta("decision", name(decision))
                .meta("confidence", decision.confidence());
    }

    /// Does what needs the database; 503 if that does not answer.
    static <T extends @Nullable Object> T reached(Supplier<T> work) {
        try {
            return work.get();
        } catch (FaqCopies.Unavailable | DataAccessException | TransactionException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "the FAQ cannot be reached at the moment", e)
                    .header("Retry-After", "2");
        }
    }

    private static FaqDraft draft(String id, FaqResource.Body body) {
        try {
            return FaqDraft.of(id, body.question(), body.similar(), body.answer(), body.locale());
        } catch (InvalidFaq e) {
            var problem = new ProblemException(ProblemCode.INVALID_REQUEST, "the entry is not valid");
            e.faults().forEach(fault -> problem.field(fault.field(), fault.reason()));
            throw problem;
        }
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

    private static ProblemException notFound() {
        return new ProblemException(ProblemCode.NOT_FOUND, "there is no such FAQ entry");
    }
}
