package io.xiaoer.common.access;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An issuer's keys over HTTP, fetched at the first need and kept. An unknown key id makes it ask again, at most once
/// in [#AGAIN_AFTER]; keys that were had are used on while the issuer is away.
public final class RemoteKeys implements KeySource {

    private static final Logger LOGGER = LoggerFactory.getLogger(RemoteKeys.class);

    static final Duration AGAIN_AFTER = Duration.ofSeconds(10);
    static final Duration AGAIN_AFTER_FAILURE = Duration.ofSeconds(1);
    static final Duration FRESH = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int LONGEST_BODY = 256 * 1024;

    private final String issuer;
    private final @Nullable URI keysUri;
    private final HttpClient http;
    private final Clock clock;
    private final ReentrantLock fetching = new ReentrantLock();

    private volatile @Nullable JWKSet known;
    private volatile Instant fetchedAt = Instant.MIN;
    private volatile Instant triedAt = Instant.MIN;

    /// @param issuer its `iss`; also where its metadata is found if `keysUri` is null
    /// @param keysUri its `jwks_uri`, if that is known
    public RemoteKeys(String issuer, @Nullable URI keysUri, HttpClient http, Clock clock) {
        this.issuer = issuer;
        this.keysUri = keysUri;
        this.http = http;
        this.clock = clock;
    }

    /// A client with the bounds that this class wants.
    public static HttpClient httpClient() {
        return HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(1))
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public boolean has(@Nullable String keyId) {
        return !find(keyId).isEmpty() && !isStale();
    }

    @Override
    public List<JWK> keys(@Nullable String keyId) {
        var found = find(keyId);
        if (found.isEmpty() || isStale()) {
            refresh(found.isEmpty());
            found = find(keyId);
        }
        if (found.isEmpty() && known == null) {
            throw new KeysUnavailable(issuer, null);
        }
        return found;
    }

    private List<JWK> find(@Nullable String keyId) {
        var set = known;
        if (set == null) {
            return List.of();
        }
        return keyId == null
                ? set.getKeys()
                : set.getKeys().stream()
                        .filter(key -> keyId.equals(key.getKeyID()))
                        .toList();
    }

    private boolean isStale() {
        return clock.instant().isAfter(plus(fetchedAt, FRESH)) && mayTry();
    }

    private boolean mayTry() {
        var pause = fetchedAt.equals(triedAt) ? AGAIN_AFTER : AGAIN_AFTER_FAILURE;
        return clock.instant().isAfter(plus(triedAt, pause));
    }

    private static Instant plus(Instant time, Duration more) {
        return time.equals(Instant.MIN) ? time : time.plus(more);
    }

    private void refresh(boolean needed) {
        if (needed) {
            fetching.lock();
        } else if (!fetching.tryLock()) {
            return; // somebody refreshes already, and what is known still serves
        }
        try {
            if (!mayTry()) {
                return;
            }
            var now = clock.instant();
            triedAt = now;
            known = fetch();
            fetchedAt = now;
        } catch (IOException | ParseException | IllegalArgumentException e) {
            LOGGER.atWarn()
                    .addKeyValue("issuer", issuer)
                    .addKeyValue("cause", e.toString())
                    .log("Keys of the issuer cannot be fetched; trying again at the next need");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            fetching.unlock();
        }
    }

    private JWKSet fetch() throws IOException, InterruptedException, ParseException {
        var uri = keysUri != null ? keysUri : discover();
        return JWKSet.parse(get(uri)).toPublicJWKSet();
    }

    private URI discover() throws IOException, InterruptedException, ParseException {
        var base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        var metadata = JSONObjectUtils.parse(get(URI.create(base + "/.well-known/openid-configuration")));
        if (!issuer.equals(JSONObjectUtils.getString(metadata, "issuer"))) {
            throw new IOException("the metadata are another issuer's");
        }
        return URI.create(Objects.requireNonNull(JSONObjectUtils.getString(metadata, "jwks_uri"), "jwks_uri"));
    }

    private String get(URI uri) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .header("Accept", "application/json")
                .build();
        var response = http.send(
                request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofString(), LONGEST_BODY));
        if (response.statusCode() != 200) {
            throw new IOException("status " + response.statusCode());
        }
        return response.body();
    }
}
