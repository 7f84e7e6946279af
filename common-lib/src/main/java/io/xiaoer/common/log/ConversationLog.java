package io.xiaoer.common.log;

import com.alibaba.fastjson2.JSON;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.message.Content;
import io.xiaoer.common.message.MessageResource;
import io.xiaoer.common.message.Sender;
import io.xiaoer.common.message.Tongue;
import io.xiaoer.common.redis.LuaScript;
import io.xiaoer.common.redis.RedisKeys;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.StringRedisTemplate;

/// The roaming log of every user in Redis.
///
/// | key | type | meaning | who deletes it |
/// |---|---|---|---|
/// | `cs:chat:{u}` | stream | the last messages, entry `<id>-0` with `b` body, `n` nonce, `p` id before it | append
/// trims; TTL |
/// | `cs:nonce:{u}` | hash | `<role>:<sender>:<nonce>` → id, content hash, and of a question `?` and the ownership
/// number | trimmed with the stream; TTL |
/// | `cs:session:{u}` | hash | the open session, `sid` = `none` if there is none; `epoch`, `moved`, `erased` of the log
/// |
/// TTL |
/// | `cs:warm:{u}` | string | `<run_id>:<master_replid>` of the Redis that these keys were filled in, or why they are
/// cold | TTL |
/// | `cs:dialog:{u}` | hash | state of the running dialog, last question that moved it | the bot; TTL |
/// | `cs:rate:{u}` | list | times of the last messages | TTL of the window |
/// | `cs:draft:{u}` | list | `<id> <nonce>\n<body>` of what a stale number refused; the archive keeps it | bounded; TTL
/// |
///
/// All keys of a user share one slot and one TTL, which an append renews once a hundredth of it is gone. Not
/// guaranteed: that what stands here survives; Redis may be emptied or roll back. A user whose `warm` is not of this
/// Redis and its history (`lua-part/history.lua`) is cold: scripts change nothing until [#refill] has run from the
/// archive.
public final class ConversationLog {

    /// The most messages that one read gives.
    public static final int MAX_READ = 500;

    private static final int DRAFTS_KEPT = 20;
    /// Longer than a refill takes that began before an erasure.
    private static final Duration ERASURE_HOLD = Duration.ofMinutes(1);
    private static final LuaScript<List<String>> APPEND = LuaScript.strings("log/append_message");
    private static final LuaScript<List<String>> READ = LuaScript.strings("log/read_log");
    private static final LuaScript<List<String>> READ_BEFORE = LuaScript.strings("log/read_before");
    private static final LuaScript<Long> MAY_ACT = LuaScript.number("log/may_act");
    private static final LuaScript<List<String>> REFILL = LuaScript.strings("log/refill_log");
    private static final LuaScript<List<String>> WRITE_SESSION = LuaScript.strings("log/write_session");
    private static final LuaScript<List<String>> MARK_MOVED = LuaScript.strings("log/mark_moved");
    private static final LuaScript<List<String>> CHILL = LuaScript.strings("log/chill_log");
    private static final LuaScript<List<String>> DUMP = LuaScript.strings("log/dump_log");
    private static final LuaScript<List<String>> ERASE = LuaScript.strings("log/erase_log");

    private final StringRedisTemplate redis;
    private final SnowflakeIds ids;
    private final Clock clock;
    private final LogLimits limits;
    private final ToIntFunction<ShopId> messages;

    public ConversationLog(StringRedisTemplate redis, SnowflakeIds ids, Clock clock, LogLimits limits) {
        this(redis, ids, clock, limits, shop -> limits.messages());
    }

    /// @param messages how many messages a shopper of a shop may send within the window; asked for each, so it does not
    ///     wait
    public ConversationLog(
            StringRedisTemplate redis,
            SnowflakeIds ids,
            Clock clock,
            LogLimits limits,
            ToIntFunction<ShopId> messages) {
        this.messages = messages;
        this.redis = redis;
        this.ids = ids;
        this.clock = clock;
        this.limits = limits;
    }

