package io.xiaoer.ordersync.aftersale;

import io.xiaoer.common.crypto.FieldAddress;
import io.xiaoer.common.crypto.FieldCipher;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.resealing.OlderKey;
import io.xiaoer.common.resealing.SealedTable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Why after-sales are wanted, as it stands encrypted in `after_sale`, each for its own row.
@Component
class SealedReasons implements SealedTable<SealedReasons.Row> {
    private static final String TABLE = "after_sale";

    private final AfterSaleMapper mapper;

    SealedReasons(AfterSaleMapper mapper) {
        this.mapper = mapper;
    }

    /// The encrypted part of a row. It is gone through by orders: what the end of a page cuts off of one order is left
    /// to the next sweep.
    @SuppressWarnings("ArrayRecordComponent") // carried between mapper and sweep, never compared
    record Row(ShopId shopId, String orderId, String caseId, byte[] reasonKey, byte[] reasonSealed)
            implements SealedTable.Row {
        @Override
        public String id() {
            return orderId;
        }

        @Override
        public byte[] key() {
            return reasonKey;
        }
    }

    static byte @Nullable [] seal(ShopId shop, String order, String id, @Nullable String reason, FieldCipher cipher) {
        return cipher.encrypt(reason, address(shop, order, id));
    }

    static @Nullable String open(AfterSaleRow row, FieldCipher cipher) {
        return cipher.decrypt(row.reasonSealed(), address(row.shopId(), row.orderId(), row.id()));
    }

    private static FieldAddress address(ShopId shop, String order, String id) {
        return new FieldAddress(TABLE, List.of(shop.value(), order, id), "reason_sealed");
    }

    @Override
    public String name() {
        return TABLE;
    }

    @Override
    public List<Row> underOlder(OlderKey wanted) {
        return mapper.underOlder(wanted);
    }

    @Override
    public int countOlder(byte[] key, int most) {
        return mapper.countOlder(key, most);
    }

    @Override
    public boolean reseal(Row row, FieldCipher cipher) {
        var address = address(row.shopId(), row.orderId(), row.caseId());
        return mapper.reseal(row, cipher.encrypt(cipher.decrypt(row.reasonSealed(), address), address));
    }
}
