package io.xiaoer.ordersync.command;

import com.alibaba.fastjson2.JSON;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.IdempotencyKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// Lets work that a key names happen once, and gives its answer to whoever brings the key again within 24 hours.
///
/// The key, the work and its answer are one transaction: work that throws leaves no key behind. Keys belong to a shop;
/// the caller runs as that shop's tenant.
@Component
public class Idempotency {
    private static final Duration KEPT = Duration.ofHours(24);

    private final IdempotencyMapper keys;
    private final TransactionTemplate transaction;
    private final Clock clock;

    public Idempotency(IdempotencyMapper keys, PlatformTransactionManager transactions, Clock clock) {
        this.keys = keys;
        this.clock = clock;
        // Read committed: looking for a key that is not there then locks no gap, which would stop other keys.
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
    }

    /// Does the work, or gives the answer that it gave before.
    ///
    /// @param payload what was asked in a canonical form; another one under the same key is refused
    /// @param type of the answer; fastjson2 writes and reads it
    /// @throws ProblemException `idempotency_key_reused`, or `still_running` while another call holds the key
    public <T> T once(ShopId shop, IdempotencyKey key, String payload, Class<T> type, Supplier<T> work) {
        var fingerprint = sha256(payload);
        try {
            return Objects.requireNonNull(transaction.execute(status -> {
                var kept = findOrInsert(shop, key, fingerprint);
                if (kept != null) {
                    return answered(kept, fingerprint, type);
                }
                var answer = work.get();
                keys.answer(shop, key.value(), JSON.toJSONString(answer));
                return answer;
            }));
        } catch (PessimisticLockingFailureException | QueryTimeoutException held) {
            throw new ProblemException(ProblemCode.STILL_RUNNING, "The request with this key is still running", held)
                    .header("Retry-After", "1");
        }
    }

    private IdempotencyMapper.@Nullable Kept findOrInsert(ShopId shop, IdempotencyKey key, String fingerprint) {
        var now = clock.instant();
        var kept = keys.find(shop, key.value());
        if (kept != null && kept.createdAt().isBefore(now.minus(KEPT))) {
            keys.delete(shop, key.value());
            kept = null;
        }
        if (kept != null) {
            return kept;
        }
        try {
            keys.insert(shop, key.value(), fingerprint, now);
            return null;
        } catch (DuplicateKeyException overtaken) {
            return keys.find(shop, key.value());
        }
    }

    private static <T> T answered(IdempotencyMapper.Kept kept, String fingerprint, Class<T> type) {
        if (!kept.fingerprint().equals(fingerprint)) {
            throw new ProblemException(
                    ProblemCode.IDEMPOTENCY_KEY_REUSED, "This Idempotency-Key was used with another payload");
        }
        return Objects.requireNonNull(JSON.parseObject(kept.answer(), type));
    }

    @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT1M")
    void forgetOldKeys() {
        var before = clock.instant().minus(KEPT);
        BoundedSweep.of("idempotency", limit -> keys.forget(before, limit));
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
