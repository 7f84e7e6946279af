package io.xiaoer.bot.mining;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.faq.FaqDesk;
import io.xiaoer.bot.faq.FaqResource;
import io.xiaoer.bot.understand.TextVectors;
import io.xiaoer.bot.words.Language;
import io.xiaoer.common.access.Caller;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.Resource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What nobody knew, as a merchant makes answers of it.
@RestController
@RequestMapping("/api/v1/faq-suggestions")
class SuggestionController {

    /// The most questions that are put into groups at a time.
    private static final int GROUPED = 1000;

    /// How long vectors are computed that nobody remembers; what is left then is put together by words, and by its
    /// meaning the next time.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    private final UnansweredStore store;
    private final FaqDesk desk;
    private final TextVectors vectors;
    private final Clock clock;

    SuggestionController(UnansweredStore store, FaqDesk desk, TextVectors vectors, Clock clock) {
        this.store = store;
        this.desk = desk;
        this.vectors = vectors;
        this.clock = clock;
    }

    /// A group of like questions.
    ///
    /// @param text of the one that was asked most
    /// @param asked how often all of them were asked
    record Suggestion(String text, String locale, long asked, Instant firstAt, Instant lastAt, List<Asked> questions) {}

    /// One of them.
    record Asked(String id, String text, long asked) {}

    /// What an approval asks for.
    ///
    /// @param questions their ids
    /// @param faqId the entry that answers them already, in the place of the fields of a new one
    record Approval(
            @Nullable List<@Nullable String> questions,
            @Nullable String faqId,
            @Nullable String id,
            @Nullable String question,
            @Nullable String answer,
            @Nullable String locale) {}

    /// What a dismissal asks for.
    record Dismissal(@Nullable List<@Nullable String> questions) {}

    @GetMapping
    Answer<List<Resource<Suggestion>>> list(Caller caller, @RequestParam(defaultValue = "" + DEFAULT_LIMIT) int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw ProblemException.invalid("limit", "must be a number from 1 to " + MAX_LIMIT);
        }
        ShopId shop = caller.requireShop();
        var waiting = FaqDesk.reached(() -> store.waiting(shop, GROUPED));
        var deadline = Deadline.in(PATIENCE, clock);
        var groups = Groups.of(waiting, question -> meaning(question, deadline));
        return Answer.of(groups.stream()
                        .limit(limit)
                        .map(SuggestionController::resource)
                        .toList())
                .meta("groups", groups.size());
    }

    private long @Nullable [] meaning(Unanswered question, Deadline deadline) {
        var language = Language.ofTag(question.language());
        return deadline.left().isZero()
                ? vectors.remembered(question.text(), language)
                : vectors.of(question.text(), language);
    }

    @PostMapping("/approve")
    ResponseEntity<Answer<Resource<FaqResource.Attributes>>> approve(Caller caller, @RequestBody Approval approval) {
        ShopId shop = caller.requireShop();
        var ids = ids(approval.questions());
        var questions = FaqDesk.reached(() -> store.get(shop, ids));
        if (questions.isEmpty()) {
            throw new ProblemException(ProblemCode.NOT_FOUND, "there are no such questions");
        }
        var texts = questions.stream()
                .map(Unanswered::text)
                .filter(text -> !Anonymous.isMasked(text))
                .toList();
        var answer = approval.faqId() == null
                ? desk.put(
                        shop,
                        approval.id(),
                        approval.question() == null && !texts.isEmpty() ? texts.getFirst() : approval.question(),
                        texts,
                        approval.answer(),
                        approval.locale())
                : desk.addSimilar(shop, approval.faqId(), texts);
        FaqDesk.reached(() -> {
            store.delete(shop, ids);
            return ids;
        });
        return answer;
    }

    @PostMapping("/dismiss")
    ResponseEntity<Void> dismiss(Caller caller, @RequestBody Dismissal dismissal) {
        ShopId shop = caller.requireShop();
        var ids = ids(dismissal.questions());
        FaqDesk.reached(() -> {
            store.dismiss(shop, ids);
            return ids;
        });
        return ResponseEntity.noContent().build();
    }

    private static List<String> ids(@Nullable List<@Nullable String> ids) {
        if (ids == null || ids.isEmpty() || ids.size() > MAX_LIMIT) {
            throw ProblemException.invalid("questions", "must be 1 to " + MAX_LIMIT + " ids");
        }
        if (!ids.stream().allMatch(id -> id != null && ID.matcher(id).matches())) {
            throw ProblemException.invalid("questions", "must be ids of questions");
        }
        return ids.stream().map(Objects::requireNonNull).distinct().toList();
    }

    private static Resource<Suggestion> resource(Groups.Group group) {
        var lead = group.lead();
        var questions = group.questions();
        return new Resource<>(
                lead.id(),
                "faq_suggestion",
                new Suggestion(
                        lead.text(),
                        lead.language(),
                        group.asked(),
                        questions.stream()
                                .map(Unanswered::firstAt)
                                .min(Comparator.naturalOrder())
                                .orElseThrow(),
                        questions.stream()
                                .map(Unanswered::lastAt)
                                .max(Comparator.naturalOrder())
                                .orElseThrow(),
                        questions.stream()
                                .limit(MAX_LIMIT)
                                .map(question -> new Asked(question.id(), question.text(), question.asked()))
                                .toList()));
    }
}
