package io.xiaoer.ordersync.source;

import io.xiaoer.common.crypto.FieldAddress;
import io.xiaoer.common.crypto.FieldCipher;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.tenant.Tenant;
import io.xiaoer.ordersync.source.Platform.Proof;
import io.xiaoer.ordersync.source.PulledPlatform.Access;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/// The platforms of shops, in MariaDB, table `order_source`.
///
/// `secret` proves what a platform pushes, `access_token` lets us ask it; both are encrypted. After a change of the
/// secret the one before it counts for [#OLD_SECRET] more. When the keys change they are encrypted anew. A row goes
/// when its merchant deletes it, its notes with it; orders that came by it stay.
@Component
class Sources {

    static final int MOST = 20;
    static final Duration OLD_SECRET = Duration.ofDays(1);

    static final String TABLE = "order_source";
    private static final Duration FIRST_LOOK_BACK = Duration.ofDays(60);
    private static final int SECRET_BYTES = 32;
    private static final int ID_BYTES = 18;

    private final SourceMapper mapper;
    private final FieldCipher cipher;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Sources(SourceMapper mapper, FieldCipher cipher, Clock clock) {
        this.mapper = mapper;
        this.cipher = cipher;
        this.clock = clock;
    }

    /// What became of a wish.
    ///
    /// @param secret a secret that was made here, to be shown this once
    record Put(SourceRow source, boolean created, @Nullable String secret) {}

    Optional<SourceRow> find(ShopId shop, String name) {
        return Tenant.call(shop, () -> Optional.ofNullable(mapper.find(shop, name)));
    }

    Optional<SourceRow> byEvents(String id) {
        return Optional.ofNullable(mapper.byEvents(id));
    }

    /// Makes a source or changes one. What a wish leaves out stays.
    ///
    /// @throws ProblemException if it lacks what its platform needs, or would turn into another platform's
    @Transactional(isolation = Isolation.READ_COMMITTED)
    public Put put(ShopId shop, String name, SourceWish wish) {
        return Tenant.call(shop, () -> {
            var stored = mapper.lock(shop, name);
            return stored == null ? created(shop, name, wish) : changed(stored, wish);
        });
    }

    /// Makes another secret for a source whose secret is made here.
    ///
    /// @throws ProblemException 404 if there is none of this name, 409 if its secret comes from the platform
    @Transactional(isolation = Isolation.READ_COMMITTED)
    public Put rotate(ShopId shop, String name) {
        return Tenant.call(shop, () -> {
            var stored = mapper.lock(shop, name);
            if (stored == null) {
                throw new ProblemException(ProblemCode.NOT_FOUND, "There is no such source");
            }
            if (stored.platform() != PlatformKind.WEBHOOK) {
                throw new ProblemException(
                        ProblemCode.CONFLICT, "The platform makes this secret: put the new one as webhook_secret");
            }
            var secret = newSecret();
            var next = withSecret(stored, secret);
            mapper.update(next);
            return new Put(next, false, secret);
        });
    }

    @Transactional
    public boolean delete(ShopId shop, String name) {
        return Tenant.call(shop, () -> {
            mapper.forgetNotes(shop, name);
            return mapper.delete(shop, name);
        });
    }

    /// What a delivery of the source is measured against.
    Proof proof(SourceRow source) {
        return new Proof(secrets(source), source.address() == null ? null : URI.create(source.address()));
    }

    private List<String> secrets(SourceRow source) {
        var secrets = new ArrayList<String>();
        secrets.add(Objects.requireNonNull(cipher.decrypt(source.secret(), at(source, "secret"))));
        var until = source.previousUntil();
        if (source.previousSecret() != null && until != null && clock.instant().isBefore(until)) {
            secrets.add(Objects.requireNonNull(cipher.decrypt(source.previousSecret(), at(source, "secret"))));
        }
        return secrets;
    }

    /// How a source that can be asked is asked.
    Access access(SourceRow source) {
        var token = cipher.decrypt(source.accessToken(), at(source, "access_token"));
        if (source.address() == null || token == null) {
            throw new IllegalStateException("a source that is asked has an address and a token");
        }
        return new Access(URI.create(source.address()), token);
    }

