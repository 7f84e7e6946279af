package io.xiaoer.bot.dialog.engine;

import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.dialog.function.FunctionSpec;
import io.xiaoer.common.id.UserKey;
import io.xiaoer.common.log.ConversationLog;
import io.xiaoer.common.redis.LuaScript;
import io.xiaoer.common.redis.RedisKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;

/// Looks at the question's log for who owns the session, and counts writes beside it.
///
/// | key | type | meaning | who deletes |
/// |---|---|---|---|
/// | `cs:writes:{u}` | set | `<UTC day> <function> <key>` of each counted write | an admission, those of earlier days;
/// the
/// erasure of the user; TTL of two days |
///
/// Not guaranteed: that a count survives an emptied Redis; what must hold for good is a rule of the function's own
/// service. While Redis is away no write is admitted.
public final class RedisWriteGate implements WriteGate {

    private static final Logger LOGGER = LoggerFactory.getLogger(RedisWriteGate.class);
    private static final Duration LIFE = Duration.ofDays(2);
    private static final LuaScript<Long> ADMIT = LuaScript.number("dialog/admit_write");

    private final StringRedisTemplate redis;
    private final ConversationLog log;
    private final Clock clock;

    public RedisWriteGate(StringRedisTemplate redis, ConversationLog log, Clock clock) {
        this.redis = redis;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public Admission admit(Question question, FunctionSpec function, String key) {
        try {
            return switch (log.standing(question.user(), question.sessionId(), question.id(), question.number())) {
                case OVERTAKEN, MOVED -> Admission.OVERTAKEN;
                case UNKNOWN -> Admission.UNKNOWN;
                case OPEN ->
                    function.perBuyerDay() == 0 || counted(question.user(), function, key)
                            ? Admission.ADMITTED
                            : Admission.TOO_MANY;
            };
        } catch (DataAccessException e) {
            LOGGER.atWarn().addKeyValue("message_id", question.id()).setCause(e).log("A write could not be admitted");
            return Admission.UNKNOWN;
        }
    }

    private boolean counted(UserKey user, FunctionSpec function, String key) {
        return ADMIT.run(
                        redis,
                        List.of(RedisKeys.writes(user)),
                        today(),
                        function.name(),
                        key,
                        Integer.toString(function.perBuyerDay()),
                        Long.toString(LIFE.toMillis()))
                == 1;
    }

    @Override
    public void giveBack(Question question, FunctionSpec function, String key) {
        if (function.perBuyerDay() == 0) {
            return;
        }
        try {
            redis.opsForSet().remove(RedisKeys.writes(question.user()), today() + ' ' + function.name() + ' ' + key);
        } catch (DataAccessException e) {
            LOGGER.atWarn()
                    .addKeyValue("message_id", question.id())
                    .addKeyValue("function", function.name())
                    .setCause(e)
                    .log("A write that did not happen counts until tomorrow");
        }
    }

    private String today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString();
    }
}