    /// Appends in one round trip. Idempotent by the nonce.
    ///
    /// @throws org.springframework.dao.DataAccessException if Redis does not answer; whether it stored is then
    ///     unknown, and the same append again tells
    public AppendOutcome append(Append append) {
        var user = append.user();
        String nonce = append.nonceField();
        String hash = hash(append.original());
        int most = append.limited() ? messages.applyAsInt(user.shop()) : 0;
        boolean serverMade = append.nonce().indexOf(':') >= 0;
        var answer = APPEND.run(
                redis,
                keysOf(user),
                ids.next(),
                nonce,
                hash,
                append.body(clock.instant()),
                orEmpty(append.sessionId()),
                append.from().role().label(),
                append.from().id(),
                append.number() == null ? "" : append.number().toString(),
                Integer.toString(most),
                millis(limits.window()),
                Integer.toString(limits.kept()),
                SnowflakeIds.atTime(clock.instant().minus(limits.life())),
                millis(limits.life()),
                millis(limits.presenceAge()),
                millis(limits.sessionLife()),
                user.tag(),
                fenceNotice(append, HANDED_OFF, "已转人工客服，由人工继续为您服务。", "A person is taking over from here."),
                fenceNotice(append, CLOSED, "会话已结束。", "This session has been closed."),
                append.dialog() == null
                        ? ""
                        : append.dialog().state() == null
                                ? "-"
                                : append.dialog().state(),
                orEmpty(append.replyTo()),
                serverMade ? "1" : "0",
                Integer.toString(DRAFTS_KEPT),
                append.isRefused() ? "1" : "0");
        return outcome(answer, nonce, hash, most);
    }

    /// Reads what stands after an id.
    ///
    /// @param after an id or `0`
    /// @param limit at most [#MAX_READ]
    public LogSlice read(UserKey user, String after, int limit) {
        var keys = List.of(RedisKeys.chat(user), RedisKeys.warm(user), RedisKeys.session(user));
        var answer = READ.run(redis, keys, after, Integer.toString(Math.min(limit, MAX_READ)));
        var messages = new ArrayList<MessageResource>((answer.size() - 3) / 4);
        for (int i = 3; i + 3 < answer.size(); i += 4) {
            messages.add(new MessageResource(answer.get(i), answer.get(i + 1), answer.get(i + 2)));
        }
        return new LogSlice(
                answer.getFirst().equals("cold"), answer.get(1), answer.get(2).equals("1"), messages);
    }

    /// Whether a message stands in the log; false as well of a user whom Redis does not know.
    public boolean holds(UserKey user, String id) {
        String before = Long.toString(Long.parseLong(id) - 1);
        var found = read(user, before, 1);
        return found.messages().stream().anyMatch(message -> message.id().equals(id));
    }

    /// Whether the bot may still act on a question: nothing was said as its outcome, and nobody took the session.
    ///
    /// @param number the ownership number it was asked under
    /// @throws org.springframework.dao.DataAccessException if Redis does not answer
    public Standing standing(UserKey user, String sessionId, String question, long number) {
        var keys = List.of(RedisKeys.nonces(user), RedisKeys.session(user), RedisKeys.warm(user));
        long standing = MAY_ACT.run(
                redis, keys, Append.nonceField(Append.replyNonce(question)), sessionId, Long.toString(number));
        return standing < 0
                ? Standing.UNKNOWN
                : standing == 0 ? Standing.OVERTAKEN : standing == 1 ? Standing.OPEN : Standing.MOVED;
    }

    /// How a question stands.
    public enum Standing {
        /// It is the bot's, and has no outcome.
        OPEN,
        /// It has its outcome, or the session is another's now, or over.
        OVERTAKEN,
        /// The log became part of a user's, and the question with it.
        MOVED,
        /// Redis does not know the user.
        UNKNOWN
    }

    /// Reads what stands before an id, as far as Redis knows it; empty if it does not know the user.
    ///
    /// @param limit at most [#MAX_READ]
    /// @return newest first
    public List<MessageResource> readBefore(UserKey user, String before, int limit) {
        var keys = List.of(RedisKeys.chat(user), RedisKeys.warm(user));
        var answer = READ_BEFORE.run(redis, keys, before, Integer.toString(Math.min(limit, MAX_READ)));
        var messages = new ArrayList<MessageResource>((answer.size() - 1) / 3);
        for (int i = 1; i + 2 < answer.size(); i += 3) {
            messages.add(new MessageResource(answer.get(i), answer.get(i + 1), answer.get(i + 2)));
        }
        return messages;
    }

    /// Installs what the archive knows, if the user is still cold, and tells every node to register its connections.
    ///
    /// @param entries at most [LogLimits#kept()], oldest first
    /// @param before the id that stands before the first of them in the archive, `0` if none does
    /// @return whether this call filled it; false if somebody was faster
    public boolean refill(UserKey user, String before, List<LogEntry> entries, @Nullable OpenSession session) {
        return refill(user, new Filling("*", before, entries, session, "", null)) == Filled.FILLED;
    }