    private Put created(ShopId shop, String name, SourceWish wish) {
        if (mapper.count(shop) >= MOST) {
            throw new ProblemException(ProblemCode.CONFLICT, "A shop has at most " + MOST + " sources");
        }
        var now = now();
        boolean pulled = wish.platform() == PlatformKind.SHOPIFY;
        var made = pulled ? null : newSecret();
        var secret = pulled ? needed("webhook_secret", wish.webhookSecret()) : Objects.requireNonNull(made);
        var source = new SourceRow(
                shop,
                name,
                random(ID_BYTES),
                wish.platform(),
                pulled ? needed("address", wish.address()) : null,
                sealed(shop, name, "secret", secret),
                null,
                null,
                pulled ? sealed(shop, name, "access_token", needed("access_token", wish.accessToken())) : null,
                pulled ? Objects.requireNonNullElse(wish.since(), now.minus(FIRST_LOOK_BACK)) : null,
                pulled ? now : null,
                null,
                0,
                null,
                now,
                now);
        mapper.insert(source);
        return new Put(source, true, made);
    }

    private Put changed(SourceRow stored, SourceWish wish) {
        if (wish.platform() != stored.platform()) {
            throw ProblemException.invalid("platform", "cannot change; delete the source first");
        }
        if (stored.platform() == PlatformKind.WEBHOOK) {
            return new Put(stored, false, null);
        }
        var address = Objects.requireNonNullElse(wish.address(), stored.address());
        // Or who may only set things could have the token sent to where they read it.
        if (!Objects.equals(address, stored.address()) && wish.accessToken() == null) {
            throw ProblemException.invalid("access_token", "is required with another address");
        }
        var secret = wish.webhookSecret();
        var next = secret == null || secrets(stored).getFirst().equals(secret) ? stored : withSecret(stored, secret);
        next = new SourceRow(
                next.shopId(),
                next.name(),
                next.eventsId(),
                next.platform(),
                address,
                next.secret(),
                next.previousSecret(),
                next.previousUntil(),
                wish.accessToken() == null
                        ? next.accessToken()
                        : sealed(next.shopId(), next.name(), "access_token", wish.accessToken()),
                wish.since() == null ? next.toldUntil() : wish.since(),
                now(),
                next.succeededAt(),
                next.failures(),
                next.failure(),
                next.createdAt(),
                now());
        mapper.update(next);
        if (wish.since() != null) {
            mapper.askFrom(next.shopId(), next.name(), wish.since());
        }
        if (isAskedAnew(wish, stored)) {
            mapper.endTurn(next.shopId(), next.name(), next.updatedAt());
        }
        return new Put(next, false, null);
    }

    /// Whether a turn under way may ask for something else than is wanted now. It must not move the
    /// cursor any more: it would undo a rewind, or go by what the platform at the old address tells.
    private static boolean isAskedAnew(SourceWish wish, SourceRow stored) {
        return wish.since() != null
                || wish.accessToken() != null
                || wish.address() != null && !wish.address().equals(stored.address());
    }

    private SourceRow withSecret(SourceRow stored, String secret) {
        return new SourceRow(
                stored.shopId(),
                stored.name(),
                stored.eventsId(),
                stored.platform(),
                stored.address(),
                sealed(stored.shopId(), stored.name(), "secret", secret),
                stored.secret(),
                now().plus(OLD_SECRET),
                stored.accessToken(),
                stored.toldUntil(),
                stored.nextPollAt(),
                stored.succeededAt(),
                stored.failures(),
                stored.failure(),
                stored.createdAt(),
                now());
    }

    private byte[] sealed(ShopId shop, String name, String column, String value) {
        return Objects.requireNonNull(cipher.encrypt(value, at(shop, name, column)));
    }

    private static FieldAddress at(SourceRow source, String column) {
        return at(source.shopId(), source.name(), column);
    }

    static FieldAddress at(ShopId shop, String name, String column) {
        return new FieldAddress(TABLE, List.of(shop.value(), name), column);
    }

    private static String needed(String field, @Nullable String value) {
        if (value == null) {
            throw ProblemException.invalid(field, "is required");
        }
        return value;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private String newSecret() {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return "whsec_" + Base64.getEncoder().encodeToString(bytes);
    }

    private String random(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
