package io.xiaoer.session.conversation;

import io.xiaoer.common.access.Caller;
import io.xiaoer.common.access.Scopes;
import io.xiaoer.common.access.VerifiedToken;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.LogLimits;
import io.xiaoer.common.message.InvalidContent;
import io.xiaoer.common.message.Role;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.Answer;
import io.xiaoer.session.archive.History;
import io.xiaoer.session.archive.Unavailable;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/// Saying something and reading what was said, over REST.
@RestController
@RequestMapping(SessionController.PATH + "/{sid}/messages")
class MessageController {

    private static final Pattern CLIENT_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int MOST_LISTED = 200;
    private static final int LONGEST_POLL_S = 25;

    private final MessageRoad road;
    private final SentContent contents;
    private final Correspondents correspondents;
    private final PromptAnswers prompt;
    private final LongPolls polls;
    private final History history;

    MessageController(
            MessageRoad road,
            SentContent contents,
            Correspondents correspondents,
            PromptAnswers prompt,
            LongPolls polls,
            History history) {
        this.road = road;
        this.contents = contents;
        this.correspondents = correspondents;
        this.prompt = prompt;
        this.polls = polls;
        this.history = history;
    }

    /// @param text short for content of kind `text`
    /// @param number the ownership number that an agent writes it under
    record Wish(
            @Nullable String id,
            @Nullable String text,
            @Nullable Map<String, Object> content,
            @Nullable Long number) {}

    @PostMapping
    ResponseEntity<Answer<MessageView>> say(VerifiedToken token, @PathVariable String sid, @RequestBody Wish wish) {
        var sending = sending(token, sid, wish);
        return MessageAnswers.accepted(sending, accept(sending), null);
    }

    @PostMapping(headers = "Prefer")
    DeferredResult<ResponseEntity<Answer<MessageView>>> sayAndWait(
            VerifiedToken token, @PathVariable String sid, @RequestBody Wish wish, HttpServletRequest request) {
        var sending = sending(token, sid, wish);
        var wait = Prefer.waitOf(request.getHeaders("Prefer"));
        if (wait.isPresent()) {
            return prompt.ask(sending, wait.get(), this::accept);
        }
        var now = new DeferredResult<ResponseEntity<Answer<MessageView>>>();
        now.setResult(MessageAnswers.accepted(sending, accept(sending), null));
        return now;
    }

