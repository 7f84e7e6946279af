package io.xiaoer.session.backup;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.common.outbox.Lease;
import io.xiaoer.common.testing.HttpCall;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.session.SessionServiceTest;
import io.xiaoer.session.conversation.Shopper;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// The service with a store of backups that speaks S3, which keeps none unless a test says so.
@SessionServiceTest
abstract class WithBackups {

    static final S3Server S3 = new S3Server();

    @LocalServerPort
    int port;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    RoamingRows rows;

    @Autowired
    BackupRun run;

    @Autowired
    RestoreRun restore;

    @Autowired
    BackupMeters meters;

    @Autowired
    MeterRegistry registry;

    @TempDir
    Path directory;

    @DynamicPropertySource
    static void target(DynamicPropertyRegistry registry) {
        registry.add("xiaoer.backup.target", () -> "s3://" + S3Server.BUCKET + "/suite/one");
        registry.add("xiaoer.backup.endpoint", S3::endpoint);
        registry.add("xiaoer.backup.access-key", () -> "key");
        registry.add("xiaoer.backup.secret-key", () -> "secret");
        // The tests say when.
        registry.add("xiaoer.backup.poll", () -> "1h");
    }

    HttpCall operator(String method, String path) {
        return HttpCall.of(method, "http://localhost:" + port + "/operator/backups" + path)
                .bearer(TestIssuers.ops());
    }

    void awaitArchived(Shopper shopper, int messages) {
        await().atMost(Duration.ofSeconds(40)).until(() -> count("message", shopper) == messages);
    }

    long count(String table, Shopper shopper) {
        return Optional.ofNullable(jdbc.queryForObject(
                        "SELECT COUNT(*) FROM " + table + " WHERE shop_id = ?", Long.class, shopper.shop()))
                .orElse(0L);
    }

    Backups backups(BackupStore store, String holder, Clock clock) {
        return new Backups(
                store,
                new BackupRun(rows, clock),
                restore,
                new Lease(JdbcClient.create(jdbc), "backup"),
                holder,
                meters,
                settings(),
                clock);
    }

    static BackupSettings settings() {
        return new Binder(new MapConfigurationPropertySource(
                        Map.of("xiaoer.backup.target", "file:/nowhere", "xiaoer.backup.zone", "UTC")))
                .bindOrCreate("xiaoer.backup", BackupSettings.class);
    }

    static Clock fixed(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }
}
