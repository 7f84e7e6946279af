package io.xiaoer.ordersync.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.xiaoer.common.crypto.EncodedKeyset;
import io.xiaoer.common.crypto.FieldAddress;
import io.xiaoer.common.crypto.FieldCipher;
import io.xiaoer.common.crypto.KeyService;
import io.xiaoer.common.crypto.KeysUnavailable;
import io.xiaoer.common.crypto.LocalKeyService;
import io.xiaoer.common.testing.RealServers;
import io.xiaoer.common.testing.ServerKind;
import io.xiaoer.common.testing.SetClock;
import io.xiaoer.common.testing.WithServers;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// How keys change, over a real database, with several instances and a key service that can be away.
@WithServers(value = ServerKind.MARIADB, schema = "xiaoer_test")
class FieldKeysIT {

    private static final FieldAddress PHONE = new FieldAddress("orders", List.of("1001", "W1"), "receiver_phone");
    private static final KeySettings SETTINGS = new KeySettings(Duration.ofDays(1), Duration.ofMinutes(10));

    private final JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(
            RealServers.dbUrl("xiaoer_test"), RealServers.dbUser(), RealServers.dbPassword()));
    private final SetClock clock = new SetClock(Instant.parse("2026-11-01T00:00:00Z"));
    private final Fragile service = new Fragile(new LocalKeyService(new EncodedKeyset(EncodedKeyset.generate())));

    @BeforeEach
    void create() {
        drop();
        jdbc.sql(
                        "CREATE TABLE field_keyset (name VARCHAR(32) PRIMARY KEY, version BIGINT NOT NULL,"
                                + " wrapped VARBINARY(60000) NOT NULL, added_at DATETIME(6) NOT NULL, promoted BOOLEAN NOT NULL)")
                .update();
        jdbc.sql("CREATE TABLE orders (receiver_key VARBINARY(5) NULL)").update();
        jdbc.sql("CREATE TABLE order_source (secret VARBINARY(512) NOT NULL, previous_secret VARBINARY(512) NULL,"
                        + " access_token VARBINARY(1024) NULL)")
                .update();
        jdbc.sql("CREATE TABLE service_request (words_key VARBINARY(5) NULL)").update();
        jdbc.sql("CREATE TABLE command (words_key VARBINARY(5) NULL)").update();
        jdbc.sql("CREATE TABLE after_sale (reason_key VARBINARY(5) NULL)").update();
    }

    @AfterEach
    void drop() {
        jdbc.sql("DROP TABLE IF EXISTS field_keyset, orders, order_source, service_request, command, after_sale")
                .update();
    }

    @Test
    void instancesThatStartTogetherHaveOneKeyset() {
        var one = instance();
        var other = instance();

        var sealed = new FieldCipher(one).encrypt("138", PHONE);

        assertThat(new FieldCipher(other).decrypt(sealed, PHONE)).isEqualTo("138");
    }

    @Test
    void aNewKeyIsKnownToAllBeforeItWritesAndOldValuesStillRead() {
        var one = instance();
        var other = instance();
        var before = new FieldCipher(one).encrypt("138", PHONE);
        one.turn();
        other.turn();
        assertThat(one.keyset().size()).isEqualTo(1);

        clock.pass(Duration.ofDays(1));
        one.turn();
        other.turn();

        assertThat(one.keyset().size()).isEqualTo(2);
        assertThat(one.keyset().getAt(0).isPrimary()).isTrue();
        clock.pass(Duration.ofMinutes(10));
        one.turn();
        assertThat(one.keyset().getAt(1).isPrimary()).isTrue();
        // The other has not looked yet, and reads what is written under the new key.
        var after = new FieldCipher(one).encrypt("139", PHONE);
        assertThat(new FieldCipher(other).decrypt(after, PHONE)).isEqualTo("139");
        other.turn();
        assertThat(new FieldCipher(other).keyName()).isEqualTo(new FieldCipher(one).keyName());
        assertThat(new FieldCipher(other).decrypt(before, PHONE)).isEqualTo("138");
        assertThat(after).startsWith(new FieldCipher(other).keyName());
        assertThat(Arrays.copyOf(before, 5)).isNotEqualTo(new FieldCipher(other).keyName());
    }

    @Test
    void ofSeveralInstancesOneMakesAChange() {
        var one = instance();
        var other = instance();
        one.turn();
        other.turn();

        clock.pass(Duration.ofDays(1));
        one.turn();
        other.turn();
        one.turn();

        assertThat(one.keyset().size()).isEqualTo(2);
        assertThat(other.keyset().size()).isEqualTo(2);
        assertThat(version()).isEqualTo(2);
    }

    @Test
    void aDeathBetweenTheStepsIsGoneOnFromByAnother() {
        var dying = instance();
        dying.turn();
        clock.pass(Duration.ofDays(1));
        dying.turn();

        clock.pass(Duration.ofMinutes(10));
        var next = instance();
        next.turn();

        assertThat(next.keyset().getAt(1).isPrimary()).isTrue();
    }

    @Test
    void aCallerMakesNoKeysetItself() {
        assertThatThrownBy(() -> cold().keyset()).isInstanceOf(KeysUnavailable.class);
        assertThat(jdbc.sql("SELECT COUNT(*) FROM field_keyset")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void whatIsKnownIsUsedOnWhileTheKeyServiceIsAway() {
        var one = instance();
        var sealed = new FieldCipher(one).encrypt("138", PHONE);
        service.away = true;

        clock.pass(Duration.ofDays(1));
        one.turn();

        assertThat(new FieldCipher(one).decrypt(sealed, PHONE)).isEqualTo("138");
        assertThat(one.keyset().size()).isEqualTo(1);
    }

    @Test
    void whoStartsWhileTheKeyServiceIsAwayIsUnavailableUntilItIsThere() {
        var sealed = new FieldCipher(instance()).encrypt("138", PHONE);
        service.away = true;
        var late = cold();
        var cipher = new FieldCipher(late);

        assertThatThrownBy(() -> cipher.decrypt(sealed, PHONE)).isInstanceOf(KeysUnavailable.class);
        int asked = service.asked;
        assertThatThrownBy(() -> cipher.decrypt(sealed, PHONE)).isInstanceOf(KeysUnavailable.class);
        assertThat(service.asked)
                .as("calls do not queue up before a service that is away")
                .isEqualTo(asked);

        service.away = false;
        clock.pass(Duration.ofSeconds(3));
        assertThat(cipher.decrypt(sealed, PHONE)).isEqualTo("138");
    }

    @ParameterizedTest
    @CsvSource({"service_request, words_key", "command, words_key", "after_sale, reason_key"})
    void aKeyStaysWhileAFieldOfWhateverTableIsUnderIt(String table, String column) {
        var one = instance();
        var first = name(one, 0);
        jdbc.sql("INSERT INTO " + table + " (" + column + ") VALUES (?)")
                .param(first)
                .update();
        for (int day = 0; day <= FieldKeys.KEPT; day++) {
            rotate(one);
        }
        assertThat(name(one, 0)).isEqualTo(first);

        jdbc.sql("DELETE FROM " + table).update();
        rotate(one);

        assertThat(name(one, 0)).isNotEqualTo(first);
    }

    @Test
    void aboveManyKeysTheOldestGoesThatNoFieldIsUnder() {
        var one = instance();
        var first = name(one, 0);
        rotate(one);
        var second = name(one, 1);
        jdbc.sql("INSERT INTO orders VALUES (?)").param(first).update();
        jdbc.sql("INSERT INTO order_source VALUES (?, NULL, NULL)")
                .param(Arrays.copyOf(second, 40))
                .update();
        for (int day = 0; day < FieldKeys.KEPT; day++) {
            rotate(one);
        }
        assertThat(one.keyset().size()).isEqualTo(FieldKeys.KEPT);
        assertThat(name(one, 0)).isEqualTo(first);
        assertThat(name(one, 1)).isEqualTo(second);

        jdbc.sql("DELETE FROM orders").update();
        rotate(one);

        assertThat(one.keyset().size()).isEqualTo(FieldKeys.KEPT);
        assertThat(name(one, 0)).isEqualTo(second);
    }

    private static byte[] name(FieldKeys keys, int at) {
        return FieldCipher.keyName(keys.keyset().getAt(at).getId());
    }

    @Test
    void aKeysetUnderAnotherGuardIsUnavailable() {
        instance().turn();
        var stranger = new FieldKeys(
                new KeysetTable(jdbc, clock),
                new LocalKeyService(new EncodedKeyset(EncodedKeyset.generate())),
                SETTINGS,
                clock,
                new KeyMeters(new SimpleMeterRegistry()));
        assertThatThrownBy(stranger::keyset).isInstanceOf(KeysUnavailable.class);
    }

    @Test
    void aTimeThatIsTooShortIsNamed() {
        assertThatThrownBy(() -> new KeySettings(Duration.ofDays(1), Duration.ofMinutes(1)))
                .hasMessageContaining("rotation.settle");
        assertThatThrownBy(() -> new KeySettings(Duration.ofMinutes(5), Duration.ofMinutes(5)))
                .hasMessageContaining("rotation.every");
    }

    private void rotate(FieldKeys keys) {
        clock.pass(Duration.ofDays(1));
        keys.turn();
        clock.pass(Duration.ofMinutes(10));
        keys.turn();
    }

    private FieldKeys instance() {
        var keys = cold();
        keys.turn();
        return keys;
    }

    private FieldKeys cold() {
        return new FieldKeys(
                new KeysetTable(jdbc, clock), service, SETTINGS, clock, new KeyMeters(new SimpleMeterRegistry()));
    }

    private long version() {
        return jdbc.sql("SELECT version FROM field_keyset").query(Long.class).single();
    }

    /// A key service that can be away.
    private static final class Fragile implements KeyService {
        private final KeyService service;
        private boolean away;
        private int asked;

        private Fragile(KeyService service) {
            this.service = service;
        }

        @Override
        public byte[] wrap(byte[] keyset) {
            return there().wrap(keyset);
        }

        @Override
        public byte[] unwrap(byte[] wrapped) {
            return there().unwrap(wrapped);
        }

        private KeyService there() {
            asked++;
            if (away) {
                throw new KeysUnavailable("away for this test", null);
            }
            return service;
        }
    }
}
