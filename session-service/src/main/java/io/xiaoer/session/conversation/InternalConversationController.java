package io.xiaoer.session.conversation;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.Append;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.Resource;
import io.xiaoer.session.archive.Aliases;
import io.xiaoer.session.archive.Unavailable;
import io.xiaoer.session.archive.Warmth;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// What the other services of the suite ask of conversations. Never routed from outside.
@RestController
@RequestMapping("/internal")
class InternalConversationController {

    /// What is longer is left out.
    private static final int MAX_BRIEF = 8000;

    private final Warmth warmth;
    private final SessionStore store;
    private final HandOffs handOffs;
    private final Aliases aliases;

    InternalConversationController(Warmth warmth, SessionStore store, HandOffs handOffs, Aliases aliases) {
        this.warmth = warmth;
        this.store = store;
        this.handOffs = handOffs;
        this.aliases = aliases;
    }

    /// @param user the tag
    record WarmWish(String user) {}

    /// @param user the tag
    /// @param question that the hand-off answers
    /// @param brief what the bot knows of the matter, for the person alone
    record HandOffWish(
            String user,
            String sessionId,
            String question,
            @Nullable String reason,
            @Nullable String brief) {}

    record Warmed(boolean warm) {}

    /// @param repeated whether the session was not the bot's any more before
    record HandedOff(Owner owner, long number, int queuePosition, boolean repeated) {}

    @PostMapping("/warm")
    Answer<Resource<Warmed>> warm(Caller caller, @RequestBody WarmWish wish) {
        var user = user(caller, wish.user());
        try {
            warmth.warm(user);
            return Answer.of(new Resource<>(user.tag(), "warmth", new Warmed(true)));
        } catch (Unavailable e) {
            throw Problems.unavailable(e);
        }
    }

    /// The bot's decision to pass a question on. Repeatable.
    @PostMapping("/handoffs")
    Answer<Resource<HandedOff>> handOff(Caller caller, @RequestBody HandOffWish wish) {
        var user = user(caller, wish.user());
        if (!SnowflakeIds.isId(wish.sessionId()) || !SnowflakeIds.isId(wish.question())) {
            throw ProblemException.invalid("session_id", "and question must be ids");
        }
        try {
            var row = store.find(user.shop(), wish.sessionId())
                    .filter(found -> found.isOf(user) || isOfWhom(user, found))
                    .orElseThrow(Problems::noSuchSession);
            var place = handOffs.handOff(
                    row, wish.reason(), Append.replyNonce(wish.question()), wish.question(), brief(wish.brief()));
            if (!place.row().isOpen()) {
                throw Problems.closed();
            }
            if (place.row().owner() == Owner.BOT) {
                throw new ProblemException(ProblemCode.AGENT_AWAY, "Nobody is there to take it");
            }
            return Answer.of(new Resource<>(
                    wish.sessionId(),
                    "handoff",
                    new HandedOff(
                            place.row().owner(), place.row().number(), place.position(), row.owner() != Owner.BOT)));
        } catch (Unavailable | DataAccessException e) {
            throw Problems.unavailable(e);
        }
    }

    private static @Nullable String brief(@Nullable String brief) {
        return brief == null || brief.isBlank() || brief.length() > MAX_BRIEF ? null : brief;
    }

    /// A question of a guest who became a user since.
    private boolean isOfWhom(UserKey guest, SessionRow row) {
        return aliases.userOf(guest).filter(bound -> row.isOf(bound.user())).isPresent();
    }

    private static UserKey user(Caller caller, String tag) {
        try {
            var user = UserKey.parse(tag);
            if (!user.shop().equals(caller.requireShop())) {
                throw new ProblemException(ProblemCode.FORBIDDEN, "The token is bound to another shop");
            }
            return user;
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("user", "must be a user tag");
        }
    }
}
