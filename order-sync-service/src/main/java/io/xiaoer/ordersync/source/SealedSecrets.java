package io.xiaoer.ordersync.source;

import io.xiaoer.common.crypto.FieldAddress;
import io.xiaoer.common.crypto.FieldCipher;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.resealing.OlderKey;
import io.xiaoer.common.resealing.SealedTable;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The secrets of platforms as a table with encrypted fields.
@Component
class SealedSecrets implements SealedTable<SealedSecrets.Row> {

    private final SourceMapper sources;

    SealedSecrets(SourceMapper sources) {
        this.sources = sources;
    }

    /// The encrypted part of a row of `order_source`. A secret that was replaced is encrypted for the column from which
    /// it came.
    @SuppressWarnings("ArrayRecordComponent") // carried between mapper and sweep, never compared
    record Row(
            ShopId shopId,
            String name,
            byte[] secretsKey,
            byte[] secret,
            byte @Nullable [] previousSecret,
            byte @Nullable [] accessToken)
            implements SealedTable.Row {

        @Override
        public String id() {
            return name;
        }

        @Override
        public byte[] key() {
            return secretsKey;
        }

        private Row anew(FieldCipher cipher) {
            var secrets = Sources.at(shopId, name, "secret");
            return new Row(
                    shopId,
                    name,
                    cipher.keyName(),
                    Objects.requireNonNull(anew(secret, secrets, cipher)),
                    anew(previousSecret, secrets, cipher),
                    anew(accessToken, Sources.at(shopId, name, "access_token"), cipher));
        }

        private static byte @Nullable [] anew(byte @Nullable [] sealed, FieldAddress address, FieldCipher cipher) {
            return cipher.encrypt(cipher.decrypt(sealed, address), address);
        }
    }

    @Override
    public String name() {
        return Sources.TABLE;
    }

    @Override
    public List<Row> underOlder(OlderKey wanted) {
        return sources.underOlder(wanted);
    }

    @Override
    public int countOlder(byte[] key, int most) {
        return sources.countOlder(key, most);
    }

    @Override
    public boolean reseal(Row row, FieldCipher cipher) {
        return sources.reseal(row, row.anew(cipher));
    }
}
