package io.xiaoer.ordersync.order;

import io.xiaoer.common.crypto.FieldCipher;
import io.xiaoer.common.crypto.FieldHash;
import io.xiaoer.common.resealing.OlderKey;
import io.xiaoer.common.resealing.SealedTable;
import java.util.List;
import org.springframework.stereotype.Component;

/// The receivers of orders as a table with encrypted fields. What a number is found by is made anew with them.
@Component
class SealedReceivers implements SealedTable<SealedRow> {

    private final OrderMapper orders;
    private final FieldHash hash;

    SealedReceivers(OrderMapper orders, FieldHash hash) {
        this.orders = orders;
        this.hash = hash;
    }

    @Override
    public String name() {
        return "orders";
    }

    @Override
    public List<SealedRow> underOlder(OlderKey wanted) {
        return orders.underOlder(wanted);
    }

    @Override
    public int countOlder(byte[] key, int most) {
        return orders.countOlder(key, most);
    }

    @Override
    public boolean reseal(SealedRow row, FieldCipher cipher) {
        return orders.reseal(row, SealedReceiver.reseal(row, cipher, hash));
    }
}