    /// Installs what is known of a user, if the user is as cold as when it was read, and tells every node to register
    /// its connections.
    public Filled refill(UserKey user, Filling filling) {
        var keys = List.of(RedisKeys.chat(user), RedisKeys.nonces(user), RedisKeys.session(user), RedisKeys.warm(user));
        var fields = filling.fields();
        var arguments =
                new ArrayList<String>(4 + fields.size() + filling.entries().size() * 5);
        Collections.addAll(
                arguments, user.tag(), millis(limits.life()), filling.coldness(), Integer.toString(fields.size()));
        arguments.addAll(fields);
        String prev = filling.before();
        for (LogEntry entry : filling.entries()) {
            Collections.addAll(arguments, entry.id(), prev, entry.nonce(), entry.hash(), entry.body());
            prev = entry.id();
        }
        return switch (REFILL.run(redis, keys, arguments.toArray()).getFirst()) {
            case "filled" -> Filled.FILLED;
            case "warm" -> Filled.WARM;
            default -> Filled.CHANGED;
        };
    }

    /// What became of a refill.
    public enum Filled {
        FILLED,
        /// Somebody was faster.
        WARM,
        /// The user went cold again meanwhile: what was read may lack something.
        CHANGED
    }

    /// What makes the user cold, to be read before the archive and given to [#refill(UserKey, Filling)].
    public String coldness(UserKey user) {
        return orEmpty(redis.opsForValue().get(RedisKeys.warm(user)));
    }

    /// Makes a user cold on purpose, so that the next use fills the log from all that is the user's now. Repeatable.
    ///
    /// @param running a dialog that goes on in this log, unless a later one does
    public void chill(UserKey user, RunningDialog running) {
        CHILL.run(
                redis,
                List.of(RedisKeys.warm(user), RedisKeys.dialog(user)),
                UUID.randomUUID().toString(),
                millis(limits.life()),
                running.state(),
                running.question());
    }

    /// Marks a guest's log as part of a user's: appends are answered [AppendOutcome.Moved]. Repeatable.
    ///
    /// @param settled whether all of it stands in the user's log; what the guest's slot holds then goes
    /// @return the dialog that runs there
    public RunningDialog markMoved(UserKey guest, UserKey to, boolean settled) {
        var keys = List.of(
                RedisKeys.chat(guest),
                RedisKeys.nonces(guest),
                RedisKeys.session(guest),
                RedisKeys.warm(guest),
                RedisKeys.dialog(guest),
                RedisKeys.drafts(guest),
                RedisKeys.online(guest),
                RedisKeys.read(guest));
        var dialog = MARK_MOVED.run(redis, keys, guest.tag(), to.tag(), settled ? "1" : "0", millis(limits.life()));
        return new RunningDialog(dialog.get(0), dialog.get(1));
    }

    /// All that Redis holds of a log that nothing is appended to: of a user who was made cold by [#chill], or of a
    /// guest whose log has moved. Empty if that is not all that was appended.
    public Optional<List<LogEntry>> dump(UserKey user) {
        var keys = List.of(RedisKeys.chat(user), RedisKeys.nonces(user), RedisKeys.session(user), RedisKeys.warm(user));
        var answer = DUMP.run(redis, keys);
        if (!answer.getFirst().equals("whole")) {
            return Optional.empty();
        }
        var entries = new ArrayList<LogEntry>(answer.size() / 4);
        for (int i = 1; i + 3 < answer.size(); i += 4) {
            entries.add(new LogEntry(answer.get(i), answer.get(i + 1), answer.get(i + 2), answer.get(i + 3)));
        }
        return Optional.of(entries);
    }

    /// Erases all that Redis holds of a user and ends the user's connections on every node. Repeatable.
    ///
    /// @param noted up to which id the caller keeps anything from coming back
    /// @return the newest id that stood there, `0` if none did; nothing was erased if it is above the noted one
    public String erase(UserKey user, String noted) {
        var keys = new ArrayList<>(keysOf(user));
        keys.add(RedisKeys.read(user));
        keys.add(RedisKeys.writes(user));
        return ERASE.run(redis, keys, user.tag(), UUID.randomUUID().toString(), millis(ERASURE_HOLD), noted)
                .getFirst();
    }

