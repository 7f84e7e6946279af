package io.xiaoer.compensation.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.micrometer.core.instrument.MeterRegistry;
import io.xiaoer.common.crypto.FieldCipher;
import io.xiaoer.common.crypto.KeysetSource;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.resealing.OlderKey;
import io.xiaoer.common.resealing.Resealing;
import io.xiaoer.common.tenant.Tenant;
import io.xiaoer.compensation.CompensationService;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Signing secrets come under the key that writes now, and sign the same.
@CompensationService
class SecretsAreEncryptedAnewIT {

    private final ShopId shop = new ShopId("s-" + UUID.randomUUID().toString().substring(0, 8));
    private final WebhookMapper mapper;
    private final SealedSecrets sealed;
    private final Webhooks webhooks;
    private final WebhookSettings settings;
    private final SnowflakeIds ids;
    private final KeysetSource keys;
    private final JdbcClient jdbc;
    private final Clock clock;

    @Autowired
    SecretsAreEncryptedAnewIT(
            WebhookMapper mapper,
            SealedSecrets sealed,
            Webhooks webhooks,
            WebhookSettings settings,
            SnowflakeIds ids,
            KeysetSource keys,
            JdbcClient jdbc,
            Clock clock) {
        this.mapper = mapper;
        this.sealed = sealed;
        this.webhooks = webhooks;
        this.settings = settings;
        this.ids = ids;
        this.keys = keys;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @AfterEach
    void delete() {
        jdbc.sql("DELETE FROM webhook_secret WHERE shop_id = ?")
                .param(shop.value())
                .update();
        jdbc.sql("DELETE FROM webhook WHERE shop_id = ?").param(shop.value()).update();
    }

    @Test
    void everySecretOfAWebhookComesUnderTheNewKeyAndSignsTheSame() throws Exception {
        var made =
                webhooks.create(shop, "test", "https://example.com/hook", Set.of(WebhookEvent.MESSAGE_CREATED), null);
        var id = made.webhook().id();
        var rotated = webhooks.rotate(shop, id, "test").secret();
        var newer = newer();
        var rows = mine(newer);
        assertThat(rows).hasSize(2);
        assertThat(sealed.countOlder(newer.keyName(), 1)).isPositive();

        rows.forEach(row -> assertThat(reseal(row, newer)).isTrue());

        assertThat(mine(newer)).isEmpty();
        var reading = new Webhooks(mapper, newer, settings, ids, RandomGenerator.getDefault(), clock);
        assertThat(reading.secrets(shop, id, clock.instant()))
                .extracting(SigningSecret::value)
                .containsExactly(rotated.value(), made.secret().value());
        // Of what was read before, nothing is written any more.
        assertThat(reseal(rows.getFirst(), newer)).isFalse();
    }

    @Test
    void theServiceLooksForSuchSecretsByItself(@Autowired Resealing resealing, @Autowired MeterRegistry registry) {
        webhooks.create(shop, "test", "https://example.com/hook", Set.of(WebhookEvent.MESSAGE_CREATED), null);

        resealing.sweep();

        assertThat(registry.get("xiaoer.fields.rows.older")
                        .tag("table", "webhook_secret")
                        .gauge()
                        .value())
                .isZero();
    }

    private boolean reseal(SealedSecrets.Row row, FieldCipher newer) {
        return Tenant.call(shop, () -> sealed.reseal(row, newer));
    }

    /// The shop's rows, wherever the sweep comes upon them.
    private List<SealedSecrets.Row> mine(FieldCipher newer) {
        return List.of(OlderKey.before(newer.keyName(), 1_000), OlderKey.behind(newer.keyName(), 1_000)).stream()
                .flatMap(wanted -> sealed.underOlder(wanted).stream())
                .filter(row -> row.shopId().equals(shop))
                .toList();
    }

    private FieldCipher newer() throws Exception {
        var grown = KeysetHandle.newBuilder(keys.keyset())
                .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                        .withRandomId()
                        .makePrimary())
                .build();
        return new FieldCipher(() -> grown);
    }
}
