package io.xiaoer.session.backup;

import io.xiaoer.common.outbox.Lease;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Wires backups where a target is set; without one there are none.
@Configuration(proxyBeanMethods = false)
@Conditional(BackupConfiguration.TargetIsSet.class)
class BackupConfiguration {

    /// Whether there is somewhere to keep backups.
    static final class TargetIsSet implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !context.getEnvironment()
                    .getProperty("xiaoer.backup.target", "")
                    .isEmpty();
        }
    }

    @Bean
    BackupStore backupStore(BackupSettings settings) {
        return settings.target().startsWith("s3://")
                ? S3Store.of(settings)
                : new DirectoryStore(Path.of(URI.create(settings.target())));
    }

    @Bean
    Backups backups(
            BackupStore store,
            BackupRun run,
            RestoreRun restore,
            JdbcClient jdbc,
            @Value("${xiaoer.node}") String node,
            BackupMeters meters,
            BackupSettings settings,
            Clock clock) {
        return new Backups(
                store,
                run,
                restore,
                new Lease(jdbc, "backup"),
                node + "/" + UUID.randomUUID(),
                meters,
                settings,
                clock);
    }

    @Bean
    DailyBackup dailyBackup(Backups backups, BackupMeters meters, BackupSettings settings) {
        return new DailyBackup(backups, meters, settings.poll());
    }
}
