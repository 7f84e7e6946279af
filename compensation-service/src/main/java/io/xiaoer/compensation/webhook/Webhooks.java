package io.xiaoer.compensation.webhook;

import io.xiaoer.common.crypto.FieldAddress;
import io.xiaoer.common.crypto.FieldCipher;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.rest.IdempotencyKey;
import io.xiaoer.common.tenant.Tenant;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/// The endpoints of shops.
///
/// | table | a row is | who deletes it |
/// |---|---|---|
/// | `webhook` | an endpoint | the sweep, when it is deleted and its deliveries have gone |
/// | `webhook_secret` | a secret that signs | the sweep, some time after `until_at` or with its endpoint |
/// | `webhook_version` | the one row that each change of an endpoint counts up, and so waits for | nobody |
@Component
public class Webhooks {
    private static final Logger LOGGER = LoggerFactory.getLogger(Webhooks.class);
    static final String SECRETS = "webhook_secret";

    static final Duration KEPT = Duration.ofHours(24);

    private static final int MOST_SECRETS = 5;

    private final WebhookMapper mapper;
    private final FieldCipher cipher;
    private final WebhookSettings settings;
    private final SnowflakeIds ids;
    private final RandomGenerator chance;
    private final Clock clock;

    Webhooks(
            WebhookMapper mapper,
            FieldCipher cipher,
            WebhookSettings settings,
            SnowflakeIds ids,
            RandomGenerator chance,
            Clock clock) {
        this.mapper = mapper;
        this.cipher = cipher;
        this.settings = settings;
        this.ids = ids;
        this.chance = chance;
        this.clock = clock;
    }

    /// An endpoint with a secret that was just made.
    public record Made(Webhook webhook, SigningSecret secret) {}

    /// Makes one, once for each key. Where an answer was lost the same call gets the secret, which is shown
    /// nowhere else.
    ///
    /// @param key what the shop names this call by, if it does; forgotten after [#KEPT], or with the endpoint
    /// @throws ProblemException 409 if the shop has as many as it may have, `idempotency_key_reused`
    @Transactional(isolation = Isolation.READ_COMMITTED)
    public Made create(ShopId shop, String actor, String url, Set<WebhookEvent> events, @Nullable IdempotencyKey key) {
        return Tenant.call(shop, () -> {
            mapper.changed(); // whoever creates another waits here, so that the count holds
            var now = clock.instant();
            var hash = key == null ? null : sha256(key.value());
            var known = hash == null ? null : mapper.madeUnder(shop, hash, now.minus(KEPT));
            if (known != null) {
                return again(shop, known, url, events);
            }
            if (mapper.count(shop) >= settings.perShop()) {
                throw new ProblemException(
                        ProblemCode.CONFLICT, "A shop has at most " + settings.perShop() + " webhooks");
            }
            var id = ids.next();
            mapper.insert(shop, id, url, WebhookEvent.joined(events), now, hash);
            var secret = addSecret(shop, id);
            told(shop, id, actor, "created");
            return new Made(Objects.requireNonNull(mapper.find(shop, id), "it was just made"), secret);
        });
    }

    private Made again(ShopId shop, Webhook known, String url, Set<WebhookEvent> events) {
        if (!known.url().equals(url) || !known.subscriptions().equals(events)) {
            throw new ProblemException(
                    ProblemCode.IDEMPOTENCY_KEY_REUSED, "This Idempotency-Key was used for another webhook");
        }
        return new Made(known, opened(shop, known.id(), mapper.firstSecret(shop, known.id())));
    }

    public Optional<Webhook> find(ShopId shop, String id) {
        return Tenant.call(shop, () -> Optional.ofNullable(mapper.find(shop, id)));
    }

    /// @throws ProblemException 404 if the shop has no such endpoint
    public Webhook require(ShopId shop, String id) {
        return find(shop, id)
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such webhook"));
    }

    List<Webhook> list(ShopId shop, long before, int limit) {
        return Tenant.call(shop, () -> mapper.list(shop, before, limit));
    }

    /// Makes a new secret; those before sign beside it for a while.
    ///
    /// @throws ProblemException 409 if that would make too many that sign
    @Transactional(isolation = Isolation.READ_COMMITTED)
    public Made rotate(ShopId shop, String id, String actor) {
        return Tenant.call(shop, () -> {
            mapper.changed();
            var webhook = require(shop, id);
            var now = clock.instant();
            if (mapper.secrets(shop, id, now).size() >= MOST_SECRETS) {
                throw new ProblemException(
                        ProblemCode.CONFLICT, "At most " + MOST_SECRETS + " secrets sign at one time");
            }
            mapper.endSecret(shop, id, now.plus(settings.oldSecret()));
            var secret = addSecret(shop, id);
            told(shop, id, actor, "rotated");
            return new Made(webhook, secret);
        });
    }

    /// From here on it is told nothing; its row and log go with the next sweeps.
    @Transactional(isolation = Isolation.READ_COMMITTED)
    public void delete(ShopId shop, String id, String actor) {
        change(shop, id, Webhook.Status.DELETED, null, actor);
    }

    /// It is told again of what happens from now on.
    @Transactional(isolation = Isolation.READ_COMMITTED)
    public void enable(ShopId shop, String id, String actor) {
        change(shop, id, Webhook.Status.ENABLED, null, actor);
    }

    /// The suite tells it nothing any more; says whether it did so before.
    @Transactional(isolation = Isolation.READ_COMMITTED)
    public boolean disable(ShopId shop, String id, String reason) {
        return change(shop, id, Webhook.Status.DISABLED, reason, "compensation-service");
    }

    /// Nothing is sent to it before this moment.
    public void pause(ShopId shop, String id, Instant until) {
        Tenant.run(shop, () -> mapper.pause(shop, id, until));
    }

    /// What a delivery is signed with now, the newest first; empty if the endpoint is gone.
    public List<SigningSecret> secrets(ShopId shop, String id, Instant now) {
        return Tenant.call(shop, () -> mapper.secrets(shop, id, now)).stream()
                .map(row -> opened(shop, id, row))
                .toList();
    }

    private SigningSecret opened(ShopId shop, String webhook, WebhookMapper.SealedSecret sealed) {
        return new SigningSecret(Objects.requireNonNull(
                cipher.decrypt(sealed.secret(), address(shop, webhook, sealed.id())), "a secret is never null"));
    }

    private boolean change(ShopId shop, String id, Webhook.Status status, @Nullable String reason, String actor) {
        return Tenant.call(shop, () -> {
            mapper.changed();
            boolean changed = mapper.change(shop, id, status, reason);
            if (changed) {
                told(shop, id, actor, status.name());
            }
            return changed;
        });
    }

    private SigningSecret addSecret(ShopId shop, String webhook) {
        var secret = SigningSecret.make(chance);
        var id = ids.next();
        var encrypted = cipher.encrypt(secret.value(), address(shop, webhook, id));
        mapper.insertSecret(shop, webhook, id, Objects.requireNonNull(encrypted, "a secret is never null"));
        return secret;
    }

    static FieldAddress address(ShopId shop, String webhook, String id) {
        return new FieldAddress(SECRETS, List.of(shop.value(), webhook, id), "secret");
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private static void told(ShopId shop, String id, String actor, String action) {
        LOGGER.atInfo()
                .addKeyValue("shop_id", shop.value())
                .addKeyValue("webhook", id)
                .addKeyValue("actor", actor)
                .addKeyValue("action", action)
                .log("A webhook was changed");
    }
}