    @GetMapping
    ResponseEntity<Answer<List<MessageView>>> read(
            Caller caller,
            @PathVariable String sid,
            @RequestParam(name = "last_message_id", required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(defaultValue = "50") int limit) {
        checkCursor("last_message_id", after);
        checkCursor("before", before);
        checkLimit(limit);
        if (after != null && before != null) {
            throw ProblemException.invalid("before", "must not come with last_message_id");
        }
        var user = correspondents.reader(caller, sid);
        try {
            return MessageAnswers.page(
                    before == null
                            ? history.after(user, after == null ? SnowflakeIds.ZERO : after, limit)
                            : history.before(user, before, limit),
                    role(caller));
        } catch (Unavailable e) {
            throw Problems.unavailable(e);
        }
    }

    @GetMapping(params = "wait")
    DeferredResult<ResponseEntity<Answer<List<MessageView>>>> poll(
            Caller caller,
            @PathVariable String sid,
            @RequestParam(name = "last_message_id", required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam int wait) {
        checkCursor("last_message_id", after);
        checkLimit(limit);
        if (before != null) {
            throw ProblemException.invalid("before", "must not come with wait");
        }
        if (wait < 0 || wait > LONGEST_POLL_S) {
            throw ProblemException.invalid("wait", "must be 0 to " + LONGEST_POLL_S);
        }
        var user = correspondents.reader(caller, sid);
        try {
            return polls.poll(
                    user,
                    role(caller),
                    after == null ? SnowflakeIds.ZERO : after,
                    limit,
                    Duration.ofSeconds(wait),
                    page -> readable(caller, sid, page));
        } catch (Unavailable e) {
            throw Problems.unavailable(e);
        }
    }

    /// A session may have been passed on while its agent's call waited. Who closed it is told so, and
    /// nothing of what the shopper says in the next one. A shopper's log stays their own.
    ///
    /// @throws ProblemException as for an agent who asks now
    private History.Page readable(Caller caller, String sid, History.Page page) {
        if (role(caller) != Role.AGENT) {
            return page;
        }
        var said = correspondents.hasClosed(caller, sid) ? in(sid, page) : page;
        if (said == page || said.messages().isEmpty()) {
            correspondents.reader(caller, sid);
        }
        return said;
    }

    private static History.Page in(String sid, History.Page page) {
        var said = page.messages().stream()
                .filter(message -> sid.equals(message.message().sessionId()))
                .toList();
        return new History.Page(said.isEmpty() ? page.last() : said.getLast().id(), page.complete(), said);
    }

    private MessageRoad.Sending sending(VerifiedToken token, String sid, Wish wish) {
        var speaker = correspondents.speaker(token, sid);
        var caller = token.caller();
        String id = wish.id() == null ? UUID.randomUUID().toString() : wish.id();
        if (!CLIENT_ID.matcher(id).matches()) {
            throw ProblemException.invalid("id", "must be 1 to 64 of A-Za-z0-9_-");
        }
        if ((wish.text() == null) == (wish.content() == null)) {
            throw ProblemException.invalid("content", "must be given, or text in its place");
        }
        String prefix = wish.content() == null ? "" : "content.";
        var content =
                wish.content() == null ? Map.of("kind", "text", "text", String.valueOf(wish.text())) : wish.content();
        try {
            return new MessageRoad.Sending(
                    speaker.user(),
                    speaker.from(),
                    id,
                    sid,
                    contents.read(speaker.user().shop(), content, speaker.isAgent()),
                    caller.has(Scopes.CHAT) || caller.has(Scopes.GUEST),
                    speaker.isAgent() ? wish.number() : null);
        } catch (InvalidContent e) {
            throw Problems.of(prefix, e);
        }
    }

    private MessageRoad.Outcome.Accepted accept(MessageRoad.Sending sending) {
        return switch (road.send(sending)) {
            case MessageRoad.Outcome.Accepted accepted -> accepted;
            case MessageRoad.Outcome.Conflict conflict ->
                throw new ProblemException(
                        ProblemCode.CONFLICT, "The id stands for other content, message " + conflict.messageId());
            case MessageRoad.Outcome.Closed(var kept) -> throw kept ? Problems.closedAndKept() : Problems.closed();
            case MessageRoad.Outcome.NotFound notFound -> throw Problems.noSuchSession();
            case MessageRoad.Outcome.Forbidden forbidden ->
                throw new ProblemException(ProblemCode.FORBIDDEN, "The session is not held by this agent");
            case MessageRoad.Outcome.Fenced fenced ->
                throw new ProblemException(
                        ProblemCode.FORBIDDEN, "The session has changed hands; what was said is kept as a draft");
            case MessageRoad.Outcome.Refused refused ->
                throw new ProblemException(ProblemCode.FORBIDDEN, "The message holds words that the shop refuses");
            case MessageRoad.Outcome.Limited limited ->
                throw Problems.limited(limited.retryAfter(), limited.messages(), LogLimits.CONTRACT.window());
            case MessageRoad.Outcome.Unavailable unavailable ->
                throw new ProblemException(
                                ProblemCode.UNAVAILABLE,
                                "The message is not stored for sure; send it again with its id")
                        .header("Retry-After", "1");
        };
    }

    private static Role role(Caller caller) {
        return caller.userKey().kind() == UserKey.Kind.AGENT ? Role.AGENT : Role.USER;
    }

    private static void checkCursor(String field, @Nullable String cursor) {
        if (cursor != null && !SnowflakeIds.isId(cursor)) {
            throw ProblemException.invalid(field, "must be a message id or 0");
        }
    }

    private static void checkLimit(int limit) {
        if (limit < 1 || limit > MOST_LISTED) {
            throw ProblemException.invalid("limit", "must be 1 to " + MOST_LISTED);
        }
    }
}
