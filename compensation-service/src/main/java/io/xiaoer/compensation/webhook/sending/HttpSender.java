package io.xiaoer.compensation.webhook.sending;

import io.xiaoer.compensation.webhook.SigningSecret;
import io.xiaoer.compensation.webhook.Webhook;
import io.xiaoer.compensation.webhook.WebhookSettings;
import io.xiaoer.compensation.webhook.Webhooks;
import io.xiaoer.compensation.webhook.address.Addresses;
import io.xiaoer.compensation.webhook.address.NotReachable;
import io.xiaoer.compensation.webhook.address.Target;
import io.xiaoer.compensation.webhook.delivery.Attempt;
import io.xiaoer.compensation.webhook.delivery.Delivery;
import io.xiaoer.compensation.webhook.delivery.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/// Sends over HTTP as Standard Webhooks 1.0 says: `webhook-id`, `webhook-timestamp`, and in `webhook-signature` one
/// signature for each secret that signs, the newest first.
final class HttpSender implements Sender, AutoCloseable {
    private static final int READ_OF_AN_ANSWER = 16 * 1024;
    private static final int LONGEST_LINE = 8 * 1024;
    private static final int MOST_HEADERS = 100;
    private static final Duration KEPT_OPEN = Duration.ofSeconds(30);

    private final Addresses addresses;
    private final Webhooks webhooks;
    private final WebhookSettings settings;
    private final CloseableHttpClient http;
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("webhook-deadlines").factory());

    HttpSender(Addresses addresses, Webhooks webhooks, WebhookSettings settings) {
        this.addresses = addresses;
        this.webhooks = webhooks;
        this.settings = settings;
        this.http = client(settings);
    }

    private static CloseableHttpClient client(WebhookSettings settings) {
        var connect = Timeout.of(settings.connect());
        var whole = Timeout.of(settings.timeout());
        var lines = Http1Config.custom()
                .setMaxLineLength(LONGEST_LINE)
                .setMaxHeaderCount(MOST_HEADERS)
                .build();
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(lines)
                        .build())
                .setDnsResolver(new NoNames())
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnTotal(settings.atOnce())
                .setMaxConnPerRoute(settings.perEndpoint())
                .setDefaultTlsConfig(
                        TlsConfig.custom().setHandshakeTimeout(connect).build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connect)
                        .setSocketTimeout(whole)
                        .setTimeToLive(TimeValue.ofMinutes(1))
                        .build())
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(connect)
                        .setResponseTimeout(whole)
                        .setDefaultKeepAlive(KEPT_OPEN.toSeconds(), TimeUnit.SECONDS)
                        .setRedirectsEnabled(false)
                        .setAuthenticationEnabled(false)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setUserAgent("Xiaoer-Webhooks/1.0")
                .evictIdleConnections(TimeValue.of(KEPT_OPEN))
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableContentCompression()
                .disableAuthCaching()
                .build();
    }

    @Override
    public Attempt send(Webhook webhook, Delivery delivery, Instant now) {
        long begun = System.nanoTime();
        try {
            return sent(addresses.check(webhook.url(), delivery.failures()), webhook, delivery, now, begun);
        } catch (NotReachable refused) {
            return Attempt.failed(
                    switch (refused.why()) {
                        case MALFORMED, REFUSED -> Outcome.ADDRESS_REFUSED;
                        case UNKNOWN, NO_ANSWER -> Outcome.NAME;
                    },
                    since(begun));
        }
    }

    private Attempt sent(Target target, Webhook webhook, Delivery delivery, Instant now, long begun) {
        var request = new HttpPost(target.uri());
        var body = Objects.requireNonNull(delivery.payload(), "what was erased is not sent");
        request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        long timestamp = now.getEpochSecond();
        request.setHeader("webhook-id", delivery.eventId());
        request.setHeader("webhook-timestamp", Long.toString(timestamp));
        request.setHeader(
                "webhook-signature",
                signatures(webhooks.secrets(webhook.shop(), webhook.id(), now), delivery.eventId(), timestamp, body));
        // The address that was checked, and no other: the name is for TLS and the Host header alone.
        var host = new HttpHost(target.uri().getScheme(), target.address(), target.host(), target.port());
        var deadline = deadlines.schedule(request::cancel, settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        try (var response = http.executeOpen(host, request, null)) {
            return answered(response, now, begun);
        } catch (IOException failure) {
            return Attempt.failed(request.isCancelled() ? Outcome.TIMEOUT : outcome(failure), since(begun));
        } finally {
            deadline.cancel(false);
        }
    }

    private static String signatures(List<SigningSecret> secrets, String id, long timestamp, byte[] body) {
        return secrets.stream().map(secret -> secret.sign(id, timestamp, body)).collect(Collectors.joining(" "));
    }

    /// Reads a little of the answer, so that its connection can be used again; one that says more is closed.
    private static Attempt answered(ClassicHttpResponse response, Instant now, long begun) throws IOException {
        int code = response.getCode();
        if (response.getEntity() != null) {
            response.getEntity().getContent().readNBytes(READ_OF_AN_ANSWER);
        }
        var retryAfter = response.getFirstHeader("Retry-After");
        return new Attempt(
                outcome(code),
                code,
                since(begun),
                code == 429 || code == 503
                        ? RetryAfter.read(retryAfter == null ? null : retryAfter.getValue(), now)
                        : null);
    }

    private static Outcome outcome(int code) {
        return switch (code) {
            case 410 -> Outcome.GONE;
            case 429, 503 -> Outcome.THROTTLED;
            default -> code / 100 == 2 ? Outcome.DELIVERED : code / 100 == 3 ? Outcome.REDIRECT : Outcome.HTTP_ERROR;
        };
    }

    private static Outcome outcome(IOException failure) {
        return switch (failure) {
            case SocketTimeoutException timeout -> Outcome.TIMEOUT;
            case ConnectException refused -> Outcome.CONNECT;
            case NoRouteToHostException unreachable -> Outcome.CONNECT;
            case SSLException untrusted -> Outcome.TLS;
            default -> Outcome.BROKEN;
        };
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Override
    public void close() throws IOException {
        deadlines.shutdownNow();
        http.close();
    }

    /// Whoever would look a name up here would connect to an address that nobody checked.
    private static final class NoNames implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            throw new UnknownHostException("names are looked up before");
        }

        @Override
        public String resolveCanonicalHostname(String host) throws UnknownHostException {
            throw new UnknownHostException("names are looked up before");
        }
    }
}
