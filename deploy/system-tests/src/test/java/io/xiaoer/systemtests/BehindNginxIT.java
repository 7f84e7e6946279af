package io.xiaoer.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The suite behind nginx as `deploy/nginx` sets it up: clients speak https and wss, and its log tells no secret.
class BehindNginxIT {

    @TempDir
    static Path folder;

    private static URI door;
    private static URI plain;
    private static HttpClient client;
    private static Process nginx;

    @BeforeAll
    static void start() throws Exception {
        var executable = Stream.of("/usr/sbin/nginx", "/usr/bin/nginx")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        Assumptions.assumeTrue(executable.isPresent(), "nginx is not installed");
        run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-keyout",
                "tls.key",
                "-out",
                "tls.crt",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost");
        client = HttpClient.newBuilder()
                .sslContext(trusting(folder.resolve("tls.crt")))
                .build();
        int tls = Suite.freePort();
        int http = Suite.freePort();
        door = URI.create("https://localhost:" + tls);
        plain = URI.create("http://localhost:" + http);
        var config = Files.writeString(folder.resolve("nginx.conf"), config(tls, http));
        nginx = new ProcessBuilder(executable.get().toString(), "-c", config.toString(), "-g", "daemon off;")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        Awaitility.await()
                .ignoreExceptions()
                .until(() -> client.send(
                                        HttpRequest.newBuilder(door.resolve("/docs"))
                                                .build(),
                                        HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200);
    }

    @AfterAll
    static void stop() {
        if (nginx != null) {
            nginx.destroy();
        }
    }

    @Test
    void aDeviceTalksOverWssAndNoSecretOfItIsLogged() throws Exception {
        var shopper = Shopper.random(Made.SHOP);
        String token = shopper.rest().token();
        var request = HttpRequest.newBuilder(door.resolve("/api/v1/im/tickets?access_token=" + token))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        var reply = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(201);
        String ticket = JSON.parseObject(reply.body()).getJSONObject("data").getString("id");

        try (var device = Device.connect(client, door.resolve("/im/" + ticket + "?device=app"))) {
            String id = device.send(shopper.sid(), "over TLS " + Made.word());
            device.await("ack", frame -> id.equals(frame.getString("id")));
            device.write(Map.of(
                    "type", "auth", "token", Shopper.random(Made.SHOP).rest().token()));
            assertThat(device.closeCode()).isEqualTo(4500);
        }

        var log = folder.resolve("access.log");
        Awaitility.await().until(() -> Files.readString(log).contains("\"GET /im/-\" 101"));
        assertThat(Files.readString(log))
                .contains("\"POST /api/v1/im/tickets\" 201")
                .doesNotContain(ticket, token);
    }

    @Test
    void aLargeBatchPasses() throws Exception {
        String line = "{\"order_id\":\"none\",\"padding\":\"%s\"}\n".formatted("x".repeat(2_000));
        var request = HttpRequest.newBuilder(door.resolve("/api/v1/orders/batch"))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + Suite.get().merchant(Made.SHOP))
                .header("Content-Type", "application/x-ndjson")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofString(line.repeat(2_000)))
                .build();

        var reply = client.send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body().lines()).hasSize(2_000);
    }

    @Test
    void whoComesInClearIsLedToHttps() throws Exception {
        var reply = client.send(
                HttpRequest.newBuilder(plain.resolve("/docs")).build(), HttpResponse.BodyHandlers.discarding());

        assertThat(reply.statusCode()).isEqualTo(301);
        assertThat(reply.headers().firstValue("Location")).hasValue("https://localhost/docs");
    }

    /// The file of the repository with ports, folders and the address of this suite.
    private static String config(int tls, int http) throws IOException {
        var temporary = new StringBuilder();
        for (var kind : new String[] {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
            temporary
                    .append("\n  ")
                    .append(kind)
                    .append("_temp_path ")
                    .append(folder.resolve(kind))
                    .append(';');
        }
        var suite = Suite.get().gateway();
        var config = Files.readString(Suite.file("deploy/nginx/nginx.conf"))
                // Whoever runs the test owns its folder, which nobody else may enter.
                .replace(
                        "user nginx;",
                        "user " + System.getProperty("user.name") + ";\npid " + folder.resolve("pid") + ";")
                .replace("http {", "http {" + temporary)
                .replace("gateway-service:8080", suite.getHost() + ":" + suite.getPort())
                .replace("/etc/nginx/tls", folder.toString())
                .replace("/dev/stdout", folder.resolve("access.log").toString())
                .replace("/dev/stderr", folder.resolve("error.log").toString())
                .replace("listen 443", "listen " + tls)
                .replace("[::]:443", "[::]:" + tls)
                .replace("listen 80", "listen " + http)
                .replace("[::]:80", "[::]:" + http);
        assertThat(config).doesNotContain("/etc/nginx", "gateway-service");
        return config;
    }

    private static SSLContext trusting(Path certificate) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null);
        try (var file = Files.newInputStream(certificate)) {
            store.setCertificateEntry(
                    "nginx", CertificateFactory.getInstance("X.509").generateCertificate(file));
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static void run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("openssl").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
