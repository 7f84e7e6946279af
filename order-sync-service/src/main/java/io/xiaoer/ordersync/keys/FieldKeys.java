package io.xiaoer.ordersync.keys;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.xiaoer.common.crypto.FieldCipher;
import io.xiaoer.common.crypto.KeyService;
import io.xiaoer.common.crypto.KeysUnavailable;
import io.xiaoer.common.crypto.KeysetSource;
import io.xiaoer.ordersync.keys.KeysetTable.Row;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/// The keyset as this instance knows it, and its daily change.
///
/// A change has two steps, each a compare-and-set of the one row, so that of several instances one makes it and a crash
/// between them leaves a keyset that all can use: a key is added that only reads; when every instance has had the time
/// to learn it, it writes.
public final class FieldKeys implements KeysetSource, SmartInitializingSingleton {

    /// Above so many keys the oldest goes that no field is under.
    static final int KEPT = 60;

    private static final Logger LOGGER = LoggerFactory.getLogger(FieldKeys.class);
    /// After a failure callers do not ask the key service for so long.
    private static final Duration REST = Duration.ofSeconds(2);

    private final KeysetTable table;
    private final KeyService service;
    private final KeySettings settings;
    private final Clock clock;
    private final KeyMeters meters;
    private final ReentrantLock loading = new ReentrantLock();

    private volatile @Nullable Known known;
    private volatile Instant failedAt = Instant.MIN;

    private record Known(long version, KeysetHandle keyset) {}

    FieldKeys(KeysetTable table, KeyService service, KeySettings settings, Clock clock, KeyMeters meters) {
        this.table = table;
        this.service = service;
        this.settings = settings;
        this.clock = clock;
        this.meters = meters;
        meters.watch(this::isKnown);
    }

    @Override
    public KeysetHandle keyset() {
        var keys = known;
        return keys != null ? keys.keyset() : firstLoad();
    }

    boolean isKnown() {
        return known != null;
    }

    private KeysetHandle firstLoad() {
        loading.lock();
        try {
            var keys = known;
            if (keys != null) {
                return keys.keyset();
            }
            if (clock.instant().isBefore(failedAt.plus(REST))) {
                throw notYet();
            }
            // Never made here: a caller's transaction may be taken back, and the keyset with it.
            return load(table.find().orElseThrow(FieldKeys::notYet)).keyset();
        } catch (KeysUnavailable | DataAccessException away) {
            failedAt = clock.instant();
            throw away instanceof KeysUnavailable keys ? keys : new KeysUnavailable("the keyset cannot be read", away);
        } finally {
            loading.unlock();
        }
    }

    private static KeysUnavailable notYet() {
        return new KeysUnavailable("the keys of encrypted fields are not there yet", null);
    }

    /// Before the first caller comes; without keys too, the start goes on.
    @Override
    public void afterSingletonsInstantiated() {
        turn();
    }

    /// Learns what another instance changed, and changes what is due.
    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
    void turn() {
        loading.lock();
        try {
            var row = current();
            var keys = load(row);
            next(row, keys.keyset()).ifPresent(step -> take(row, step));
        } catch (KeysUnavailable | DataAccessException away) {
            meters.failed();
            LOGGER.atWarn()
                    .addKeyValue("reason", String.valueOf(away.getMessage()))
                    .log("The keys of encrypted fields were not looked after; the next minute tries again");
        } finally {
            loading.unlock();
        }
    }

    private Row current() {
        var row = table.find();
        if (row.isEmpty()) {
            table.create(service.wrap(bytes(first())));
            row = table.find();
        }
        return row.orElseThrow();
    }

    private Known load(Row row) {
        var keys = known;
        if (keys == null || keys.version() != row.version()) {
            keys = new Known(row.version(), parsed(service.unwrap(row.wrapped())));
            known = keys;
        }
        return keys;
    }

    /// A change that is due.
    private record Step(KeysetHandle keyset, Instant addedAt, boolean promoted) {}

    private Optional<Step> next(Row row, KeysetHandle keyset) {
        var now = clock.instant();
        if (!row.promoted()) {
            return now.isBefore(row.addedAt().plus(settings.settle()))
                    ? Optional.empty()
                    : Optional.of(new Step(newestWrites(keyset), row.addedAt(), true));
        }
        return now.isBefore(row.addedAt().plus(settings.every()))
                ? Optional.empty()
                : Optional.of(new Step(withAnother(keyset), now, false));
    }

    private void take(Row row, Step step) {
        if (table.replace(row, service.wrap(bytes(step.keyset())), step.addedAt(), step.promoted())) {
            known = new Known(row.version() + 1, step.keyset());
            meters.changed();
            LOGGER.atInfo()
                    .addKeyValue("keys", step.keyset().size())
                    .addKeyValue("writes", step.promoted())
                    .log("The keyset of encrypted fields has changed");
        }
    }

    private KeysetHandle withAnother(KeysetHandle keyset) {
        var grown = KeysetHandle.newBuilder(keyset)
                .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                        .withRandomId());
        if (keyset.size() >= KEPT) {
            oldestUnused(keyset).ifPresent(grown::deleteAt);
        }
        return built(grown);
    }

    private OptionalInt oldestUnused(KeysetHandle keyset) {
        return IntStream.range(0, keyset.size())
                .filter(at -> !keyset.getAt(at).isPrimary())
                .filter(at -> !table.isUsed(FieldCipher.keyName(keyset.getAt(at).getId())))
                .findFirst();
    }

    private static KeysetHandle newestWrites(KeysetHandle keyset) {
        var changed = KeysetHandle.newBuilder(keyset);
        changed.getAt(keyset.size() - 1).makePrimary();
        return built(changed);
    }

    private static KeysetHandle built(KeysetHandle.Builder builder) {
        try {
            return builder.build();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a keyset cannot be made", impossible);
        }
    }

    private static KeysetHandle first() {
        try {
            AeadConfig.register();
            return KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this runtime has no AES-GCM", impossible);
        }
    }

    private static byte[] bytes(KeysetHandle keyset) {
        try {
            return TinkProtoKeysetFormat.serializeKeyset(keyset, InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a keyset cannot be written", impossible);
        }
    }

    // A cause could quote a key.
    @SuppressWarnings("UnusedException")
    private static KeysetHandle parsed(byte[] keyset) {
        try {
            AeadConfig.register();
            return TinkProtoKeysetFormat.parseKeyset(keyset, InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException unreadable) {
            throw new KeysUnavailable("what the key service unwrapped is no keyset", null);
        }
    }
}
