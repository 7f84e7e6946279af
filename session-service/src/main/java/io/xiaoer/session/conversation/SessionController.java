package io.xiaoer.session.conversation;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.access.Scopes;
import io.xiaoer.common.event.ShopSettings;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.Resource;
import io.xiaoer.common.words.ShopWords;
import io.xiaoer.session.archive.Unavailable;
import io.xiaoer.session.binding.GuestBinding;
import io.xiaoer.session.binding.GuestProof;
import io.xiaoer.session.binding.GuestTaken;
import io.xiaoer.session.shop.ShopDirectory;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Sessions over REST.
@RestController
@RequestMapping(SessionController.PATH)
class SessionController {

    static final String PATH = "/api/v1/bot/sessions";

    private static final int LONGEST_LOCALE = 35;
    private static final int LONGEST_ORDER_ID = 64;
    private static final int LONGEST_COMMENT = 500;

    private final Sessions sessions;
    private final SessionStore store;
    private final HandOffs handOffs;
    private final Correspondents correspondents;
    private final ShopDirectory shops;
    private final GuestProof proof;
    private final GuestBinding binding;
    private final ShopWords words;

    SessionController(
            Sessions sessions,
            SessionStore store,
            HandOffs handOffs,
            Correspondents correspondents,
            ShopDirectory shops,
            GuestProof proof,
            GuestBinding binding,
            ShopWords words) {
        this.sessions = sessions;
        this.store = store;
        this.handOffs = handOffs;
        this.correspondents = correspondents;
        this.shops = shops;
        this.proof = proof;
        this.binding = binding;
        this.words = words;
    }

    record Open(
            Device device,
            @Nullable String locale,
            @Nullable String orderId) {}

    record HandOffWish(@Nullable String reason) {}

    record Rating(int score, @Nullable String comment) {}

    /// @param guestToken absent proves nothing
    record Binding(@Nullable String guestToken) {}

    /// @param agent who holds it, if a person does
    /// @param queuePosition 1 is next; absent unless the session waits for a person
    record Attributes(
            Owner owner,
            @Nullable Agent agent,
            Device device,
            @Nullable String locale,
            @Nullable String orderId,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Integer queuePosition,
            @Nullable Long estimateS) {}

    /// Who holds the session.
    record Agent(String id, @Nullable String name) {}

    @PostMapping
    ResponseEntity<Answer<Resource<Attributes>>> open(Caller caller, @RequestBody Open wish) {
        var user = shopper(caller);
        checkLength("locale", wish.locale(), LONGEST_LOCALE);
        checkLength("order_id", wish.orderId(), LONGEST_ORDER_ID);
        checkPrintable("locale", wish.locale());
        checkPrintable("order_id", wish.orderId());
        String greeting = shops.find(user.shop()).map(ShopSettings::greeting).orElse("");
        try {
            var opened = sessions.open(user, wish.device(), wish.locale(), wish.orderId());
            var answer = Answer.of(resource(opened.view(), null)).meta("joined", opened.joined());
            if (!greeting.isEmpty()) {
                answer = answer.meta("greeting", greeting);
            }
            return ResponseEntity.created(
                            URI.create(PATH + '/' + opened.view().row().sid()))
                    .body(answer);
        } catch (Unavailable e) {
            throw Problems.unavailable(e);
        }
    }

    @GetMapping("/{sid}")
    Answer<Resource<Attributes>> get(Caller caller, @PathVariable String sid) {
        return guarded(() -> {
            var self = caller.userKey();
            // Agents look at the sessions that they hold.
            var user = self.kind() == UserKey.Kind.AGENT ? correspondents.reader(caller, sid) : self;
            var view = find(user, sid);
            var place =
                    view.owner() == Owner.QUEUE ? handOffs.placeOf(view.row()).orElse(null) : null;
            return Answer.of(resource(view, place));
        });
    }

    /// The guest who called until now is the user who calls: everything of the guest becomes the user's. Repeatable.
    @PatchMapping("/{sid}")
    Answer<Resource<Attributes>> bind(Caller caller, @PathVariable String sid, @RequestBody Binding wish) {
        if (!caller.has(Scopes.CHAT)) {
            throw new ProblemException(ProblemCode.FORBIDDEN, "The token of a known shopper is needed");
        }
        var user = caller.userKey();
        var guest = proof.guestOf(wish.guestToken(), user.shop());
        if (!SnowflakeIds.isId(sid)) {
            throw Problems.noSuchSession();
        }
        return guarded(() -> {
            var row = store.find(user.shop(), sid).orElseThrow(Problems::noSuchSession);
            if (!row.isOf(guest) && !row.isOf(user)) {
                throw new ProblemException(ProblemCode.FORBIDDEN, "The session is neither the user's nor the guest's");
            }
            boolean fresh = bound(user, guest);
            return Answer.of(resource(sessions.find(user, sid).orElseThrow(Problems::noSuchSession), null))
                    .meta("bound", fresh);
        });
    }

