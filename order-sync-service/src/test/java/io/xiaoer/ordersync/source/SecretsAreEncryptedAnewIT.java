package io.xiaoer.ordersync.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.xiaoer.common.crypto.FieldCipher;
import io.xiaoer.common.crypto.KeysetSource;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.resealing.OlderKey;
import io.xiaoer.common.resealing.SealedTable;
import io.xiaoer.common.tenant.Tenant;
import io.xiaoer.ordersync.OrderService;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Secrets of platforms come under the key that writes now, and say the same.
@OrderService
class SecretsAreEncryptedAnewIT {

    private static final String NAME = "mall";

    private final ShopId shop = new ShopId("s-" + UUID.randomUUID().toString().substring(0, 8));
    private final SourceMapper mapper;
    private final SealedSecrets sealed;
    private final Sources sources;
    private final Clock clock;
    private final FieldCipher cipher;
    private final KeysetSource keys;
    private final List<SealedTable<?>> tables;
    private final JdbcClient jdbc;
    private FieldCipher newer;

    @Autowired
    SecretsAreEncryptedAnewIT(
            SourceMapper mapper,
            SealedSecrets sealed,
            Sources sources,
            Clock clock,
            FieldCipher cipher,
            KeysetSource keys,
            List<SealedTable<?>> tables,
            JdbcClient jdbc) {
        this.mapper = mapper;
        this.sealed = sealed;
        this.sources = sources;
        this.clock = clock;
        this.cipher = cipher;
        this.keys = keys;
        this.tables = tables;
        this.jdbc = jdbc;
        this.newer = cipher;
    }

    @BeforeEach
    void aNewKeyWrites() throws Exception {
        var grown = KeysetHandle.newBuilder(keys.keyset())
                .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                        .withRandomId()
                        .makePrimary())
                .build();
        newer = new FieldCipher(() -> grown);
    }

    @AfterEach
    void delete() {
        sources.delete(shop, NAME);
    }

    @Test
    void secretsAndTokensComeUnderTheNewKeyAndSayTheSame() {
        insert(cipher);
        assertThat(sealed.countOlder(newer.keyName(), 1)).isPositive();

        assertThat(reseal(row())).isTrue();

        var fresh = find();
        assertThat(List.of(fresh.secret(), present(fresh.previousSecret()), present(fresh.accessToken())))
                .allSatisfy(field -> assertThat(field).startsWith(newer.keyName()));
        var reading = new Sources(mapper, newer, clock);
        assertThat(reading.proof(fresh).secrets()).containsExactly("new secret", "old secret");
        assertThat(reading.access(fresh).token()).isEqualTo("token");
        assertThat(mine()).isEmpty();
    }

    @Test
    void aRowWhoseSecretsAreUnderTwoKeysIsUnderNone() {
        insert(newer);

        assertThat(row().key()).containsOnly(0);
        assertThat(reseal(row())).isTrue();
        assertThat(mine()).isEmpty();
    }

    @Test
    void whatSomebodyChangedMeanwhileIsNotOverwritten() {
        insert(cipher);
        var read = row();
        var changed = sealed(cipher, "newest secret", "secret");
        jdbc.sql("UPDATE order_source SET secret = ? WHERE shop_id = ?")
                .params(changed, shop.value())
                .update();

        assertThat(reseal(read)).isFalse();

        assertThat(find().secret()).isEqualTo(changed);
    }

    @Test
    void theSweepGoesThroughEveryTableWithSealedFields() {
        assertThat(tables)
                .extracting(SealedTable::name)
                .containsExactlyInAnyOrder("orders", "order_source", "service_request", "command", "after_sale");
    }

    /// A source that nobody asks: one secret under the given key, the others under that of the service.
    private void insert(FieldCipher with) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var source = new SourceRow(
                shop,
                NAME,
                "e-" + UUID.randomUUID().toString().substring(0, 20),
                PlatformKind.SHOPIFY,
                "https://mall.example.com",
                sealed(with, "new secret", "secret"),
                sealed(cipher, "old secret", "secret"),
                now.plusSeconds(3600),
                sealed(cipher, "token", "access_token"),
                now,
                null,
                null,
                0,
                null,
                now,
                now);
        Tenant.run(shop, () -> mapper.insert(source));
    }

    private byte[] sealed(FieldCipher with, String text, String column) {
        return present(with.encrypt(text, Sources.at(shop, NAME, column)));
    }

    private static byte[] present(byte @Nullable [] field) {
        return Objects.requireNonNull(field);
    }

    private boolean reseal(SealedSecrets.Row row) {
        return Tenant.call(shop, () -> sealed.reseal(row, newer));
    }

    private SourceRow find() {
        return sources.find(shop, NAME).orElseThrow();
    }

    private SealedSecrets.Row row() {
        assertThat(mine()).hasSize(1);
        return mine().getFirst();
    }

    /// The shop's rows under another key, wherever the sweep comes upon them.
    private List<SealedSecrets.Row> mine() {
        return Stream.of(OlderKey.before(newer.keyName(), 1_000), OlderKey.behind(newer.keyName(), 1_000))
                .flatMap(wanted -> sealed.underOlder(wanted).stream())
                .filter(row -> row.shopId().equals(shop))
                .toList();
    }
}
