package io.xiaoer.bot.faq;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.Resource;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// Writes a shop's FAQ for whoever a merchant calls, with the same rules and answers.
@Component
public class FaqDesk {

    private final FaqStore store;
    private final FaqCopies copies;

    FaqDesk(FaqStore store, FaqCopies copies) {
        this.store = store;
        this.copies = copies;
    }

    /// Puts an entry.
    ///
    /// @param id null for one that is made here
    /// @throws ProblemException naming every field at fault; 503 if the database does not answer
    public ResponseEntity<Answer<Resource<FaqResource.Attributes>>> put(
            ShopId shop,
            @Nullable String id,
            @Nullable String question,
            @Nullable List<? extends @Nullable String> similar,
            @Nullable String answer,
            @Nullable String locale) {
        return put(shop, draft(id, question, similar, answer, locale, null));
    }

    /// Adds ways of asking to an entry.
    ///
    /// @throws ProblemException `not_found` if there is no such entry
    public ResponseEntity<Answer<Resource<FaqResource.Attributes>>> addSimilar(
            ShopId shop, String id, List<String> texts) {
        KeptFaq kept = FaqDesk.<@Nullable KeptFaq>reached(() -> store.get(shop, id));
        if (kept == null) {
            throw notFound();
        }
        var entry = kept.entry();
        var similar = new ArrayList<>(entry.similar());
        similar.addAll(texts);
        return put(shop, draft(id, entry.question(), similar, entry.answer(), entry.locale(), null));
    }

    /// What an entry answers.
    ///
    /// @throws ProblemException `not_found` if there is no such entry
    public String answerOf(ShopId shop, String id) {
        KeptFaq kept = FaqDesk.<@Nullable KeptFaq>reached(() -> store.get(shop, id));
        if (kept == null) {
            throw notFound();
        }
        return kept.entry().answer();
    }

    ResponseEntity<Answer<Resource<FaqResource.Attributes>>> put(ShopId shop, FaqDraft draft) {
        return answer(shop, reached(() -> store.put(shop, List.of(draft))).getFirst());
    }

    ResponseEntity<Answer<Resource<FaqResource.Attributes>>> answer(ShopId shop, FaqStore.Put put) {
        copies.refresh(shop);
        var answer = Answer.of(FaqResource.of(put.kept()));
        return put.created()
                ? ResponseEntity.created(
                                URI.create("/api/v1/faqs/" + put.entry().id()))
                        .body(answer)
                : ResponseEntity.ok(answer);
    }

    static FaqDraft draft(
            @Nullable String id,
            @Nullable String question,
            @Nullable List<? extends @Nullable String> similar,
            @Nullable String answer,
            @Nullable String locale,
            @Nullable Boolean enabled) {
        try {
            return FaqDraft.of(id, question, similar, answer, locale, enabled);
        } catch (InvalidFaq e) {
            var problem = new ProblemException(ProblemCode.INVALID_REQUEST, "the entry is not valid");
            e.faults().forEach(fault -> problem.field(fault.field(), fault.reason()));
            throw problem;
        }
    }

    static ProblemException notFound() {
        return new ProblemException(ProblemCode.NOT_FOUND, "there is no such FAQ entry");
    }

    /// Does what needs the database.
    ///
    /// @throws ProblemException 503 if that does not answer
    public static <T extends @Nullable Object> T reached(Supplier<T> work) {
        try {
            return work.get();
        } catch (FaqCopies.Unavailable | DataAccessException | TransactionException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "the FAQ cannot be reached at the moment", e)
                    .header("Retry-After", "2");
        }
    }
}