    private boolean bound(UserKey user, UserKey guest) throws Unavailable {
        try {
            return binding.bind(user, guest);
        } catch (GuestTaken taken) {
            throw new ProblemException(ProblemCode.FORBIDDEN, "The guest has become another user", taken);
        }
    }

    @DeleteMapping("/{sid}")
    Answer<Resource<Attributes>> close(Caller caller, @PathVariable String sid) {
        return guarded(() -> {
            var closed = sessions.close(find(caller, sid).row(), Change.CLOSED, null);
            return Answer.of(
                    resource(sessions.find(shopper(caller), closed.sid()).orElseThrow(), null));
        });
    }

    @PostMapping("/{sid}/handoff")
    Answer<Resource<Attributes>> handOff(
            Caller caller, @PathVariable String sid, @RequestBody(required = false) @Nullable HandOffWish wish) {
        String reason = wish == null ? null : wish.reason();
        checkLength("reason", reason, 500);
        return guarded(() -> {
            var view = find(caller, sid);
            if (view.owner() == Owner.CLOSED) {
                throw Problems.closed();
            }
            var said = reason == null ? null : words.mask(view.row().shop(), reason);
            var place = handOffs.handOff(view.row(), said, null, null, null);
            if (!place.row().isOpen()) {
                throw Problems.closed();
            }
            return Answer.of(resource(new Sessions.View(place.row(), place.row().owner(), view.expires()), place));
        });
    }

    @PostMapping("/{sid}/rating")
    Answer<Resource<Rating>> rate(Caller caller, @PathVariable String sid, @RequestBody Rating rating) {
        if (rating.score() < 1 || rating.score() > 5) {
            throw ProblemException.invalid("score", "must be 1 to 5");
        }
        checkLength("comment", rating.comment(), LONGEST_COMMENT);
        return guarded(() -> {
            var row = find(caller, sid).row();
            var stored = rating.comment() == null
                    ? rating
                    : new Rating(rating.score(), words.mask(row.user().shop(), rating.comment()));
            store.rate(row, stored.score(), stored.comment());
            return Answer.of(new Resource<>(sid, "rating", stored));
        });
    }

    private Sessions.View find(Caller caller, String sid) {
        return find(shopper(caller), sid);
    }

    private Sessions.View find(UserKey user, String sid) {
        if (!SnowflakeIds.isId(sid)) {
            throw Problems.noSuchSession();
        }
        return sessions.find(user, sid).orElseThrow(Problems::noSuchSession);
    }

    private static UserKey shopper(Caller caller) {
        if (!caller.has(Scopes.CHAT) && !caller.has(Scopes.GUEST)) {
            throw new ProblemException(ProblemCode.FORBIDDEN, "A shopper's or a guest's token is needed");
        }
        return caller.userKey();
    }

    private static void checkLength(String field, @Nullable String value, int longest) {
        if (value != null && value.codePointCount(0, value.length()) > longest) {
            throw ProblemException.invalid(field, "must have at most " + longest + " characters");
        }
    }

    private static void checkPrintable(String field, @Nullable String value) {
        if (value != null && value.codePoints().anyMatch(Character::isISOControl)) {
            throw ProblemException.invalid(field, "must have printable characters alone");
        }
    }

    private static Resource<Attributes> resource(Sessions.View view, HandOffs.@Nullable Place place) {
        var row = view.row();
        var queued = place == null || place.position() == 0 ? null : place;
        return new Resource<>(
                row.sid(),
                "session",
                new Attributes(
                        view.owner(),
                        view.owner() == Owner.AGENT && row.holder() != null
                                ? new Agent(row.holder(), row.holderName())
                                : null,
                        row.device(),
                        row.locale(),
                        row.orderId(),
                        row.created(),
                        view.expires(),
                        queued == null ? null : queued.position(),
                        queued == null ? null : queued.estimate().toSeconds()));
    }

    /// What needs Redis and MariaDB.
    private interface Work<T> {
        T run() throws Unavailable;
    }

    private static <T> T guarded(Work<T> work) {
        try {
            return work.run();
        } catch (Unavailable | DataAccessException | TransactionException e) {
            throw Problems.unavailable(e);
        }
    }
}
