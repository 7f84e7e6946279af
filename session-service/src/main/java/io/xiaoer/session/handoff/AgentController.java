package io.xiaoer.session.handoff;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.access.VerifiedToken;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Message;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.common.rest.Resource;
import io.xiaoer.session.archive.Drafts;
import io.xiaoer.session.archive.Unavailable;
import io.xiaoer.session.conversation.Device;
import io.xiaoer.session.conversation.Owner;
import io.xiaoer.session.conversation.Problems;
import io.xiaoer.session.conversation.SessionRow;
import io.xiaoer.session.conversation.SessionStore;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What agents do over REST; all of it in their own shop alone.
@RestController
@RequestMapping("/api/v1/agent")
class AgentController {

    private static final int MOST_LISTED = 200;
    private static final Pattern CURSOR = Pattern.compile("(-?\\d{1,18})\\.(\\d{1,19})");

    private final Holdings holdings;
    private final HandOffTables tables;
    private final Estimates estimates;
    private final SessionStore store;
    private final Drafts drafts;

    AgentController(Holdings holdings, HandOffTables tables, Estimates estimates, SessionStore store, Drafts drafts) {
        this.holdings = holdings;
        this.tables = tables;
        this.estimates = estimates;
        this.store = store;
        this.drafts = drafts;
    }

    /// @param user the shopper
    /// @param number the ownership number, to be sent along with what is written under it
    /// @param queuePosition 1 is next; absent unless it waits
    record Attributes(
            Owner owner,
            @Nullable Person agent,
            Shopper user,
            long number,
            Device device,
            @Nullable String locale,
            @Nullable String orderId,
            @Nullable String reason,
            Instant createdAt,
            @Nullable Instant queuedAt,
            @Nullable Integer queuePosition,
            @Nullable Long estimateS) {}

    record Person(String id, @Nullable String name) {}

    /// @param kind `user` or `guest`
    record Shopper(String id, String kind) {}

    /// @param agentId to whom, absent for the queue
    record Transfer(@Nullable String agentId) {}

    /// @param from who would have said it
    record Draft(
            String sessionId,
            Map<String, Object> from,
            Instant sentAt,
            Map<String, Object> content,
            @Nullable String replyTo) {}

    @GetMapping("/queue")
    Answer<List<Resource<Attributes>>> queue(
            Caller caller,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String after) {
        checkLimit(limit);
        var shop = agent(caller).shop();
        var begin = place(after);
        return guarded(() -> {
            var rows = tables.waiting(shop, begin, limit);
            int first = rows.isEmpty() ? 0 : tables.ahead(rows.getFirst()) + 1;
            var list = IntStream.range(0, rows.size())
                    .mapToObj(i -> waiting(rows.get(i), first + i))
                    .toList();
            var answer = Answer.of(list).meta("waiting", tables.countWaiting(shop));
            return rows.size() < limit ? answer : answer.meta("next", cursor(rows.getLast()));
        });
    }

    /// The sessions that the caller holds.
    @GetMapping("/sessions")
    Answer<List<Resource<Attributes>>> held(Caller caller, @RequestParam(defaultValue = "50") int limit) {
        checkLimit(limit);
        var agent = agent(caller);
        return guarded(() -> Answer.of(tables.heldBy(agent).stream()
                .limit(limit)
                .map(AgentController::resource)
                .toList()));
    }

    @PostMapping("/sessions/{sid}/accept")
    Answer<Resource<Attributes>> accept(VerifiedToken token, @PathVariable String sid) {
        var agent = agent(token.caller());
        return guarded(() -> answer(holdings.accept(find(agent, sid), agent, token.name())));
    }

    @PostMapping("/sessions/{sid}/transfer")
    Answer<Resource<Attributes>> transfer(
            Caller caller, @PathVariable String sid, @RequestBody(required = false) @Nullable Transfer wish) {
        var agent = agent(caller);
        String to = wish == null ? null : wish.agentId();
        if (to == null) {
            return guarded(() -> answer(holdings.giveBack(find(agent, sid), agent)));
        }
        if (!UserKey.isUserId(to) || to.equals(agent.id())) {
            throw ProblemException.invalid("agent_id", "must be another agent of the shop");
        }
        var other = new UserKey(agent.shop(), UserKey.Kind.AGENT, to);
        return guarded(() -> answer(holdings.transfer(find(agent, sid), agent, other)));
    }

    @PostMapping("/sessions/{sid}/release")
    Answer<Resource<Attributes>> release(Caller caller, @PathVariable String sid) {
        var agent = agent(caller);
        return guarded(() -> answer(holdings.release(find(agent, sid), agent)));
    }

