package io.xiaoer.compensation.webhook;

import io.xiaoer.common.crypto.FieldCipher;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.resealing.OlderKey;
import io.xiaoer.common.resealing.SealedTable;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/// The signing secrets of endpoints as a table with encrypted fields.
@Component
class SealedSecrets implements SealedTable<SealedSecrets.Row> {

    private final WebhookMapper webhooks;

    SealedSecrets(WebhookMapper webhooks) {
        this.webhooks = webhooks;
    }

    /// A row of `webhook_secret`.
    @SuppressWarnings("ArrayRecordComponent") // carried between mapper and sweep, never compared
    record Row(ShopId shopId, String webhookId, String id, byte[] secretKey, byte[] secret) implements SealedTable.Row {

        @Override
        public byte[] key() {
            return secretKey;
        }
    }

    @Override
    public String name() {
        return Webhooks.SECRETS;
    }

    @Override
    public List<Row> underOlder(OlderKey wanted) {
        return webhooks.underOlder(wanted);
    }

    @Override
    public int countOlder(byte[] key, int most) {
        return webhooks.countOlder(key, most);
    }

    @Override
    public boolean reseal(Row row, FieldCipher cipher) {
        var address = Webhooks.address(row.shopId(), row.webhookId(), row.id());
        var fresh = Objects.requireNonNull(cipher.encrypt(cipher.decrypt(row.secret(), address), address));
        return webhooks.reseal(row.shopId(), row.webhookId(), row.id(), row.secret(), fresh);
    }
}
