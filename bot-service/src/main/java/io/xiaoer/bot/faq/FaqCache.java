package io.xiaoer.bot.faq;

import io.xiaoer.bot.words.Language;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.text.PlainText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/// Which entry answered a question lately, in Redis, for every instance.
///
/// | key | type | meaning | TTL |
/// |---|---|---|---|
/// | `faq:<shop>:<hash>` | string | `<score> <entry id>` | 5 minutes, nobody deletes it earlier |
///
/// The hash is over the revision of the FAQ, the language and the plain form of the question: another revision is
/// another key.
///
/// Not guaranteed: that anything is there. While Redis is away reads miss and writes are dropped.
@Component
final class FaqCache {

    static final Duration LIFE = Duration.ofMinutes(5);
    /// More than that of a command, so that its verdict is heard.
    private static final Duration PATIENCE = Duration.ofMillis(1500);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Logger LOGGER = LoggerFactory.getLogger(FaqCache.class);

    private final StringRedisTemplate redis;
    private final ReactiveStringRedisTemplate async;
    private final Clock clock;
    private volatile Instant restsUntil = Instant.MIN;

    FaqCache(StringRedisTemplate redis, ReactiveStringRedisTemplate async, Clock clock) {
        this.redis = redis;
        this.async = async;
        this.clock = clock;
    }

    /// An entry that answered, and how well.
    record Hit(String entry, double score) {}

    /// A look that is under way for the words of a question.
    record Look(FaqCopy copy, CompletableFuture<@Nullable String> value) {}

    /// Begins to look, and does not wait.
    @Nullable
    Look ahead(ShopId shop, FaqCopy copy, String text, Language language) {
        return clock.instant().isBefore(restsUntil)
                ? null
                : new Look(
                        copy,
                        async.opsForValue().get(key(shop, copy, text, language)).toFuture());
    }

    /// What answered these words under this revision, null if nothing is known.
    ///
    /// @param ahead the look for these words that is under way, null if there is none
    @Nullable
    Hit find(ShopId shop, FaqCopy copy, String text, Language language, @Nullable Look ahead) {
        if (clock.instant().isBefore(restsUntil)) {
            return null;
        }
        try {
            String value = ahead != null && ahead.copy() == copy
                    ? ahead.value().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    : redis.opsForValue().get(key(shop, copy, text, language));
            int space = value == null ? -1 : value.indexOf(' ');
            return value == null || space < 0
                    ? null
                    : new Hit(value.substring(space + 1), Double.parseDouble(value.substring(0, space)));
        } catch (DataAccessException | NumberFormatException | ExecutionException | TimeoutException e) {
            rest(e);
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /// Remembers what answered; does not wait.
    void remember(ShopId shop, FaqCopy copy, String text, Language language, FaqCandidate answer) {
        if (clock.instant().isBefore(restsUntil)) {
            return;
        }
        String value = answer.score() + " " + answer.entry().id();
        async.opsForValue().set(key(shop, copy, text, language), value, LIFE).subscribe(stored -> {}, this::rest);
    }

    private void rest(Throwable cause) {
        restsUntil = clock.instant().plus(AFTER_FAILURE);
        LOGGER.atDebug().setCause(cause).log("The FAQ cache rests");
    }

    private static String key(ShopId shop, FaqCopy copy, String text, Language language) {
        return FaqDraft.cacheKey(shop, copy.revision() + "\n" + language + "\n" + PlainText.of(text));
    }
}