    /// What a stale ownership number refused in a user's sessions, as Redis still knows it, newest first; at most 20.
    public List<LogEntry> drafts(UserKey user) {
        var kept = redis.opsForList().range(RedisKeys.drafts(user), 0, DRAFTS_KEPT - 1);
        return kept == null
                ? List.of()
                : kept.stream()
                        .map(draft -> new LogEntry(
                                draft.substring(0, draft.indexOf(' ')),
                                draft.substring(draft.indexOf(' ') + 1, draft.indexOf('\n')),
                                "",
                                draft.substring(draft.indexOf('\n') + 1)))
                        .toList();
    }

    /// Writes the open session, only upward.
    public SessionWrite writeSession(UserKey user, OpenSession session) {
        var keys = List.of(RedisKeys.session(user), RedisKeys.warm(user));
        var arguments = new ArrayList<String>();
        Collections.addAll(
                arguments,
                session.id(),
                session.turn(),
                session.owner(),
                Long.toString(session.number()),
                millis(limits.life()));
        Collections.addAll(arguments, session.fields());
        return switch (WRITE_SESSION.run(redis, keys, arguments.toArray()).getFirst()) {
            case "written" -> SessionWrite.WRITTEN;
            case "older" -> SessionWrite.OLDER;
            default -> SessionWrite.COLD;
        };
    }

    /// What became of a session's write.
    public enum SessionWrite {
        WRITTEN,
        /// Something newer stands there.
        OLDER,
        /// Redis does not know the user: a refill reads the row anyway.
        COLD
    }

    private static final String HANDED_OFF = "handed_off";
    private static final String CLOSED = "closed";

    /// What stands in the log in the place of a reply that comes too late, in the language of that reply.
    private String fenceNotice(Append append, String code, String chinese, String english) {
        if (append.number() == null || append.replyTo() == null) {
            return "";
        }
        String said = switch (append.content()) {
            case Content.Text(var text) -> text;
            case Content.Choice(var prompt, var _, var _) -> prompt;
            case Content.Card(var _, var text, var _) -> text == null ? "" : text;
            case Content.Image _, Content.Action _, Content.Notice _ -> "";
        };
        var notice = new Content.Notice(code, Tongue.of(said).orElse(Tongue.ZH).of(chinese, english));
        return append.body(Sender.SYSTEM, notice, null, clock.instant());
    }

    /// Whether a notice says that a reply came too late.
    static boolean isFence(Content.Notice notice) {
        return notice.code().equals(HANDED_OFF) || notice.code().equals(CLOSED);
    }

    /// All keys of a user, as the scripts that touch all of them take them.
    private static List<String> keysOf(UserKey user) {
        return List.of(
                RedisKeys.chat(user),
                RedisKeys.nonces(user),
                RedisKeys.session(user),
                RedisKeys.online(user),
                RedisKeys.warm(user),
                RedisKeys.dialog(user),
                RedisKeys.rate(user),
                RedisKeys.drafts(user));
    }

    private static AppendOutcome outcome(List<String> answer, String nonce, String hash, int most) {
        return switch (answer.getFirst()) {
            case "ok", "duplicate" ->
                new AppendOutcome.Stored(
                        resource(answer),
                        nonce,
                        answer.get(8).isEmpty() ? hash : hash + '?' + answer.get(8),
                        answer.get(4),
                        answer.get(5).isEmpty() ? 0 : Long.parseLong(answer.get(5)),
                        answer.get(6),
                        answer.get(7),
                        answer.getFirst().equals("duplicate"),
                        answer.get(8).isEmpty() ? null : Long.valueOf(answer.get(8)));
            case "conflict" -> new AppendOutcome.Conflict(answer.get(1));
            case "cold" -> new AppendOutcome.Cold();
            case "closed" -> new AppendOutcome.Closed();
            case "forbidden" -> new AppendOutcome.Forbidden();
            case "refused" -> new AppendOutcome.Refused();
            case "limited" -> new AppendOutcome.Limited(Duration.ofMillis(Long.parseLong(answer.get(1))), most);
            case "fenced" -> new AppendOutcome.Fenced(answer.get(1).isEmpty() ? null : resource(answer), nonce, hash);
            case "moved" ->
                new AppendOutcome.Moved(
                        UserKey.parse(answer.get(1)), answer.get(2).equals("1"));
            case "erased" -> new AppendOutcome.Erased();
            default -> throw new IllegalStateException("unknown answer of the append");
        };
    }

    private static MessageResource resource(List<String> answer) {
        return new MessageResource(answer.get(1), answer.get(2), answer.get(3));
    }

    private static String hash(Content content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(JSON.toJSONString(content.toMap()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }
}
