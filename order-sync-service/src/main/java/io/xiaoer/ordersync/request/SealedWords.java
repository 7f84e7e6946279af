package io.xiaoer.ordersync.request;

import com.alibaba.fastjson2.JSON;
import io.xiaoer.common.crypto.FieldAddress;
import io.xiaoer.common.crypto.FieldCipher;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.json.PlainJson;
import io.xiaoer.common.resealing.OlderKey;
import io.xiaoer.common.resealing.SealedTable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What stands encrypted in `service_request`, for its own row.
@Component
class SealedWords implements SealedTable<SealedWords.Row> {
    private static final String TABLE = "service_request";

    private final RequestMapper requests;

    SealedWords(RequestMapper requests) {
        this.requests = requests;
    }

    /// The encrypted part of a row.
    @SuppressWarnings("ArrayRecordComponent") // carried between mapper and sweep, never compared
    record Row(ShopId shopId, String id, byte[] wordsKey, byte[] words) implements SealedTable.Row {
        @Override
        public byte[] key() {
            return wordsKey;
        }
    }

    /// Null if there is nothing to seal.
    static byte @Nullable [] seal(ShopId shop, String id, Words words, FieldCipher cipher) {
        var fields = words.toMap();
        return fields.isEmpty() ? null : cipher.encrypt(JSON.toJSONString(fields), address(shop, id));
    }

    static Words open(ServiceRequest request, FieldCipher cipher) {
        var text = cipher.decrypt(request.words(), address(request.shopId(), request.id()));
        return text == null ? Words.NONE : Words.of(PlainJson.object(text));
    }

    private static FieldAddress address(ShopId shop, String id) {
        return new FieldAddress(TABLE, List.of(shop.value(), id), "words");
    }

    @Override
    public String name() {
        return TABLE;
    }

    @Override
    public List<Row> underOlder(OlderKey wanted) {
        return requests.underOlder(wanted);
    }

    @Override
    public int countOlder(byte[] key, int most) {
        return requests.countOlder(key, most);
    }

    @Override
    public boolean reseal(Row row, FieldCipher cipher) {
        var address = address(row.shopId(), row.id());
        return requests.reseal(row, cipher.encrypt(cipher.decrypt(row.words(), address), address));
    }
}