    @PostMapping("/sessions/{sid}/close")
    Answer<Resource<Attributes>> close(Caller caller, @PathVariable String sid) {
        var agent = agent(caller);
        return guarded(() -> answer(holdings.close(find(agent, sid), agent)));
    }

    /// What was refused in a session: the caller's own words, and to who holds it what the bot wanted to say.
    @GetMapping("/sessions/{sid}/drafts")
    Answer<List<Resource<Draft>>> drafts(
            Caller caller, @PathVariable String sid, @RequestParam(defaultValue = "50") int limit) {
        checkLimit(limit);
        var agent = agent(caller);
        return guarded(() -> {
            var row = find(agent, sid);
            return Answer.of(drafts.of(row.user(), sid).stream()
                    .filter(draft -> isFor(draft, row, agent))
                    .limit(limit)
                    .map(AgentController::draft)
                    .toList());
        });
    }

    private static boolean isFor(Message draft, SessionRow row, UserKey agent) {
        return draft.from().role() == Role.AGENT ? draft.from().id().equals(agent.id()) : row.isHeldBy(agent);
    }

    private static Resource<Draft> draft(Message draft) {
        var attributes = draft.attributes();
        @SuppressWarnings("unchecked") // as Message writes it
        var from = (Map<String, Object>) attributes.getOrDefault("from", Map.of());
        return new Resource<>(
                draft.id(),
                "draft",
                new Draft(
                        String.valueOf(draft.sessionId()),
                        from,
                        draft.sentAt(),
                        draft.content().toMap(),
                        draft.replyTo()));
    }

    private SessionRow find(UserKey agent, String sid) {
        if (!SnowflakeIds.isId(sid)) {
            throw Problems.noSuchSession();
        }
        return store.find(agent.shop(), sid).orElseThrow(Problems::noSuchSession);
    }

    private static UserKey agent(Caller caller) {
        var self = caller.userKey();
        if (self.kind() != UserKey.Kind.AGENT) {
            throw new ProblemException(ProblemCode.FORBIDDEN, "An agent's token is needed");
        }
        return self;
    }

    private static Answer<Resource<Attributes>> answer(Holdings.Outcome outcome) {
        return switch (outcome) {
            case Holdings.Outcome.Done(var row) -> Answer.of(resource(row));
            case Holdings.Outcome.Held() ->
                throw new ProblemException(ProblemCode.HELD, "Another agent holds the session");
            case Holdings.Outcome.NotWaiting() ->
                throw new ProblemException(ProblemCode.CONFLICT, "The session does not wait for a person");
            case Holdings.Outcome.NotYours() ->
                throw new ProblemException(ProblemCode.FORBIDDEN, "The session is not held by this agent");
            case Holdings.Outcome.Closed() -> throw new ProblemException(ProblemCode.CLOSED, "The session is closed");
            case Holdings.Outcome.Away() ->
                throw new ProblemException(ProblemCode.AGENT_AWAY, "That agent is not connected");
            case Holdings.Outcome.Busy() ->
                throw new ProblemException(ProblemCode.AGENT_BUSY, "That agent holds as many sessions as one may");
        };
    }

    private Resource<Attributes> waiting(SessionRow row, int position) {
        return resource(row, position, estimates.of(row.shop(), position).toSeconds());
    }

    private static Resource<Attributes> resource(SessionRow row) {
        return resource(row, null, null);
    }

    private static Resource<Attributes> resource(SessionRow row, @Nullable Integer position, @Nullable Long estimate) {
        var user = row.user();
        return new Resource<>(
                row.sid(),
                "session",
                new Attributes(
                        row.owner(),
                        row.holder() == null ? null : new Person(row.holder(), row.holderName()),
                        new Shopper(user.id(), user.kind().name().toLowerCase(Locale.ROOT)),
                        row.number(),
                        row.device(),
                        row.locale(),
                        row.orderId(),
                        row.handoffReason(),
                        row.created(),
                        row.queuedAt() == null ? null : Instant.ofEpochMilli(row.queuedAt()),
                        position,
                        estimate));
    }

    private static String cursor(SessionRow row) {
        var place = HandOffTables.Place.of(row);
        return place.rank() + "." + place.id();
    }

    private static HandOffTables.Place place(@Nullable String cursor) {
        if (cursor == null) {
            return HandOffTables.Place.START;
        }
        var parts = CURSOR.matcher(cursor);
        if (!parts.matches() || !SnowflakeIds.isId(parts.group(2))) {
            throw ProblemException.invalid("after", "must be the meta.next of an earlier answer");
        }
        return new HandOffTables.Place(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)));
    }

    private static void checkLimit(int limit) {
        if (limit < 1 || limit > MOST_LISTED) {
            throw ProblemException.invalid("limit", "must be 1 to " + MOST_LISTED);
        }
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
