package io.xiaoer.session.backup;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// When and where backups are made.
///
/// @param target `s3://bucket/prefix`, `file:/directory`, or empty for no backups
/// @param endpoint of the S3-compatible store; empty for Amazon's own
/// @param region the store's region
/// @param accessKey who writes; empty for the SDK's own search (roles, profiles)
/// @param secretKey a secret
/// @param at the time of day
/// @param zone whose time of day that is
/// @param keep how long a backup is kept; the last good one is kept whatever its age
/// @param alarmAfter the age of the last good backup that is too old
/// @param poll how often a node looks whether a backup is due
@ConfigurationProperties("xiaoer.backup")
record BackupSettings(
        @DefaultValue("") String target,
        @DefaultValue("") String endpoint,
        @DefaultValue("us-east-1") String region,
        @DefaultValue("") String accessKey,
        @DefaultValue("") String secretKey,
        @DefaultValue("03:00") LocalTime at,
        @DefaultValue("Asia/Shanghai") ZoneId zone,
        @DefaultValue("30d") Duration keep,
        @DefaultValue("26h") Duration alarmAfter,
        @DefaultValue("1m") Duration poll) {

    /// @throws IllegalArgumentException naming the setting and its rule
    BackupSettings {
        require(
                target.isEmpty() || target.startsWith("s3://") || target.startsWith("file:/"),
                "target must be empty, s3://bucket/prefix or file:/directory");
        require(accessKey.isEmpty() == secretKey.isEmpty(), "access-key and secret-key must be given together");
        require(keep.compareTo(Duration.ofDays(1)) >= 0, "keep must be at least 1d");
        require(alarmAfter.compareTo(Duration.ofHours(1)) >= 0, "alarm-after must be at least 1h");
        require(poll.isPositive(), "poll must be positive");
    }

    boolean isOn() {
        return !target.isEmpty();
    }

    /// The moment since which there should be a backup.
    Instant due(Instant now) {
        var local = now.atZone(zone);
        var today = ZonedDateTime.of(local.toLocalDate(), at, zone);
        return (today.isAfter(local) ? ZonedDateTime.of(local.toLocalDate().minusDays(1), at, zone) : today)
                .toInstant();
    }

    /// The secret stays out of logs.
    @Override
    public String toString() {
        return "BackupSettings[target=" + target + ", at=" + at + ", zone=" + zone + "]";
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("xiaoer.backup." + rule);
        }
    }
}
