package io.xiaoer.ordersync.source;

import io.xiaoer.common.tenant.Tenant;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// What was done already for something that a platform may tell again, in table `source_note`; kept [#KEPT], longer
/// than platforms repeat a delivery.
@Component
class SourceNotes {

    static final Duration KEPT = Duration.ofDays(4);

    private static final String DELIVERY = "delivery";
    private static final String PARKED = "parked";
    private static final int FORGOTTEN_AT_ONCE = 1000;
    private static final int MOST_STEPS = 200;

    private final SourceMapper mapper;
    private final Clock clock;

    SourceNotes(SourceMapper mapper, Clock clock) {
        this.mapper = mapper;
        this.clock = clock;
    }

    /// Whether a delivery was taken before.
    boolean isTaken(SourceRow source, String delivery) {
        return Tenant.call(
                source.shopId(), () -> mapper.isNoted(source.shopId(), source.name(), DELIVERY, digest(delivery)));
    }

    /// Notes that a delivery was taken. Who dies before this takes it again, which changes nothing.
    void addTaken(SourceRow source, String delivery) {
        Tenant.run(
                source.shopId(),
                () -> mapper.note(source.shopId(), source.name(), DELIVERY, digest(delivery), clock.instant()));
    }

    /// Notes that a version of an order went to compensation; says whether it had not before.
    boolean addParked(SourceRow source, String order, String version) {
        return Tenant.call(
                source.shopId(),
                () -> mapper.note(
                        source.shopId(), source.name(), PARKED, digest(order + '\n' + version), clock.instant()));
    }

    @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT1M")
    void forgetOld() {
        var before = clock.instant().minus(KEPT);
        int steps = 0;
        while (mapper.forget(before, FORGOTTEN_AT_ONCE) == FORGOTTEN_AT_ONCE && steps < MOST_STEPS) {
            steps++;
        }
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
